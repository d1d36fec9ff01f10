"""What the review page shows of a piece: how it came here, the text and its changes, the talk, what is left to do."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.admin.checks import before_it_goes_out
from blog.admin.history import history
from blog.admin.moves import Offer, Trouble, offers
from blog.admin.pages import CONFLICT, UNPROCESSABLE, ago, show
from blog.admin.pieces import piece_or_404
from blog.changes import Comparison, compare, compare_lines
from blog.desk.words import short_day
from blog.editorial import drafting, review
from blog.editorial.identity import is_under_pen_name
from blog.editorial.letters import editors
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Invitation, Post, Revision
from blog.states import State, Turn

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from accounts.models import User

VIEWS = ("changes", "readers", "sent")


@dataclass(frozen=True)
class TextView:
    """The text in one of its views. `comparison` is there where changes are marked."""

    name: str
    title: "str | SafeString"
    standfirst: "str | SafeString"
    comparison: Comparison | None = None
    introduction: Comparison | None = None
    summary: str = ""
    available: list[str] = field(default_factory=list)


def review_page(
    request: HttpRequest, post: Post, *, by: "User", at: dt.datetime, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    """Render the review page, with what was refused and what was typed, if something was."""
    events = history(post=post, at=at)
    offered = offers(post=post, by=by, at=at, trouble=trouble)
    context: dict[str, Any] = {
        "post": post,
        "bylines": post.ordered_bylines(),
        "turn": _turn(post, by=by, at=at),
        "is_your_turn": _is_turn_of(post, by),
        "events": events,
        "messages_said": [event for event in events if event.is_message],
        "text": text_view(post=post, wanted=request.GET.get("view", "")),
        "offers": offered,
        "trouble": trouble,
        "is_trouble_elsewhere": trouble is not None and not _is_shown_in_place(trouble, offered),
        "checks": before_it_goes_out(post=post, at=at),
        "may_write": drafting.may_write(post=post, by=by),
        "other_editors": [one for one in editors() if one.pk != post.editor_id],
        "invitations": _invitations(post, at),
        "guests_are_hidden": is_under_pen_name(post),
        "is_visible": post.is_visible_at(at),
        "tags": list(post.tags.all()),
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
    return review_page(request, piece_or_404(pk), by=by, at=at, trouble=trouble, status=status)


def text_view(*, post: Post, wanted: str) -> TextView:
    """Return the text in the view that was asked for, or in the one that says most: changes, if there are any."""
    working = post.working or Revision(post=post)
    last_round, as_sent = review.text_of_last_round(post=post), review.text_as_sent(post=post)
    basis = {"changes": last_round or as_sent, "sent": as_sent, "readers": None}
    # In the first round the two comparisons are one
    available = [name for name in VIEWS if name == "readers" or (basis[name] and (name != "sent" or last_round))]
    name = wanted
    if name != "readers" and basis.get(name) is None:
        since = basis["changes"]
        has_changes = since is not None and since.content_hash != working.content_hash
        name = "changes" if has_changes else "readers"
    old = basis[name]
    if old is None:
        return TextView("readers", working.title, working.standfirst, available=available)
    body = compare(old.body, working.body)
    return TextView(
        name=name,
        title=compare_lines(old.title, working.title),
        standfirst=compare_lines(old.standfirst, working.standfirst),
        comparison=body,
        introduction=compare(old.introduction, working.introduction) if working.introduction else None,
        summary=summary_of(body),
        available=available,
    )


def summary_of(body: Comparison) -> str:
    """Say how much changed, in one sentence."""
    if not body.changes:
        return _("The text is the same.")
    changes = ngettext("{count} change", "{count} changes", body.changes).format(count=body.changes)
    places = ngettext("{count} paragraph", "{count} paragraphs", body.changed_blocks).format(count=body.changed_blocks)
    return _("{changes} in {paragraphs}.").format(changes=changes, paragraphs=places)


def _is_shown_in_place(trouble: Trouble, offered: list[Offer]) -> bool:
    """Whether what was typed is shown in the form it was typed in, because the page still has that form."""
    return trouble.where in {"say", "hand_over"} or any(offer.kind == trouble.where for offer in offered)


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
        sentence = _("{state}. It has waited for the sign-off since {day}.")
    name = post.editor.display_name if post.editor else ""
    return sentence.format(state=post.get_state_display(), name=name, day=short_day(post.state_since, today))


@dataclass(frozen=True)
class InvitationLine:
    """An invitation as editors see it: what has become of it, and whether it can still be changed."""

    invitation: Invitation
    status: str
    since: str
    is_open: bool


def _invitations(post: Post, at: dt.datetime) -> list[InvitationLine]:
    lines = []
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
        lines.append(InvitationLine(one, str(status.label), ago(moments[status] or one.sent_at, at), one.is_unanswered))
    return lines
