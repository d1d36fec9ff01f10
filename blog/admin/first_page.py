"""The first page of the desk: what waits, for whom, and since when, each in one sentence with one button."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.admin.letters import subject_for
from blog.admin.pages import ago, days_ago
from blog.desk.words import listed, short_day, time_of
from blog.editorial import waiting
from blog.editorial.permissions import is_editor, may_see_identities
from blog.editorial.waiting import Waiting
from blog.models import Invitation, Letter, Post
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


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


def lists_for(user: "User", at: dt.datetime) -> dict[str, object]:
    """Return the lists of the first page. Somebody who isn't an editor gets none of them."""
    if not is_editor(user):
        return {"is_editor": False}
    return {
        "is_editor": True,
        "for_you": [_for_editor(one) for one in waiting.waits_for_editor(user, at)],
        "for_writers": [_for_writers(one) for one in waiting.waits_for_writers(at)],
        "for_others": [_for_others(one) for one in waiting.waits_for_others(user, at)],
        "coming_out": [_coming_out(post) for post in waiting.coming_out(at)],
        "failed": [_failed(letter, user, at) for letter in waiting.failed_letters()],
    }


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
        sentence = _("The proof has been with {names} since {day}.").format(names=names, day=since)
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


def _coming_out(post: Post) -> dict[str, object]:
    out = post.published_at
    return {
        "post": post,
        "url": reverse("admin:blog_post_change", args=[post.pk]),
        "day": date_format(timezone.localtime(out), "D j M") if out else "",
        "time": time_of(out) if out else "",
        "names": listed([byline.author.name for byline in post.ordered_bylines()]),
    }


def _failed(letter: Letter, user: "User", at: dt.datetime) -> Row:
    day = short_day(letter.due_at, timezone.localdate(at))
    tries = _("Given up after {tries} tries, {day}.").format(tries=letter.attempts, day=day)
    url = reverse("admin:blog_letter_change", args=[letter.pk])
    return Row(subject_for(letter, sees_identities=may_see_identities(user)), url, tries, _("Mend"))
