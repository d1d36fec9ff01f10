"""The page of one comment: what it says and answers, why it waits, what is known of the name, and the decisions."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin import queue
from accounts.admin.comment_decisions import DECISIONS, ENDS, Typed
from accounts.admin.replies import may_invite
from accounts.commenting.origin import archive_of
from accounts.commenting.permissions import is_moderator
from accounts.commenting.screening import in_words, own_name_comments
from accounts.models import AccountPicture, Comment, Report, User
from accounts.own_data.former import is_nobodys, is_placeholder
from accounts.roles import administers
from blog.admin.access import user_of
from blog.admin.pages import UNPROCESSABLE, show
from blog.admin.saved_replies import ready_replies
from blog.desk.keys import key_in
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.permissions import in_limits
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Archive

State = Comment.State
MOST_BEFORE = 3
MOST_AFTER = 2


@dataclass(frozen=True)
class Reported:
    """A report as those who moderate see it."""

    report: Report
    name: str
    words: str


@dataclass(frozen=True)
class Trouble:
    """What was refused: at which button, and at which field."""

    kind: str
    field: str
    sentence: str


def found(pk: int | str, *, by: User) -> Comment:
    """Return a comment within the editor's limits; raise Http404 if there is none."""
    rows = Comment.objects.for_lists().filter(in_limits(by, of="post"))
    rows = rows.select_related("parent__user", "parent__author", "replied_to__user", "replied_to__author")
    return get_object_or_404(rows, pk=key_in(str(pk)))


def decide(request: HttpRequest, comment: Comment, kind: str) -> HttpResponse:
    """Carry out one decision, and go on: to the next comment for whoever goes through the queue."""
    by, typed = user_of(request), Typed.on(request)
    in_queue = bool(request.POST.get("queue"))
    try:
        done = DECISIONS[kind](comment, typed, by)
    except IncompleteError as refusal:
        field, sentence = next(iter(refusal.errors.items()))
        trouble = Trouble(kind, field, sentence)
        return show_comment(request, comment, typed=typed, trouble=trouble, status=UNPROCESSABLE)
    except EditorialRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
        if in_queue and kind in ENDS:
            return redirect(queue.after(comment, by))
    return redirect(
        queue.url_of(comment.pk) if in_queue else reverse("admin:accounts_comment_change", args=[comment.pk])
    )


def filled(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Show the page with a saved reply put after the words of the reason."""
    return show_comment(request, comment, typed=Typed.on(request).with_reply(request), filled_in="hide")


def show_comment(
    request: HttpRequest,
    comment: Comment,
    *,
    typed: Typed | None = None,
    trouble: Trouble | None = None,
    filled_in: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the page."""
    by, at = user_of(request), timezone.now()
    in_queue = bool(request.GET.get("queue") or request.POST.get("queue"))
    is_own_name = comment.author_id is None
    reports, archive = _reports(comment, by), archive_of(comment)
    context: dict[str, Any] = {
        "opts": Comment._meta,  # noqa: SLF001  As Django's own pages do
        "comment": comment,
        "piece": comment.post.readers_title,
        "is_visible": comment.post.is_visible_at(at),
        "why": in_words(comment.held_because) if comment.state == State.HELD else [],
        "place": queue.place_of(comment, by) if in_queue else None,
        "around": _around(comment),
        "edits": comment.edits.all(),
        "name_facts": _facts(comment),
        "reports": reports,
        "is_reported": any(not one.report.outcome for one in reports),
        "can_approve": comment.state in {State.HELD, State.HIDDEN, State.SPAM},
        "can_hide": comment.state in {State.HELD, State.APPROVED},
        "can_spam": comment.state in {State.HELD, State.APPROVED, State.HIDDEN},
        "decisions": comment.decisions.select_related("by"),
        # Under a byline's name nothing leads to the account, not even for administrators
        "account": comment.user if is_own_name and administers(by) and not is_nobodys(comment.user) else None,
        "archive": archive,
        "is_nobodys": is_nobodys(comment.user),
        "reason_hint": _reason_hint(comment, archive),
        "holding": comment.user.block_at(at) if is_own_name else None,
        "may_block": is_own_name and comment.user.is_active and not is_moderator(comment.user),
        "may_invite": may_invite(comment, by),
        "has_picture": is_own_name and AccountPicture.objects.filter(user=comment.user_id).exists(),
        "replies": ready_replies(open_notes=0),
        "typed": typed or Typed(),
        "trouble": trouble,
        # In which form what was typed is kept
        "kept_in": trouble.kind if trouble else filled_in,
        "title": _("Comment by {name}").format(name=comment.public_name),
    }
    return show(request, "accounts/admin/comment.html", context, status=status)


def _reason_hint(comment: Comment, archive: Archive | None) -> str:
    """Say who reads the reason for which a comment is taken down."""
    if comment.user.is_active:
        return _("The writer gets a letter with this reason now.")
    if archive and not comment.author_id:
        return _("Nobody gets a letter. Whoever shows one day that the comment is theirs reads it.")
    return _("Nobody gets a letter. It is for those who moderate.")


def _around(comment: Comment) -> list[Comment]:
    """Return what stands beside it in the discussion: a few before it and after it, as readers see them."""
    rows = Comment.objects.public().filter(post=comment.post_id).exclude(pk__in=[comment.pk, comment.parent_id or 0])
    if comment.parent_id:
        rows = rows.filter(parent=comment.parent_id)
    rows = rows.select_related("user", "author")
    earlier = Q(written_at__lt=comment.written_at) | Q(written_at=comment.written_at, pk__lt=comment.pk)
    before = rows.filter(earlier).order_by("-written_at", "-pk")[:MOST_BEFORE]
    after = rows.exclude(earlier).order_by("written_at", "pk")[:MOST_AFTER]
    return [*reversed(before), *after]


def _facts(comment: Comment) -> dict[str, int] | None:
    """Return how many comments of this name were decided in which way; none for somebody who has left.

    Of an account only what it wrote under its own name is counted, and of a byline's name only what stands under it:
    neither says anything about the other. Of a name from an archive it is what came with the same address.
    """
    if comment.author_id:
        rows = Comment.objects.filter(author=comment.author_id)
    elif comment.user.is_active or is_placeholder(comment.user):
        rows = own_name_comments(comment.user)
    else:
        return None
    of_state = {state: Count("pk", filter=Q(state=state)) for state in (State.APPROVED, State.HIDDEN, State.SPAM)}
    return rows.exclude(pk=comment.pk).order_by().aggregate(**of_state)


def _reports(comment: Comment, by: User) -> list[Reported]:
    """Return the reports with their reporters' names: the byline's for a writer of the piece, as around it everywhere.

    Whoever wrote the comment sees neither names nor words, also if they moderate.
    """
    rows = list(comment.reports.select_related("reporter").order_by("-at", "-pk"))
    if comment.user_id == by.pk:
        return [Reported(row, "", "") for row in rows]
    names = names_around(comment.post) if rows else {}
    return [Reported(row, name_in(names, row.reporter), row.words) for row in rows]
