"""Reminding by hand, and whether reminders of a piece go out by themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.admin.access import editor_of
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page
from blog.editorial.letters import reminders
from blog.editorial.refusals import EditorialRefusal


def remind_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind somebody on the byline by hand."""
    by, at = editor_of(request), timezone.now()
    name = request.POST.get("name", "")
    try:
        reminders.remind_by_hand(post=piece_or_404(pk, by=by), name=name, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "remind", refusal, by=by, at=at)
    messages.success(request, _("{name} gets a reminder now.").format(name=name))
    return redirect("admin:blog_post_change", pk)


def reminders_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Let reminders of a piece go out by themselves, or not."""
    by, at = editor_of(request), timezone.now()
    is_reminded = request.POST.get("on") == "1"
    reminders.set_reminders(post=piece_or_404(pk, by=by), is_reminded=is_reminded, by=by, at=at)
    said = _("Reminders go out again.") if is_reminded else _("No reminders go out by themselves for this piece.")
    messages.success(request, said)
    return redirect("admin:blog_post_change", pk)
