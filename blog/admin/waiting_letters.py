"""What the review page shows of a piece's letters that have not gone out, and of its reminders."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.letter_lines import about, is_masked
from blog.desk.words import short_day, time_of
from blog.editorial.letters import reminders
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.moves import decision_to_take_back
from blog.editorial.permissions import may_see_identities
from blog.models import Letter, Post, Reminder

if TYPE_CHECKING:
    from accounts.models import User
    from blog.editorial.letters.reminders import Remindable


@dataclass(frozen=True)
class WaitingLetter:
    """A decision's letter that has not gone out: to whom, by the name on the byline, what about, and when it goes."""

    pk: int
    name: str
    about: str
    time: str
    is_held: bool
    is_readable: bool
    can_be_taken_back: bool

    @property
    def send(self) -> str:
        """The act that sends it without waiting."""
        return "release" if self.is_held else "hurry"


@dataclass(frozen=True)
class Reminders:
    """Who was reminded, and who can be."""

    is_shown: bool
    past: list[str]
    people: "list[Remindable]"


def letters_waiting(*, post: Post, by: "User", at: dt.datetime) -> list[WaitingLetter]:
    """Return the letters of decisions that have not gone out, the next one first."""
    unsent = [Letter.Status.WAITING, Letter.Status.HELD]
    rows = list(
        post.letters.filter(move__isnull=False, status__in=unsent).select_related("to_user", "pitch", "invitation")
    )
    if not rows:
        return []
    names = names_around(post)
    decision = decision_to_take_back(post, at)
    sees = may_see_identities(by)
    for row in rows:
        row.post = post
    return [
        WaitingLetter(
            pk=row.pk,
            name=name_in(names, row.to_user),
            about=about(row.kind),
            time=time_of(row.due_at),
            is_held=row.status == Letter.Status.HELD,
            is_readable=not is_masked(row, sees_identities=sees),
            can_be_taken_back=decision is not None and row.move_id == decision.pk,
        )
        for row in sorted(rows, key=lambda row: (row.due_at, row.pk))
    ]


def reminders_of(*, post: Post, by: "User", at: dt.datetime) -> Reminders:
    """Return what the review page says about reminders."""
    people = [one for one in reminders.remindable(post=post, at=at) if one.user.pk != by.pk]
    rows = list(post.reminders.select_related("user", "invitation__author").order_by("-at", "-pk")[:3])
    names = names_around(post) if rows else {}
    past = [
        _("{name} was reminded on {day}: {what}.").format(
            name=row.invitation.author.name if row.invitation else name_in(names, row.user),
            day=short_day(row.at, timezone.localdate(at)),
            what=Reminder.Kind(row.kind).label,
        )
        for row in rows
    ]
    return Reminders(post.is_unpublished, past, people)
