"""Publishing: now or at a time, and back again while the time lies ahead; retracting and reinstating."""

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.editorial import corrections, drafting, holds, proof
from blog.editorial.holds import HeldError
from blog.editorial.letters.writing import tell_writers
from blog.editorial.moves import move
from blog.editorial.names.bylines import require_answered
from blog.editorial.noting.checklists import left_to_do, note_what_is_left
from blog.editorial.permissions import require_move
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.upkeep import addresses
from blog.editorial.upkeep.hub import announce
from blog.editorial.upkeep.listings import relist
from blog.editorial.upkeep.related import rearrange
from blog.models import Hold, Move, OldAddress, Post
from blog.prose import clean_line, clean_text
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


class NotSignedOffError(EditorialRefusal):
    """The text as it stands is not the one that every name on the byline signed off."""


def finish(*, post: Post, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Make a staff writer's own piece ready, without a proof. Guest pieces take the long way."""
    if post.is_guest_piece:
        raise MoveNotAllowedError(_("A guest’s piece becomes ready by the writers’ sign-off."))
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.FINISH, by=by, at=at, seen=seen)
        drafting.require_complete(post)
    return made


def publish(
    *,
    post: Post,
    by: "User",
    at: dt.datetime,
    go_out_at: dt.datetime | None = None,
    seen: int | None = None,
    hold_reason: str = "",
) -> Move:
    """Publish a ready piece: now, or at `go_out_at`, when readers find it by the clock alone.

    A `go_out_at` that has passed dates the piece back, as for one that appeared elsewhere first: readers find it at
    once, under the old date.

    In one transaction: moves it, makes the working text the live one, fixes its date and address, writes down what was
    left undone (`checklists`), puts it on the lists (`listings.relist`), has the hub told (`hub.announce`), and tells
    the writers. The sign-off must hold for exactly this text (NotSignedOffError), unless an editor went ahead without.
    """
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        undone = left_to_do(post=row, at=at)
        covering = _holds_at(row, go_out_at or at, at=at)
        reason = holds.reason_given(hold_reason) if covering else ""
        made = move(
            post=post,
            kind=MoveKind.PUBLISH,
            by=by,
            at=at,
            reason=reason,
            seen=seen,
            live_id=row.working_id,
            published_at=go_out_at or at,
            slug=row.slug or suggest_slug(post=row),
        )
        drafting.require_complete(post)
        require_answered(post)
        _require_sign_off(post)
        note_what_is_left(made=made, undone=undone)
        _decide_about_holds(post, covering, reason, by=by, at=at)
        relist(post=post, at=at)
        rearrange(post=post, at=at)
        announce(post=post, at=at)
        tell_writers("published" if post.is_visible_at(at) else "scheduled", post=post, by=by, at=at)
    return made


def reschedule(
    *, post: Post, by: "User", at: dt.datetime, go_out_at: dt.datetime | None = None, hold_reason: str = ""
) -> Move:
    """Let a scheduled piece come out at another time, or now.

    In one transaction: moves it, with its new date; brings the lists up to date; has the hub told; and tells the
    writers in one letter. The text stays the one that was scheduled. Raises MoveNotAllowedError for a piece that is
    out or keeps its time, and HeldError like `publish`; IncompleteError for a time that has passed.
    """
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        if row.is_visible_at(at):
            raise MoveNotAllowedError(_("The piece is out already. It can be corrected or retracted."))
        moment = go_out_at or at
        if moment < at:
            raise IncompleteError({"date": _("This time has passed. Choose a later one.")})
        if row.state == State.PUBLISHED and row.published_at == moment:
            raise IncompleteError({"date": _("It comes out at this time already. Choose another.")})
        covering = _holds_at(row, moment, at=at)
        reason = holds.reason_given(hold_reason) if covering else ""
        made = move(post=post, kind=MoveKind.RESCHEDULE, by=by, at=at, reason=reason, published_at=moment)
        _decide_about_holds(post, covering, reason, by=by, at=at)
        relist(post=post, at=at, was_at=row.published_at)
        rearrange(post=post, at=at, was_at=row.published_at)
        announce(post=post, at=at)
        tell_writers("published" if post.is_visible_at(at) else "rescheduled", post=post, by=by, at=at)
    return made


def unschedule(*, post: Post, by: "User", at: dt.datetime) -> Move:
    """Take back a publication whose time lies ahead.

    The piece is ready again and off the lists, and the writers are told.
    """
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        if row.is_visible_at(at):
            raise MoveNotAllowedError(_("The piece is out already. It can be corrected or retracted."))
        made = move(post=post, kind=MoveKind.UNSCHEDULE, by=by, at=at, published_at=None, live=None)
        holds.forget_exemptions(post=post)
        relist(post=post, at=at, was_at=row.published_at)
        rearrange(post=post, at=at, was_at=row.published_at)
        tell_writers("unscheduled", post=post, by=by, at=at)
    return made


def retract(*, post: Post, reason: str, by: "User", at: dt.datetime, note: str = "", shows_title: bool = False) -> Move:
    """Take a published piece away from readers and off the lists; the writers get a letter with the reason.

    Readers who come to its address are told when it was taken down, and why if `note` says so. `shows_title` lets that
    page and the list of changes name the piece. One that was not out yet leaves no notice.
    """
    with transaction.atomic():
        was_out = Post.objects.locked(post.pk).is_visible_at(at)
        made = move(post=post, kind=MoveKind.RETRACT, by=by, at=at, reason=reason)
        if was_out:
            corrections.note_retraction(post=post, note=note, shows_title=shows_title, at=at)
        relist(post=post, at=at, was_at=post.published_at)
        rearrange(post=post, at=at)
        tell_writers("retracted", post=post, by=by, at=at, move=made, reason=made.reason)
    return made


def reinstate(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Give a retracted piece back to readers, at its old address and with its old date.

    Inside a hold that takes a reason (IncompleteError), which is kept beside the hold, as for publishing.
    """
    require_move(by, post, MoveKind.REINSTATE)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        covering = _holds_at(row, row.published_at or at, at=at) if row.state == State.RETRACTED else []
        if covering and not clean_text(reason):
            raise IncompleteError({"reason": str(HeldError(covering))})
        made = move(post=post, kind=MoveKind.REINSTATE, by=by, at=at, reason=reason)
        corrections.lift_retraction(post=post, at=at)
        if covering:
            _decide_about_holds(post, covering, made.reason[: holds.MAX_REASON], by=by, at=at)
        relist(post=post, at=at)
        rearrange(post=post, at=at)
        announce(post=post, at=at)
        tell_writers("reinstated", post=post, by=by, at=at, reason=made.reason)
    return made


class TwiceError(IncompleteError):
    """The time exists twice in the night in which the clocks go back, and nobody has said which is meant."""

    def __init__(self) -> None:
        super().__init__(
            {"time": _("This time exists twice: the clocks go back that night. Choose which one you mean.")}
        )


# Which of the two times is meant in the night in which the clocks go back
BEFORE, AFTER = "before", "after"


def moment_in_uk(*, day: dt.date, time: dt.time, which: str = "") -> dt.datetime:
    """Return the moment of a wall-clock time in the blog's time zone.

    A time that does not exist there (clocks go forward) is refused with the explanation (IncompleteError). One that
    exists twice (clocks go back) is refused as well (TwiceError), unless `which` says that it is the one BEFORE the
    clocks go back or AFTER.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    wall = dt.datetime.combine(day, time)
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise IncompleteError(
            {"time": _("This time does not exist: the clocks go forward that night. Choose one an hour later.")}
        )
    if first.utcoffset() == second.utcoffset():
        return first
    if which not in {BEFORE, AFTER}:
        raise TwiceError
    return (first if which == BEFORE else second).astimezone(dt.UTC)


def suggest_slug(*, post: Post, wanted: str = "") -> str:
    """Return a free address for a piece, from the wanted one or its title."""
    title = post.working.title if post.working else ""
    base = slugify(wanted or clean_line(title))[:180].strip("-") or f"piece-{post.pk}"
    slug, number = base, 1
    while _is_taken(slug, post):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _is_taken(slug: str, post: Post) -> bool:
    if addresses.is_kept_by_other(kind=OldAddress.Kind.POST, slug=slug, target=post.pk):
        return True
    return Post.objects.filter(slug=slug).exclude(pk=post.pk).exists()


def _require_sign_off(post: Post) -> None:
    if not post.is_guest_piece or proof.is_signed_off(post=post):
        return
    # What made it ready this time: going ahead once is no consent to what is signed off, and changed, after that
    became_ready = post.moves.filter(kind__in=[MoveKind.GO_AHEAD, MoveKind.SIGN_OFF]).order_by("-at", "-pk").first()
    if not became_ready or became_ready.kind != MoveKind.GO_AHEAD or became_ready.revision_id != post.working_id:
        raise NotSignedOffError(_("This text is not the one that was signed off. Make a new proof."))


def _holds_at(post: Post, moment: dt.datetime, *, at: dt.datetime) -> list[Hold]:
    """Return the holds in which readers would find it; what is dated back is found now."""
    return list(Hold.objects.covering(max(moment, at), post.category_id))


def _decide_about_holds(post: Post, covering: list[Hold], reason: str, *, by: "User", at: dt.datetime) -> None:
    if covering and not reason:
        raise HeldError(covering)
    holds.forget_exemptions(post=post)
    holds.exempt(post=post, holds=covering, reason=reason, by=by, at=at)
