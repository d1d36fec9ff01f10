"""Deciding about many comments at once, from the list."""

import datetime as dt
from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.comment_decisions import DECISIONS, Typed
from accounts.models import Comment
from blog.admin.access import user_of
from blog.admin.pages import UNPROCESSABLE, show
from blog.admin.saved_replies import ready_replies
from blog.desk.keys import key_in
from blog.editorial.refusals import EditorialRefusal, IncompleteError

MOST_AT_ONCE = 1000
MOST_OF_A_MOMENT = 40


def decide(request: HttpRequest, comments: list[Comment], kind: str) -> None:
    """Decide about each, and say how many were done and which not. Raises IncompleteError for what was typed."""
    typed, by, done = Typed.on(request), user_of(request), 0
    shown_at = parse_datetime(request.POST.get("shown_at", "")[:MOST_OF_A_MOMENT]) if kind == "approve" else None
    for comment in comments:
        try:
            DECISIONS[kind](comment, _as_read(comment, typed, shown_at), by)
            done += 1
        except IncompleteError:
            raise
        except EditorialRefusal as refusal:
            messages.warning(request, f"{comment.public_name}: {refusal}")
    if done:
        messages.success(
            request, ngettext("Done with {count} comment.", "Done with {count} comments.", done).format(count=done)
        )


def _as_read(comment: Comment, typed: Typed, shown_at: dt.datetime | None) -> Typed:
    """Say how often a comment had been changed when the list was shown: what was changed since, nobody has read."""
    if shown_at is None or shown_at.tzinfo is None:
        return typed
    return replace(typed, seen=str(comment.edits.filter(at__lte=shown_at).count()))


def ask(
    request: HttpRequest,
    chosen: QuerySet[Comment],
    kind: str,
    *,
    error: str = "",
    field: str = "reason",
    typed: Typed | None = None,
) -> HttpResponse:
    """Ask for the reason, and for how long accounts are blocked."""
    context = {
        "opts": Comment._meta,  # noqa: SLF001  As Django's own pages do
        "comments": chosen,
        "kind": kind,
        "action": reverse(f"admin:accounts_comment_{kind}_many"),
        "error": error,
        "field": field,
        "typed": typed or Typed.on(request),
        "replies": ready_replies(open_notes=0) if kind == "hide" else [],
        "title": _("Take down these comments") if kind == "hide" else _("Block the accounts behind these comments"),
    }
    return show(request, "accounts/admin/reason.html", context, status=UNPROCESSABLE if error else 200)


def carry_out(request: HttpRequest, rows: QuerySet[Comment], kind: str) -> HttpResponse:
    """Decide about those that were chosen, or ask again for what is missing. A saved reply is put into the reason."""
    keys = [key for text in request.POST.getlist("comment")[:MOST_AT_ONCE] if (key := key_in(text))]
    chosen = rows.filter(pk__in=keys)
    if "fill" in request.GET:
        return ask(request, chosen, kind, typed=Typed.on(request).with_reply(request))
    if not request.POST.get("reason", "").strip():
        return ask(request, chosen, kind, error=_("Write the reason; the commenter reads it."))
    comments = list(chosen)
    if kind == "block":
        # Each account once; what stands under a byline's name is not taken together with what doesn't
        comments = list({(comment.user_id, comment.author_id): comment for comment in comments}.values())
    try:
        decide(request, comments, kind)
    except IncompleteError as refusal:
        field, sentence = next(iter(refusal.errors.items()))
        return ask(request, chosen, kind, error=sentence, field=field)
    return redirect("admin:accounts_comment_changelist")
