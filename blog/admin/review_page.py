"""What the review page shows of a piece: how it came here, the text and its changes, the talk, what is left to do."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.history import history
from blog.admin.moves import Offer, Trouble, offers
from blog.admin.note_form import note_form
from blog.admin.pages import CONFLICT, UNPROCESSABLE, ago, show
from blog.admin.pieces import piece_or_404
from blog.admin.saved_replies import ready_replies
from blog.admin.text_views import text_view
from blog.admin.times import undecided_in_words
from blog.admin.waiting_letters import letters_waiting, reminders_of
from blog.desk.words import day as day_in_full
from blog.desk.words import listed, short_day
from blog.editorial import drafting
from blog.editorial.letters.writing import editors, name_in, names_around
from blog.editorial.names.identity import is_under_pen_name
from blog.editorial.noting.checklists import before_it_goes_out
from blog.editorial.noting.noted import notes_on
from blog.editorial.pitching.replies import answered_by
from blog.editorial.proof import missing
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Invitation, Post, Proposal
from blog.states import State, Turn

if TYPE_CHECKING:
    from accounts.models import User


def review_page(
    request: HttpRequest, post: Post, *, by: "User", at: dt.datetime, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    """Render the review page, with what was refused and what was typed, if something was."""
    events = history(post=post, at=at)
    beside = notes_on(post, reader=by, text=post.working)
    checks = before_it_goes_out(post=post, at=at)
    offered = offers(post=post, by=by, at=at, trouble=trouble)
    context: dict[str, Any] = {
        "post": post,
        "bylines": post.ordered_bylines(),
        "turn": _turn(post, by=by, at=at),
        "is_your_turn": _is_turn_of(post, by),
        "events": events,
        "messages_said": [event for event in events if event.is_message],
        "text": text_view(post=post, wanted=request.POST.get("view") or request.GET.get("view", ""), notes=beside),
        "notes_open": [one for one in beside if one.note.is_open],
        "notes_settled": [one for one in beside if not one.note.is_open],
        "note_form": note_form(request, post, trouble),
        "replies": ready_replies(open_notes=len([one for one in beside if one.is_own and one.note.is_open])),
        "offers": offered,
        "undecided": undecided_in_words(post, at=at),
        "trouble": trouble,
        "is_trouble_elsewhere": trouble is not None and not _is_shown_in_place(trouble, offered),
        "checks": checks,
        "undone": [line.left_to_do for line in checks if line.left_to_do],
        "may_write": drafting.may_write(post=post, by=by),
        "other_editors": [one for one in editors() if one.pk != post.editor_id],
        "invitations": _invitations(post, at),
        "guests_are_hidden": is_under_pen_name(post),
        "letters_waiting": letters_waiting(post=post, by=by, at=at),
        "reminders": reminders_of(post=post, by=by, at=at),
        "proposals": _proposals(post, trouble),
        "is_visible": post.is_visible_at(at),
        "tags": list(post.tags.all()),
        "answers": answered_by(post, at=at),
    }
    return show(request, "admin/review.html", context, status=status)


def refused_page(
    request: HttpRequest,
    pk: int,
    where: str,
    refusal: EditorialRefusal,
    *,
    by: "User",
    at: dt.datetime,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """Render the review page as it stands now, with why a button was refused and what was typed beside it."""
    errors = refusal.errors if isinstance(refusal, IncompleteError) else {}
    trouble = Trouble(where, str(refusal), errors, typed or {})
    status = UNPROCESSABLE if errors else CONFLICT
    return review_page(request, piece_or_404(pk, by=by), by=by, at=at, trouble=trouble, status=status)


def _is_shown_in_place(trouble: Trouble, offered: list[Offer]) -> bool:
    """Whether what was typed is shown in the form it was typed in, because the page still has that form."""
    if trouble.where in {"say", "hand_over"} or trouble.where.startswith(("note", "proposal")):
        return True
    return any(offer.kind == trouble.where for offer in offered)


def _proposals(post: Post, trouble: Trouble | None) -> list[tuple[Proposal, str, str, str]]:
    """Return the corrections that writers proposed: each with who, where in the text, and what was refused about it."""
    rows = list(post.proposals.select_related("by"))
    names = names_around(post) if rows else {}
    return [
        (
            row,
            name_in(names, row.by),
            "" if row.block is None else str(row.block + 1),
            trouble.sentence if trouble and trouble.where == f"proposal-{row.pk}" else "",
        )
        for row in rows
    ]


def _is_turn_of(post: Post, by: "User") -> bool:
    return post.turn is Turn.EDITOR and (post.editor is None or post.editor_id == by.pk or not post.editor.is_active)


def _turn(post: Post, *, by: "User", at: dt.datetime) -> str:
    """Say whose turn it is, and since when."""
    today = timezone.localdate(at)
    if post.is_visible_at(at):
        return _("Published on {day}.").format(day=short_day(post.published_at or at, today))
    if post.turn is Turn.NOBODY:
        state = _("Scheduled") if post.published_at and post.published_at > at else post.get_state_display()
        return _("{state}, since {day}.").format(state=state, day=short_day(post.state_since, today))
    sentence = _("{state}. It has waited for the writer since {day}.")
    if _is_turn_of(post, by):
        sentence = _("{state}. It has waited for you since {day}.")
    elif post.turn is Turn.EDITOR:
        sentence = _("{state}. It has waited for {name} since {day}.")
    elif post.state == State.DRAFTING and not post.is_guest_piece:
        sentence = _("{state}. A piece of our own, begun on {day}.")
    elif post.turn is Turn.BYLINE:
        return _sign_off_turn(post, today=today)
    name = post.editor.display_name if post.editor else ""
    return sentence.format(state=post.get_state_display(), name=name, day=short_day(post.state_since, today))


def _sign_off_turn(post: Post, *, today: dt.date) -> str:
    """Say since when a proof waits, for whom, and by when it is to be signed off."""
    names = listed([signature.author.name for signature in missing(post=post)])
    sentence = _("{state}. It has waited for the sign-off since {day}.")
    if names:
        sentence = _("{state}. It has waited for the sign-off of {names} since {day}.")
    said = sentence.format(state=post.get_state_display(), names=names, day=short_day(post.state_since, today))
    due = post.proof_due_date
    if due is None:
        return said
    by = _("It was due on {day}.") if due < today else _("It is due by {day}.")
    return f"{said} {by.format(day=day_in_full(due, today))}"


@dataclass(frozen=True)
class InvitationLine:
    """An invitation as editors see it: what has become of it, and whether it can still be changed.

    `name` is the one on the byline, which hides nothing: a pen name holds.
    """

    invitation: Invitation
    name: str
    status: str
    since: str
    is_open: bool


def _invitations(post: Post, at: dt.datetime) -> list[InvitationLine]:
    lines = []
    # Only these: an invitation that was accepted under a name known already still has the one it was sent to
    on_byline = {byline.author_id for byline in post.ordered_bylines()}
    for one in post.invitations.select_related("author").order_by("-sent_at", "-pk"):
        status = one.status_at(at)
        moments = {
            Invitation.Status.SENT: one.sent_at,
            Invitation.Status.OPENED: one.opened_at,
            Invitation.Status.ACCEPTED: one.accepted_at,
            Invitation.Status.DECLINED: one.declined_at,
            Invitation.Status.EXPIRED: one.expires_at,
            Invitation.Status.REVOKED: one.revoked_at,
        }
        name = one.author.name if one.author_id in on_byline else ""
        lines.append(
            InvitationLine(one, name, str(status.label), ago(moments[status] or one.sent_at, at), one.is_unanswered)
        )
    return lines
