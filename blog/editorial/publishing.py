"""Publishing: now or at a time, and back again while the time lies ahead; retracting and reinstating."""

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.editorial import addresses, drafting, proof
from blog.editorial.hub import announce
from blog.editorial.letters import tell_writers
from blog.editorial.listings import relist
from blog.editorial.moves import move
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.related import rearrange
from blog.models import Move, OldAddress, Post
from blog.prose import clean_line
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
    *, post: Post, by: "User", at: dt.datetime, go_out_at: dt.datetime | None = None, seen: int | None = None
) -> Move:
    """Publish a ready piece: now, or at `go_out_at`, when readers find it by the clock alone.

    A `go_out_at` that has passed dates the piece back, as for one that appeared elsewhere first: readers find it at
    once, under the old date.

    In one transaction: moves it, makes the working text the live one, fixes its date and address, puts it on the lists
    (`listings.relist`), has the hub told (`hub.announce`), and tells the writers. The sign-off must hold for exactly
    this text (NotSignedOffError), unless an editor went ahead without.
    """
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        made = move(
            post=post,
            kind=MoveKind.PUBLISH,
            by=by,
            at=at,
            seen=seen,
            live_id=row.working_id,
            published_at=go_out_at or at,
            slug=row.slug or suggest_slug(post=row),
        )
        drafting.require_complete(post)
        _require_sign_off(post)
        relist(post=post, at=at)
        rearrange(post=post, at=at)
        announce(post=post, at=at)
        tell_writers("published", post=post, by=by, at=at, is_scheduled=not post.is_visible_at(at))
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
        relist(post=post, at=at, was_at=row.published_at)
        rearrange(post=post, at=at, was_at=row.published_at)
        tell_writers("unscheduled", post=post, by=by, at=at)
    return made


def retract(*, post: Post, reason: str, by: "User", at: dt.datetime) -> Move:
    """Take a published piece away from readers and off the lists; the writers get a letter with the reason."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.RETRACT, by=by, at=at, reason=reason)
        relist(post=post, at=at, was_at=post.published_at)
        rearrange(post=post, at=at)
        tell_writers("retracted", post=post, by=by, at=at, reason=made.reason)
    return made


def reinstate(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Give a retracted piece back to readers, at its old address and with its old date."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.REINSTATE, by=by, at=at, reason=reason)
        relist(post=post, at=at)
        rearrange(post=post, at=at)
        announce(post=post, at=at)
        tell_writers("reinstated", post=post, by=by, at=at, reason=made.reason)
    return made


def moment_in_uk(*, day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment of a wall-clock time in the blog's time zone.

    A time that does not exist there (clocks go forward) or exists twice (clocks go back) is refused with the
    explanation, for nobody could tell which was meant (IncompleteError).
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    wall = dt.datetime.combine(day, time)
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise IncompleteError(
            {"time": _("This time does not exist: the clocks go forward that night. Choose one an hour later.")}
        )
    if first.utcoffset() != second.utcoffset():
        raise IncompleteError(
            {"time": _("This time exists twice: the clocks go back that night. Choose one before or after.")}
        )
    return first


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
    went_ahead = post.moves.filter(kind=MoveKind.GO_AHEAD, to_state=State.READY, revision=post.working).exists()
    if not went_ahead:
        raise NotSignedOffError(_("This text is not the one that was signed off. Make a new proof."))
