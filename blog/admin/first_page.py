"""The first page of the desk: what waits, for whom, and since when, each in one sentence with one button."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from blog.admin.agenda import agenda
from blog.admin.letter_lines import subject_for
from blog.admin.mailings_due import mailings_due
from blog.admin.pages import ago, days_ago
from blog.admin.times import free_time_in_words
from blog.desk.words import listed, short_day
from blog.editorial import calendar, holds, waiting
from blog.editorial.calendar import Plan
from blog.editorial.letters.writing import name_for
from blog.editorial.permissions import is_editor, is_publisher_of, may_see_identities
from blog.editorial.pitching import waits as pitch_waits
from blog.editorial.waiting import Pile, Waiting
from blog.models import Hold, Invitation, Letter, Post
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


MOST_ROWS = 10
MOST_FAILED = 5
MOST_PITCHES = 5
MOST_PROPOSALS = 5


@dataclass(frozen=True)
class Slot:
    """The next free time of a piece that is ready, and what its button sends."""

    url: str
    seen: int | None
    date: str
    time: str
    words: str


@dataclass(frozen=True)
class Row:
    """One line of a list: what, a sentence about it, what is late, and the button."""

    title: str
    url: str
    sentence: str
    verb: str
    late: str = ""
    button_url: str = ""
    is_post: bool = False
    slot: Slot | None = None


@dataclass(frozen=True)
class Rows:
    """A list: its first lines, how many there are in all, and where they all are."""

    lines: list[Row]
    total: int
    url: str

    @property
    def has_more(self) -> bool:
        """Whether not all of them are here."""
        return self.total > len(self.lines)


def lists_for(user: "User", at: dt.datetime) -> dict[str, object]:
    """Return the lists of the first page. Somebody who isn't an editor gets none of them."""
    if not is_editor(user):
        return {"is_editor": False}
    desk = waiting.desk_of(user, at, most=MOST_ROWS)
    plan = calendar.plan_from(at)
    posts = waiting.coming_out(user, at)
    in_holds = holds.undecided(by=user, at=at)
    letters_total, letters = waiting.failed_letters(user, most=MOST_FAILED)
    letters_url = reverse("admin:blog_letter_changelist") + "?status__exact=failed"
    return {
        "is_editor": True,
        "for_you": _rows(desk.for_you, "me", _for_you(desk.for_you.rows, user, plan, at)),
        "for_writers": _rows(desk.for_writers, "writers", [_for_writers(one) for one in desk.for_writers.rows]),
        "for_others": _rows(desk.for_others, "others", [_for_others(one) for one in desk.for_others.rows]),
        "overdue": desk.overdue,
        "overdue_url": list_url("overdue"),
        "in_holds": Rows([_in_hold(*one, at=at) for one in in_holds[:MOST_ROWS]], len(in_holds), list_url("hold")),
        "coming_out": agenda(posts, plan, at=at),
        "coming_out_total": len(posts),
        "coming_out_url": list_url("scheduled"),
        "proposed": _proposed(user, at),
        "pitches": _pitches(at),
        "failed": Rows([_failed(letter, user, at) for letter in letters], letters_total, letters_url),
        **mailings_due(user, at),
    }


def _pitches(at: dt.datetime) -> Rows:
    """Return the pitches that wait for an answer, oldest first."""
    total, oldest = pitch_waits.waiting(at=at, most=MOST_PITCHES)
    lines = []
    for pitch in oldest:
        wait = pitch_waits.wait_in_words(pitch, at)
        sentence = _("{name}, {wait}.").format(name=pitch.name, wait=wait)
        if pitch.editor:
            sentence = _("{name}, {wait}. {editor} looks after it.").format(
                name=pitch.name, wait=wait, editor=pitch.editor.display_name
            )
        url = reverse("admin:blog_pitch_change", args=[pitch.pk])
        lines.append(Row(pitch.title, url, sentence, _("Answer"), late=pitch_waits.late_in_words(pitch, at)))
    return Rows(lines, total, reverse("admin:blog_pitch_changelist") + "?state__exact=waiting")


def _proposed(user: "User", at: dt.datetime) -> Rows:
    """Return the corrections that writers proposed after publication and nobody has answered, oldest first."""
    total, oldest = waiting.proposals(user, most=MOST_PROPOSALS)
    lines = []
    for one in oldest:
        sentence = _("{who} proposed it {ago}: “{words}”").format(
            who=name_for(one.by, one.post), ago=ago(one.at, at), words=Truncator(one.wrong).words(14)
        )
        url = reverse("admin:blog_post_change", args=[one.post.pk]) + "#proposals"
        lines.append(Row(one.post.title, url, sentence, _("Answer")))
    return Rows(lines, total, list_url("proposals"))


def list_url(waits: str) -> str:
    """Return the address of the list of pieces, narrowed to what waits in one way."""
    return f"{reverse('admin:blog_post_changelist')}?waits={waits}"


def _rows(pile: Pile, waits: str, lines: list[Row]) -> Rows:
    return Rows(lines, pile.total, list_url(waits))


def _for_you(pile: list[Waiting], user: "User", plan: Plan, at: dt.datetime) -> list[Row]:
    """Return the lines for the editor; what is ready gets the next free time each, no two the same."""
    lines = []
    for one in pile:
        row = _for_editor(one)
        if one.post.state == State.READY and is_publisher_of(user, one.post):
            moment = plan.free_time(category_id=one.post.category_id, at=at)
            if moment:
                plan = plan.with_taken(moment)
                row = replace(row, slot=_slot(one.post, moment, at))
        lines.append(row)
    return lines


def _slot(post: Post, moment: dt.datetime, at: dt.datetime) -> Slot:
    local = timezone.localtime(moment)
    return Slot(
        url=reverse("admin:blog_post_move", args=[post.pk, MoveKind.PUBLISH]),
        seen=post.working_id,
        date=f"{local:%Y-%m-%d}",
        time=f"{local:%H:%M}",
        words=free_time_in_words(moment, at=at),
    )


def _for_editor(one: Waiting) -> Row:
    post = one.post
    page = reverse("admin:blog_post_change", args=[post.pk])
    if post.state == State.DRAFTING:
        sentence = _("Your own piece, begun {ago}.").format(ago=ago(post.created_at, one.at))
        edit = reverse("admin:blog_post_edit", args=[post.pk])
        return Row(post.title, page, sentence, _("Write"), late=_late(one), button_url=edit)
    verb = _("Review")
    if post.state == State.READY:
        verb = _("Publish")
    elif one.last_move and one.last_move.kind == MoveKind.ASK_FOR_CORRECTION:
        verb = _("Open")
    return Row(post.title, page, _arrived(one), verb, late=_late(one))


def _for_others(one: Waiting) -> Row:
    editor = one.post.editor.display_name if one.post.editor else ""
    if one.post.state == State.DRAFTING:
        begun = ago(one.post.created_at, one.at)
        sentence = _("{editor}’s own piece, begun {ago}.").format(editor=editor, ago=begun)
    else:
        sentence = _("{what} {editor} looks after it.").format(what=_arrived(one), editor=editor)
    return Row(
        one.post.title, reverse("admin:blog_post_change", args=[one.post.pk]), sentence, _("Open"), late=_late(one)
    )


def _arrived(one: Waiting) -> str:
    """Say how a piece came to wait for an editor."""
    since = ago(one.post.state_since, one.at)
    kind = one.last_move.kind if one.last_move else ""
    who = one.who or listed(one.names)
    if kind == MoveKind.SUBMIT and one.times_sent > 1:
        return _("{who} sent it again {ago}, after changes.").format(who=who, ago=since)
    if kind == MoveKind.SIGN_OFF:
        return _("Signed off by {who} on {day}.").format(
            who=listed(one.names), day=short_day(one.post.state_since, one.today)
        )
    sentences = {
        MoveKind.SUBMIT: _("{who} sent it {ago}."),
        MoveKind.ASK_FOR_CORRECTION: _("{who} asked for a correction {ago}."),
        MoveKind.EDIT: _("{who} took it back for editing {ago}."),
        MoveKind.GO_AHEAD: _("{who} made it ready {ago}, without the sign-off."),
        MoveKind.FINISH: _("{who} made it ready {ago}."),
        MoveKind.UNSCHEDULE: _("{who} took it off the schedule {ago}."),
    }
    return sentences.get(MoveKind(kind) if kind else MoveKind.BEGIN, _("It came here {ago}.")).format(
        who=who, ago=since
    )


def _for_writers(one: Waiting) -> Row:
    page = reverse("admin:blog_post_change", args=[one.post.pk])
    invited = one.invitation
    if one.post.state == State.DRAFTING and invited and not invited.accepted_at:
        return _invited(one, invited, page)
    names = listed(one.names)
    since = short_day(one.post.state_since, one.today)
    if one.post.state == State.IN_PROOF:
        sentence = _in_proof(one, since)
    elif one.post.state == State.CHANGES_REQUESTED:
        sentence = _("{names}, changes asked for on {day}.").format(names=names, day=since)
    else:
        sentence = _("Being written by {names} since {day}.").format(names=names, day=since)
    if one.due_date and not one.is_overdue:
        sentence = _("{sentence} Due {day}.").format(sentence=sentence, day=short_day(one.due_date, one.today))
    return Row(one.post.title, page, sentence, _("Open"), late=_late(one))


def _invited(one: Waiting, invited: Invitation, page: str) -> Row:
    status = invited.status_at(one.at)
    names = listed(one.names)
    sentence = _("{names}, invited {ago}.").format(names=names, ago=ago(invited.sent_at, one.at))
    again = reverse("admin:blog_invitation_act", args=[one.post.pk, invited.pk, "send_again"])
    if status == Invitation.Status.SENT:
        late = _("The letter was not opened yet.")
        return Row(one.post.title, page, sentence, _("Send again"), late=late, button_url=again, is_post=True)
    if status == Invitation.Status.EXPIRED:
        late = _("The invitation has run out.")
        return Row(one.post.title, page, sentence, _("Send again"), late=late, button_url=again, is_post=True)
    if status == Invitation.Status.OPENED and invited.opened_at:
        opened = _("{sentence} The letter was opened {ago}.")
        sentence = opened.format(sentence=sentence, ago=ago(invited.opened_at, one.at))
        return Row(one.post.title, page, sentence, _("Open"))
    late = _("The invitation was declined.") if status == Invitation.Status.DECLINED else _("It was taken back.")
    return Row(one.post.title, page, sentence, _("Open"), late=late)


def _late(one: Waiting) -> str:
    """Say that a day has passed: words, not a colour alone."""
    if not one.due_date or not one.is_overdue:
        return ""
    when = days_ago(one.due_date, one.today)
    if one.post.state == State.SUBMITTED:
        return _("Answer was due {ago}.").format(ago=when)
    return _("It was due {ago}.").format(ago=when)


def _in_proof(one: Waiting, since: str) -> str:
    """Say who has the proof, and who has not signed it off."""
    missing = one.unsigned
    if len(missing) == len(one.names):
        return _("The proof has been with {names} since {day}.").format(names=listed(missing), day=since)
    signed = [name for name in one.names if name not in missing]
    sentence = _("The proof has been out since {day}. {signed} signed it off; {missing} not yet.")
    return sentence.format(day=since, signed=listed(signed), missing=listed(missing))


def _in_hold(post: Post, waiting_for: list[Hold], *, at: dt.datetime) -> Row:
    """Say that a scheduled piece lies in a hold that was made since."""
    when = free_time_in_words(post.published_at, at=at)
    names = listed([f"“{hold.name}”" for hold in waiting_for])
    sentence = _("It comes out on {when}, in the hold {names}.").format(when=when, names=names)
    page = reverse("admin:blog_post_change", args=[post.pk])
    return Row(post.title, page, sentence, _("Decide"), late=_("Nobody has decided about it yet."))


def _failed(letter: Letter, user: "User", at: dt.datetime) -> Row:
    day = short_day(letter.due_at, timezone.localdate(at))
    tries = _("Given up after {tries} tries, {day}.").format(tries=letter.attempts, day=day)
    url = reverse("admin:blog_letter_change", args=[letter.pk])
    return Row(subject_for(letter, sees_identities=may_see_identities(user)), url, tries, _("Mend"))
