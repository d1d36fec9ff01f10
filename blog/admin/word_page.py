"""Bringing a Word file into a piece at the editors' desk."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from blog.admin.access import editor_of, user_of
from blog.admin.merge_page import show_merge
from blog.admin.pages import CONFLICT, UNPROCESSABLE, show
from blog.admin.pieces import piece_or_404
from blog.desk.script import answering_script, overtaken, wants_json
from blog.desk.word_file import bring_in_sent, form_of
from blog.editorial import drafting
from blog.editorial.drafting import ConflictError
from blog.editorial.moves import refusal
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Post
from blog.states import State


def word_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form; a POST brings the file in and leads back to the writing page, which says what was left out."""
    by = editor_of(request)
    post = piece_or_404(pk, by=by)
    if request.method != "POST":
        if not drafting.may_write(post=post, by=by):
            raise MoveNotAllowedError(refusal(State(post.state)))
        return _page(request, post)
    if wants_json(request):
        return _answer(request, post)
    try:
        return redirect(_bring_in(request, post))
    except ConflictError as conflict:
        return show_merge(request, piece_or_404(pk, by=by), conflict.kept, seen=conflict.working, status=CONFLICT)
    except IncompleteError as incomplete:
        return _page(request, post, errors=incomplete.errors)


@answering_script
def _answer(request: HttpRequest, post: Post) -> JsonResponse:
    try:
        return JsonResponse({"address": _bring_in(request, post)}, status=HTTPStatus.CREATED)
    except ConflictError as conflict:
        address = reverse("admin:blog_post_merge", args=[post.pk, conflict.kept.pk])
        return overtaken(conflict, compare=address, reader=user_of(request))


def _bring_in(request: HttpRequest, post: Post) -> str:
    record = bring_in_sent(request, post, by=user_of(request), at=timezone.now())
    return f"{reverse('admin:blog_post_edit', args=[post.pk])}?word={record.pk}"


def _page(request: HttpRequest, post: Post, *, errors: dict[str, str] | None = None) -> HttpResponse:
    context = {"post": post, **form_of(request, post, errors)}
    return show(request, "admin/word_file.html", context, status=UNPROCESSABLE if errors else 200)
