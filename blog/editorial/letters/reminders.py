"""Reminders: before and after the day on which something is due. Each once in a turn, and never two at a time.

Whom a reminder is about follows from the state alone: the writers' text, each missing sign-off, the editor's answer, an
invitation. Of those whose day has come only the latest goes out, so that nobody gets three after the worker slept.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.editorial.letters.choices import HowOften, choice_of
from blog.editorial.letters.writing import INVITATION_LINK, editors_to_tell, name_for, write_letter, writers_to_tell
from blog.editorial.names.identity import names_of
from blog.editorial.permissions import require_editor_of
from blog.editorial.proof import missing
from blog.editorial.refusals import EditorialRefusal
from blog.models import Invitation, Post, Reminder
from blog.states import EDITORS_STATES, WRITERS_STATES, State

if TYPE_CHECKING:
    from accounts.models import User

Kind = Reminder.Kind
HOUR = 8  # Not before that in the United Kingdom
DAYS_BEFORE = {Kind.TEXT_SOON: 3, Kind.PROOF_SOON: 2, Kind.ANSWER_SOON: 1, Kind.INVITATION_ENDS: 3}
DAYS_AFTER = {Kind.TEXT_LATE: 2, Kind.PROOF_LATE: 1, Kind.ANSWER_LATE: 1, Kind.INVITATION_WAITS: 7}
LETTERS = {
    **{kind: f"to_writer/{kind}" for kind in (Kind.TEXT_SOON, Kind.TEXT_LATE, Kind.PROOF_SOON, Kind.PROOF_LATE)},
    **{kind: f"to_editor/{kind}" for kind in (Kind.ANSWER_SOON, Kind.ANSWER_LATE)},
}


# What other apps remind of: each writes at most so many letters and returns how many
OTHERS: list[Callable[..., int]] = []


def register(remind: Callable[..., int]) -> None:
    """Let another app remind of what is due with it. `remind` takes `at` and `most`, and returns how many it wrote."""
    if remind not in OTHERS:
        OTHERS.append(remind)


@dataclass(frozen=True)
class Turn:
    """What a piece waits for: until when, what reminds of it before and after, and whom."""

    due: dt.date
    soon: Kind
    late: Kind
    whom: "Callable[[Post], dict[User, str]]"


def remind_due(*, at: dt.datetime, most: int = 100) -> int:
    """Write the reminders whose day has come, at most so many, and return how many.

    Each in a transaction of its own, with the piece locked and looked at anew, and with the fact that it was written: a
    worker that is killed, or runs twice, neither loses nor doubles any, and nobody is reminded of a turn that is over.
    """
    if timezone.localtime(at).hour < HOUR:
        return 0
    written = 0
    for remind_of in (*_pieces(at), *_invitations(at)):
        if written >= most:
            break
        try:
            with transaction.atomic():
                written += remind_of()
        except IntegrityError:  # Another worker was quicker
            continue
    for remind in OTHERS:
        written += remind(at=at, most=most - written) if written < most else 0
    return written


def _pieces(at: dt.datetime) -> Iterator[Callable[[], int]]:
    today = timezone.localdate(at)
    latest = today + dt.timedelta(days=max(DAYS_BEFORE.values()))
    due = Q(state__in=sorted(WRITERS_STATES), due_date__lte=latest)
    due |= Q(state=State.IN_PROOF, proof_due_date__lte=latest) | Q(state__in=sorted(EDITORS_STATES))
    keys = Post.objects.filter(due, is_reminded=True).order_by("pk").values_list("pk", flat=True)
    for key in list(keys):
        yield partial(_remind_of_piece, key, at)


def _remind_of_piece(key: int, at: dt.datetime) -> int:
    post = Post.objects.locked(key)
    turn = turn_of(post)
    kind = turn and _stage(turn, timezone.localdate(at))
    if not turn or not kind or not post.is_reminded:
        return 0
    return sum(
        _write(post, kind, user, name, due=turn.due, at=at)
        for user, name in turn.whom(post).items()
        if choice_of(user, "reminders") != HowOften.NEVER
    )


def turn_of(post: Post) -> Turn | None:
    """Return what a piece waits for, and whom; None where no day is set or nobody can be reminded."""
    if post.state in WRITERS_STATES and post.due_date:
        return Turn(post.due_date, Kind.TEXT_SOON, Kind.TEXT_LATE, lambda row: writers_to_tell(row, None))
    if post.state == State.IN_PROOF and post.proof_due_date:
        return Turn(post.proof_due_date, Kind.PROOF_SOON, Kind.PROOF_LATE, _who_has_not_signed)
    # Only what a writer waits for: a piece that is ready has been answered
    if post.state == State.SUBMITTED and post.answer_due_date and post.is_guest_piece:
        return Turn(post.answer_due_date, Kind.ANSWER_SOON, Kind.ANSWER_LATE, _editors)
    return None


def _stage(turn: Turn, today: dt.date) -> Kind | None:
    if today >= turn.due + dt.timedelta(days=DAYS_AFTER[turn.late]):
        return turn.late
    is_soon = turn.due - dt.timedelta(days=DAYS_BEFORE[turn.soon]) <= today <= turn.due
    return turn.soon if is_soon else None


def _who_has_not_signed(post: Post) -> "dict[User, str]":
    absent = {signature.author.pk for signature in missing(post=post)}
    users = writers_to_tell(post, None)
    return {user: name for user, name in users.items() if any(one.pk in absent for one in names_of(user, post))}


def _editors(post: Post) -> "dict[User, str]":
    return {editor: editor.display_name for editor in editors_to_tell(post, None)}


def _write(post: Post, kind: Kind, user: "User", name: str, *, due: dt.date, at: dt.datetime) -> bool:
    """Write one reminder, unless this person had it, or the one after the day, in this turn."""
    had = Reminder.objects.filter(post=post, user=user, turn_since=post.state_since, due=due)
    if had.filter(kind__in=[kind, *DAYS_AFTER]).exists():
        return False
    # A turn that began a moment ago needs no reminder of what the letter about it has said
    if timezone.localdate(post.state_since) == timezone.localdate(at):
        return False
    letter = write_letter(LETTERS[kind], to_address=user.email, to_name=name, to_user=user, post=post, at=at, due=due)
    Reminder.objects.create(post=post, kind=kind, user=user, turn_since=post.state_since, due=due, at=at, letter=letter)
    return True


def _invitations(at: dt.datetime) -> Iterator[Callable[[], int]]:
    asked = Invitation.objects.unanswered().filter(expires_at__gt=at, post__is_reminded=True)
    waited = Q(sent_at__lte=at - dt.timedelta(days=DAYS_AFTER[Kind.INVITATION_WAITS] - 1))
    ends = Q(expires_at__lte=at + dt.timedelta(days=DAYS_BEFORE[Kind.INVITATION_ENDS] + 1))
    for post, key in list(asked.filter(waited | ends).order_by("pk").values_list("post_id", "pk")):
        yield partial(_remind_of_invitation, post, key, at)


def _remind_of_invitation(post_key: int, key: int, at: dt.datetime) -> int:
    # The piece first, as in a withdrawal, so that the two never wait for each other
    post = Post.objects.locked(post_key)
    invitation = Invitation.objects.locked(key)
    if not invitation.is_unanswered or invitation.expires_at <= at or not post.is_reminded or not post.is_unpublished:
        return 0
    today, ends = timezone.localdate(at), timezone.localdate(invitation.expires_at)
    if today >= ends - dt.timedelta(days=DAYS_BEFORE[Kind.INVITATION_ENDS]):
        kind = Kind.INVITATION_ENDS
    elif today >= timezone.localdate(invitation.sent_at) + dt.timedelta(days=DAYS_AFTER[Kind.INVITATION_WAITS]):
        kind = Kind.INVITATION_WAITS
    else:
        return 0
    had = Reminder.objects.filter(invitation=invitation, due=ends)
    if had.filter(kind__in=[kind, Kind.INVITATION_ENDS]).exists():
        return 0
    letter = write_letter(
        f"to_writer/{kind}",
        to_address=invitation.email,
        to_name=invitation.name,
        post=post,
        invitation=invitation,
        at=at,
        by_name=name_for(invitation.invited_by, post),
        link=INVITATION_LINK,
    )
    Reminder.objects.create(
        post=post, kind=kind, invitation=invitation, turn_since=invitation.sent_at, due=ends, at=at, letter=letter
    )
    return 1


def set_reminders(*, post: Post, is_reminded: bool, by: "User", at: dt.datetime) -> None:
    """Let reminders of a piece go out by themselves, or not."""
    require_editor_of(by, post)
    Post.objects.filter(pk=post.pk).update(is_reminded=is_reminded)
    post.is_reminded = is_reminded


@dataclass(frozen=True)
class Remindable:
    """Somebody whom an editor can remind by hand, under the name on the byline, and whether they were today."""

    user: "User"
    name: str
    was_today: bool


def remindable(*, post: Post, at: dt.datetime) -> list[Remindable]:
    """Return those whose turn it is on the writers' side."""
    users: dict[User, str] = {}
    if post.state in WRITERS_STATES:
        users = writers_to_tell(post, None)
    elif post.state == State.IN_PROOF:
        users = _who_has_not_signed(post)
    today = Reminder.objects.filter(post=post, kind=Kind.BY_HAND, due=timezone.localdate(at)) if users else None
    had = set(today.values_list("user_id", flat=True)) if today is not None else set()
    return [Remindable(user, name, user.pk in had) for user, name in users.items()]


def remind_by_hand(*, post: Post, name: str, by: "User", at: dt.datetime) -> Reminder:
    """Remind whoever stands on the byline as `name`, at most once a day; by the name, for a pen name holds.

    Raises EditorialRefusal if it is not their turn any more, or if they were reminded today.
    """
    require_editor_of(by, post)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        found = next((one for one in remindable(post=row, at=at) if one.name == name and one.user.pk != by.pk), None)
        if found is None:
            raise EditorialRefusal(_("It is not their turn any more. Nobody was reminded."))
        if found.was_today:
            raise EditorialRefusal(_("{name} was reminded today already. Wait until tomorrow.").format(name=name))
        is_proof = row.state == State.IN_PROOF
        letter = write_letter(
            "to_writer/reminder",
            to_address=found.user.email,
            to_name=found.name,
            to_user=found.user,
            post=row,
            at=at,
            by_name=name_for(by, row),
            what_next=_("It waits for your sign-off.") if is_proof else _("It is your turn to go on with it."),
        )
        return Reminder.objects.create(
            post=row,
            kind=Kind.BY_HAND,
            user=found.user,
            turn_since=row.state_since,
            due=timezone.localdate(at),
            at=at,
            letter=letter,
        )
