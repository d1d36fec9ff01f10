"""What the desk says of a mailing, in words: what it is, how far it has come, and what can be done with it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.desk.words import day, listed, time_of
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.mailings.messages import is_told_of
from blog.editorial.mailings.sending import counts_of
from blog.models import Mailing, MailingAct, MailingPiece, Post, RoundUpTime
from blog.states import State as PostState

if TYPE_CHECKING:
    from accounts.models import User

State = Mailing.State
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


@dataclass(frozen=True)
class MailingLine:
    """One mailing in the list: what it is, where it leads, its state, and a sentence about it."""

    title: str
    url: str
    state: str
    sentence: str
    is_over: bool


@dataclass(frozen=True)
class PieceLine:
    """A piece in a round-up: its place as it stands or was typed, and what keeps it from going out."""

    pk: int
    title: str
    names: str
    url: str
    is_left_out: bool
    is_missing: bool
    place: str = ""
    is_first: bool = False
    is_last: bool = False


def title_of(mailing: Mailing) -> str:
    """Return what a mailing is about: the title of its piece as readers see it, or the day of the round-up."""
    if mailing.post:
        return mailing.post.readers_title
    return _("Round-up of {day}").format(day=day(mailing.day or mailing.at, timezone.localdate(mailing.prepared_at)))


def time_in_words(time: RoundUpTime) -> str:
    """Say when round-ups go out: Friday at 09.00."""
    return _("{day} at {hour}").format(day=WEEKDAYS[time.weekday], hour=f"{time.hour:02}.00")


def progress_of(mailing: Mailing) -> dict[str, int]:
    """Return the counts of a mailing: those that were written down at its end, or counted now."""
    if mailing.state in {State.DONE, State.CANCELLED} or mailing.queued_at is None:
        return {name: getattr(mailing, name) for name in ("recipients", "sent", "skipped", "failed", "unsure")}
    return counts_of(mailing)


def line_of(mailing: Mailing, *, at: dt.datetime, progress: dict[str, int] | None = None) -> MailingLine:
    """Return what the list says of a mailing."""
    return MailingLine(
        title=title_of(mailing),
        url=reverse("admin:blog_mailing_change", args=[mailing.pk]),
        state=mailing.get_state_display(),
        sentence=_sentence_of(mailing, progress or progress_of(mailing), at),
        is_over=mailing.state in {State.DONE, State.CANCELLED},
    )


def _sentence_of(mailing: Mailing, counts: dict[str, int], at: dt.datetime) -> str:
    when = _("{day} at {time}").format(day=day(mailing.at, timezone.localdate(at)), time=time_of(mailing.at))
    if mailing.queued_at is None:
        if mailing.state == State.CANCELLED:
            return _("Would have gone out on {when}.").format(when=when)
        if mailing.post and mailing.post.state != PostState.PUBLISHED:
            return _("Waits, for the piece is not out.")
        return _("Goes out on {when}.").format(when=when)
    said = [_("{sent} of {all} sent").format(sent=f"{counts['sent']:,}", all=f"{counts['recipients']:,}")]
    for name, words in (
        ("skipped", _("{count} not needed any more")),
        ("failed", _("{count} failed")),
        ("unsure", _("{count} unsure")),
    ):
        if counts[name]:
            said.append(words.format(count=f"{counts[name]:,}"))
    return _("{when}: {counts}.").format(when=when, counts=", ".join(said))


def offered(mailing: Mailing, *, may_change: bool, can_be_tried: bool) -> list[tuple[str, str]]:
    """Return what can be done with a mailing now: the act, and the words on its button."""
    if not may_change:
        return []
    acts = {
        State.PLANNED: [("hold", _("Hold")), ("cancel", _("Cancel it"))],
        State.SENDING: [("hold", _("Hold")), ("cancel", _("Send no more"))],
        State.HELD: [("release", _("Release")), ("cancel", _("Cancel it"))],
    }.get(State(mailing.state), [])
    is_open = mailing.state in {State.PLANNED, State.HELD}
    return [*([("trial", _("Send a trial to me"))] if can_be_tried and is_open else []), *acts]


def pieces_in(mailing: Mailing, *, at: dt.datetime, typed: dict[str, Any] | None, by: "User") -> list[PieceLine]:
    """Return the pieces of a round-up in their order, with what was typed and refused if there is any.

    Of what is not out yet and outside the editor's limits, it is only said that it is there.
    """
    rows = list(mailing.pieces.order_by("position", "pk"))
    found = Post.objects.filter(pk__in=[row.post_id for row in rows]).for_lists().select_related("live", "working")
    posts = {post.pk: post for post in found}
    out_by = max(at, mailing.at)
    lines = [
        _piece_line(row, posts[row.post_id], out_by, is_told=is_told_of(by, posts[row.post_id], at=at)) for row in rows
    ]
    return [
        replace(
            line,
            place=typed["places"].get(line.pk, "") if typed else str(number),
            is_left_out=line.pk in typed["left_out"] if typed else line.is_left_out,
            is_first=number == 1,
            is_last=number == len(lines),
        )
        for number, line in enumerate(lines, 1)
    ]


def _piece_line(row: MailingPiece, post: Post, out_by: dt.datetime, *, is_told: bool) -> PieceLine:
    if not is_told:
        title, missing = _("A piece of another category, not out yet"), not post.is_visible_at(out_by)
        return PieceLine(row.pk, title, "", "", is_left_out=row.is_left_out, is_missing=missing)
    return PieceLine(
        pk=row.pk,
        title=post.readers_title,
        names=listed([byline.author.name for byline in post.ordered_bylines()]),
        url=reverse("admin:blog_post_change", args=[post.pk]),
        is_left_out=row.is_left_out,
        is_missing=not post.is_visible_at(out_by),
    )


def acts_of(mailing: Mailing) -> list[tuple[MailingAct, str]]:
    """Return what was done to a mailing, oldest first, and by whom: by the name that holds around the piece."""
    acts = list(mailing.acts.select_related("by").order_by("at", "pk"))
    names = names_around(mailing.post) if acts and mailing.post else {}
    return [(act, name_in(names, act.by) if act.by else "") for act in acts]
