"""What was changed in a piece after it came out, and which of the earlier texts are kept from readers."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.access import editor_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import piece_or_404
from blog.editorial import corrections
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.permissions import is_publisher_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Correction, Post

if TYPE_CHECKING:
    from accounts.models import User


def corrections_view(request: HttpRequest, pk: int) -> HttpResponse:
    """List the changes, newest first, each with its two texts and what became of the earlier one."""
    by = editor_of(request)
    return _page(request, piece_or_404(pk, by=by), by=by)


def act_view(request: HttpRequest, pk: int, correction_pk: int, act: str) -> HttpResponse:
    """Withhold an earlier text, or give it back."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    correction = get_object_or_404(post.corrections.select_related("post"), pk=correction_pk)
    reason = request.POST.get("reason", "")
    try:
        if act == "withhold":
            corrections.withhold(correction=correction, reason=reason, by=by, at=at)
            said = _("Readers can’t see this text any more.")
        elif act == "give-back":
            corrections.give_back(correction=correction, by=by, at=at)
            said = _("Readers can see this text again.")
        else:
            raise Http404
    except EditorialRefusal as refusal:
        errors = refusal.errors if isinstance(refusal, IncompleteError) else {}
        context = {"refused": correction.pk, "errors": errors, "reason": reason}
        status = UNPROCESSABLE if errors else CONFLICT
        return _page(request, post, by=by, status=status, sentence="" if errors else str(refusal), **context)
    messages.success(request, said)
    return redirect("admin:blog_post_corrections", pk)


def _page(request: HttpRequest, post: Post, *, by: "User", status: int = 200, **context: Any) -> HttpResponse:
    names = names_around(post)
    rows = post.corrections.prefetch_related("withholdings__by", "withholdings__given_back_by").order_by("-at", "-pk")
    lines = [{"correction": row, "withholdings": _withholdings(row, names)} for row in rows]
    context = {"post": post, "lines": lines, "may_withhold": is_publisher_of(by, post), **context}
    return show(request, "admin/corrections.html", context, status=status)


def _withholdings(row: Correction, names: dict[int, str]) -> list[dict[str, str | dt.datetime | None]]:
    return [
        {
            "reason": one.reason,
            "at": one.at,
            "who": name_in(names, one.by),
            "given_back_at": one.given_back_at,
            "given_back_by": name_in(names, one.given_back_by) if one.given_back_at else "",
        }
        for one in row.withholdings.all()
    ]
