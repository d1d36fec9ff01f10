"""The editor's writing page: the text, an introduction of one's own, the lead picture, saved as one types."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.admin.access import editor_of, user_of
from blog.admin.merge_page import show_merge
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import piece_or_404
from blog.desk.keys import key_in
from blog.desk.script import answering_script, overtaken, saved, taken_in
from blog.desk.word_file import form_of, said_of
from blog.desk.words import length_of
from blog.editorial import drafting
from blog.editorial.drafting import ConflictError, Text
from blog.editorial.moves import refusal
from blog.editorial.names.identity import own_name, staff_author
from blog.editorial.one_text import kept_beside
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Picture, Post, Revision
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ("title", "standfirst", "introduction", "body")
PICTURE_FIELDS = ("lead_alt", "lead_caption", "lead_credit")
UNAUTHORISED = 401
FORBIDDEN = 403


def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text to write in, and save what an ordinary submit sends."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    if request.method != "POST":
        if not drafting.may_write(post=post, by=by):
            raise MoveNotAllowedError(refusal(State(post.state)))
        return _page(request, post)
    try:
        lead = _lead_picture(request, post, by=by, at=at)
        _save(request, post, by=by, at=at, lead_picture=lead)
    except ConflictError as conflict:
        return show_merge(request, post, conflict.kept, seen=conflict.working, status=CONFLICT)
    except IncompleteError as error:
        return _page(request, post, errors=error.errors, status=UNPROCESSABLE)
    except EditorialRefusal as error:
        return _page(request, post, sentence=str(error), status=CONFLICT)
    messages.success(request, _("The text is saved."))
    return redirect("admin:blog_post_change", pk)


def _for_the_script(view: Callable[[HttpRequest, int], JsonResponse]) -> Callable[[HttpRequest, int], JsonResponse]:
    """Let only editors through; a script of somebody who was signed out gets 401, of anybody else 403."""

    @never_cache
    @require_POST
    @wraps(view)
    @answering_script
    def enter(request: HttpRequest, pk: int) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"message": _("You have been signed out.")}, status=UNAUTHORISED)
        if not (admin.site.has_permission(request) and is_editor(user_of(request))):
            return JsonResponse({"message": _("Only editors can do this.")}, status=FORBIDDEN)
        return view(request, pk)

    return enter


@_for_the_script
def autosave_view(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what has been typed so far, and answer a script."""
    by, at = user_of(request), timezone.now()
    post = piece_or_404(pk, by=by)
    try:
        revision = _save(request, post, by=by, at=at)
    except ConflictError as conflict:
        address = reverse("admin:blog_post_merge", args=[pk, conflict.kept.pk])
        return overtaken(conflict, compare=address, reader=by)
    return saved(revision, post=post, at=at)


@_for_the_script
def pictures_view(request: HttpRequest, pk: int) -> JsonResponse:
    """Take in a picture for the text, and answer a script with what it puts there."""
    by = user_of(request)
    picture = drafting.add_picture(
        post=piece_or_404(pk, by=by),
        file=request.FILES.get("file"),
        alt=request.POST.get("alt", ""),
        caption=request.POST.get("caption", ""),
        credit=request.POST.get("credit", ""),
        by=by,
        at=timezone.now(),
    )
    return taken_in(picture)


def _save(
    request: HttpRequest, post: Post, *, by: "User", at: dt.datetime, lead_picture: object = drafting.UNCHANGED
) -> Revision:
    typed = {name: request.POST.get(name) for name in FIELDS}
    # A colleague's name stays under the introduction unless one says so
    signs = staff_author(user=by) if request.POST.get("sign_introduction") else None
    text = Text(**typed, introduced_by=signs, lead_picture=lead_picture)
    based_on = key_in(request.POST.get("based_on", ""))
    return drafting.save_text(post=post, text=text, by=by, at=at, based_on=based_on)


def _lead_picture(request: HttpRequest, post: Post, *, by: "User", at: dt.datetime) -> object:
    """Take in the lead picture that came along, or take the old one away; the errors name our fields."""
    upload = request.FILES.get("lead_file")
    if not upload:
        return None if request.POST.get("lead_remove") else drafting.UNCHANGED
    typed = request.POST
    try:
        return drafting.add_picture(
            post=post,
            file=upload,
            alt=typed.get("lead_alt", ""),
            caption=typed.get("lead_caption", ""),
            credit=typed.get("lead_credit", ""),
            by=by,
            at=at,
        )
    except IncompleteError as error:
        raise IncompleteError({f"lead_{name}": sentence for name, sentence in error.errors.items()}) from error


def _page(
    request: HttpRequest,
    post: Post,
    *,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page with the text as it stands, or as it was typed if it could not be saved."""
    working = post.working or Revision(post=post)
    typed = {name: getattr(working, name) for name in FIELDS}
    typed |= dict.fromkeys(PICTURE_FIELDS, "")
    if request.method == "POST":
        typed |= {name: request.POST[name] for name in (*FIELDS, *PICTURE_FIELDS) if name in request.POST}
    lead: Picture | None = working.lead_picture
    signed_by = working.introduced_by
    context: dict[str, Any] = {
        "post": post,
        "working": working,
        "typed": typed,
        "lead": lead,
        "signed_by_other": signed_by if signed_by and signed_by != own_name(user=user_of(request)) else None,
        "based_on": request.POST.get("based_on") or post.working_id or "",
        "words_text": length_of(words=working.words, wanted=post.brief_words),
        **form_of(request, post),
        **said_of(request, post),
        "kept_beside": kept_beside(post=post, by=user_of(request)),
        "errors": errors or {},
        "sentence": sentence,
    }
    return show(request, "admin/edit.html", context, status=status)
