"""The editor's writing page: the text, an introduction of one's own, the lead picture, saved as one types."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.admin.access import editor_of, user_of
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import number_or_none, piece_or_404
from blog.admin.review_page import summary_of
from blog.changes import compare, compare_lines
from blog.editorial import drafting, pictures
from blog.editorial.drafting import ConflictError, Text
from blog.editorial.identity import own_names, staff_author
from blog.editorial.moves import refusal
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Picture, Post, Revision
from blog.prose import clean_prose
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ("title", "standfirst", "introduction", "body")
PICTURE_FIELDS = ("lead_alt", "lead_caption", "lead_credit")
UNAUTHORISED = 401
FORBIDDEN = 403
CREATED = 201


def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text to write in, and save what an ordinary submit sends."""
    by, at = editor_of(request), timezone.now()
    post = piece_or_404(pk)
    if request.method != "POST":
        if not drafting.may_write(post=post, by=by):
            raise MoveNotAllowedError(refusal(State(post.state)))
        return _page(request, post)
    try:
        lead = _lead_picture(request, post, by=by, at=at)
        _save(request, post, by=by, at=at, lead_picture=lead)
    except ConflictError as conflict:
        return _page(request, post, conflict=conflict, status=CONFLICT)
    except IncompleteError as error:
        return _page(request, post, errors=error.errors, status=UNPROCESSABLE)
    except EditorialRefusal as error:
        return _page(request, post, sentence=str(error), status=CONFLICT)
    messages.success(request, _("The text is saved."))
    return redirect("admin:blog_post_change", pk)


@never_cache
@require_POST
def autosave_view(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what has been typed so far, and answer a script."""
    refused = _refused(request)
    if refused:
        return refused
    by, at = user_of(request), timezone.now()
    post = piece_or_404(pk)
    try:
        revision = _save(request, post, by=by, at=at)
    except ConflictError as conflict:
        return JsonResponse(
            {
                "message": str(conflict),
                "compare": reverse("admin:blog_post_compare", args=[pk, conflict.working.pk, conflict.kept.pk]),
                "kept_as": conflict.kept.pk,
            },
            status=CONFLICT,
        )
    except IncompleteError as error:
        return _field_errors(error)
    except EditorialRefusal as error:
        return JsonResponse({"message": str(error)}, status=CONFLICT)
    return JsonResponse(
        {
            "revision": revision.pk,
            "saved_at": date_format(timezone.localtime(at), "H.i"),
            "words": revision.words,
            "words_text": words_text(post, revision),
        }
    )


@never_cache
@require_POST
def pictures_view(request: HttpRequest, pk: int) -> JsonResponse:
    """Take in a picture for the text, and answer a script with what it puts there."""
    refused = _refused(request)
    if refused:
        return refused
    by, at = user_of(request), timezone.now()
    post = piece_or_404(pk)
    if not drafting.may_write(post=post, by=by):
        return JsonResponse({"message": refusal(State(post.state))}, status=CONFLICT)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise IncompleteError({"file": _("Choose a picture.")})
        typed = request.POST
        picture = pictures.take_in(
            file=upload,
            by=by,
            at=at,
            post=post,
            alt=typed.get("alt", ""),
            caption=typed.get("caption", ""),
            credit=typed.get("credit", ""),
        )
    except IncompleteError as error:
        return _field_errors(error)
    return JsonResponse(
        {
            "src": picture.file.url,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
        },
        status=CREATED,
    )


def words_text(post: Post, revision: Revision) -> str:
    """Say how long the text is, beside what was asked for."""
    if post.brief_words:
        return _("{words} of about {asked} words").format(words=revision.words, asked=post.brief_words)
    return _("{words} words").format(words=revision.words)


def _refused(request: HttpRequest) -> JsonResponse | None:
    """Answer a script that may not save: 401 for somebody who was signed out, 403 for somebody who is no editor."""
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("You have been signed out.")}, status=UNAUTHORISED)
    try:
        if not user_of(request).is_staff:
            raise PermissionDenied
        editor_of(request)
    except PermissionDenied as error:
        return JsonResponse({"message": str(error)}, status=FORBIDDEN)
    return None


def _field_errors(error: IncompleteError) -> JsonResponse:
    errors = {name: [sentence] for name, sentence in error.errors.items()}
    return JsonResponse({"errors": errors}, status=UNPROCESSABLE)


def _save(
    request: HttpRequest, post: Post, *, by: "User", at: dt.datetime, lead_picture: object = drafting.UNCHANGED
) -> Revision:
    typed = {name: request.POST.get(name) for name in FIELDS}
    text = Text(**typed, introduced_by=_introduced_by(request, post, by), lead_picture=lead_picture)
    based_on = number_or_none(request.POST.get("based_on", ""))
    return drafting.save_text(post=post, text=text, by=by, at=at, based_on=based_on)


def _introduced_by(request: HttpRequest, post: Post, by: "User") -> Any:
    """Return the name that signs the introduction: one's own for a new one; a colleague's stays unless one says so."""
    introduction = clean_prose(request.POST.get("introduction") or "")
    signed_by = post.working.introduced_by if post.working else None
    if not introduction or (signed_by and not request.POST.get("sign_introduction")):
        return None
    return staff_author(user=by)


def _lead_picture(request: HttpRequest, post: Post, *, by: "User", at: dt.datetime) -> object:
    """Take in the lead picture that came along, or take the old one away; the errors name our fields."""
    upload = request.FILES.get("lead_file")
    if not upload:
        return None if request.POST.get("lead_remove") else drafting.UNCHANGED
    typed = request.POST
    try:
        return pictures.take_in(
            file=upload,
            by=by,
            at=at,
            post=post,
            alt=typed.get("lead_alt", ""),
            caption=typed.get("lead_caption", ""),
            credit=typed.get("lead_credit", ""),
        )
    except IncompleteError as error:
        raise IncompleteError({f"lead_{name}": sentence for name, sentence in error.errors.items()}) from error


def _page(
    request: HttpRequest,
    post: Post,
    *,
    errors: dict[str, str] | None = None,
    sentence: str = "",
    conflict: ConflictError | None = None,
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
        "signed_by_other": signed_by if signed_by and signed_by != _own_name(request) else None,
        "based_on": conflict.working.pk if conflict else request.POST.get("based_on") or post.working_id or "",
        "words_text": words_text(post, working),
        "errors": errors or {},
        "sentence": sentence,
        "conflict": _compared(conflict) if conflict else None,
    }
    return show(request, "admin/edit.html", context, status=status)


def _own_name(request: HttpRequest) -> Any:
    """Return the name an editor signs with, if there is one yet; showing a page makes none."""
    return next((name for name in own_names(user=user_of(request)) if not name.is_pen_name), None)


def _compared(conflict: ConflictError) -> dict[str, Any]:
    """Return what differs between the text that stands now and the one that was just sent."""
    now, sent = conflict.working, conflict.kept
    body = compare(now.body, sent.body)
    return {
        "message": str(conflict),
        "title": compare_lines(now.title, sent.title),
        "standfirst": compare_lines(now.standfirst, sent.standfirst),
        "body": body,
        "summary": summary_of(body),
    }
