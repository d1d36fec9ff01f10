"""Bringing a Word file into a piece: a page with a plain form, which the writing page's script also sends."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog.desk.script import answering_script, overtaken, wants_json
from blog.desk.word_file import bring_in_sent, form_of
from blog.editorial.drafting import ConflictError
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Post
from blog.writing.access import desk_page, is_on_the_desk, own_piece, show_kept
from blog.writing.merging import show_conflict

if TYPE_CHECKING:
    from blog.writing.access import WriterRequest


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def word_file(request: "WriterRequest", pk: int) -> HttpResponse:
    """Show the form; a POST brings the file in and leads back to the writing page, which says what was left out."""
    post = own_piece(request.user, pk)
    if request.method != "POST":
        return _page(request, post) if is_on_the_desk(post, request.user) else redirect("writing:piece", pk)
    if wants_json(request):
        return _answer(request, post)
    try:
        return redirect(_bring_in(request, post))
    except ConflictError as conflict:
        return show_conflict(request, post, conflict)
    except IncompleteError as incomplete:
        return _page(request, post, errors=incomplete.errors)
    except EditorialRefusal as refusal:
        return show_kept(request, status=HTTPStatus.CONFLICT, sentence=str(refusal))


@answering_script
def _answer(request: "WriterRequest", post: Post) -> JsonResponse:
    try:
        return JsonResponse({"address": _bring_in(request, post)}, status=HTTPStatus.CREATED)
    except ConflictError as conflict:
        address = reverse("writing:merge", args=[post.pk, conflict.kept.pk])
        return overtaken(conflict, compare=address, reader=request.user)


def _bring_in(request: "WriterRequest", post: Post) -> str:
    record = bring_in_sent(request, post, by=request.user, at=timezone.now())
    return f"{reverse('writing:piece', args=[post.pk])}?word={record.pk}"


def _page(request: "WriterRequest", post: Post, *, errors: dict[str, str] | None = None) -> HttpResponse:
    context = {"post": post, "section": "pieces", **form_of(request, post, errors)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "writing/word_file.html", context, status=status)
