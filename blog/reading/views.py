"""The reader's addresses that are not pages like the others: previews, and what programs ask for."""

import re
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from blog.editorial import plain_pages
from blog.editorial.letters.writing import absolute
from blog.editorial.permissions import is_publisher_of, may_read_draft
from blog.editorial.plain_pages import PageText
from blog.editorial.upkeep import addresses, old_paths
from blog.editorial.upkeep.addresses import TakenDownError
from blog.models import Correction, Post
from blog.prose import clean_text
from blog.reading import articles, pages
from blog.reading import search as searching
from blog.reading.answers import answer, answer_to, gone, nowhere
from blog.states import TEXT_CHANGES, CorrectionKind

NOT_FOR_READERS = {"accounts", "admin", "desk", "following", "invitation", "preview", "media", "static"}
MOST_WORDS = 6
# What stands before the words in an address, and says nothing of what somebody looked for
KINDS = {"author", "category", "feed", "page", "series", "tag"}

ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /desk/
Disallow: /following/
Disallow: /invitation/
Disallow: /pitch/
Disallow: /preview/
"""


@cache_control(private=True, no_store=True)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the working text of a piece as readers would see it, to its writers and the editors."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    post = get_object_or_404(articles.with_text(Post.objects.all(), text="working"), pk=pk)
    if not may_read_draft(request.user, post) or post.working is None:
        raise Http404
    text = articles.piece(post, post.working, moment=timezone.now(), is_preview=True)
    return HttpResponse(text, headers={"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"})


@cache_control(private=True, no_store=True)
@require_POST
def preview_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an editor a correction or a retraction as readers will see it, before anything of it is published."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    post = get_object_or_404(articles.with_text(Post.objects.all(), text="working"), pk=pk)
    if not is_publisher_of(request.user, post) or post.working is None:
        raise Http404
    moment, typed = timezone.now(), request.POST
    kind = next((kind for kind in TEXT_CHANGES if kind == typed.get("change")), CorrectionKind.RETRACTION)
    note = clean_text(typed.get("note" if kind is CorrectionKind.RETRACTION else "reason", ""))
    coming = Correction(post=post, kind=kind, note=note, at=moment, shows_title=bool(typed.get("shows_title")))
    if kind is CorrectionKind.RETRACTION:
        text = pages.retracted_as_told(coming, moment=moment)
    else:
        text = articles.piece(post, post.working, moment=moment, is_preview=True, coming=coming)
    return HttpResponse(text, headers={"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search the pieces. The page hangs on the address alone, like any other."""
    text, status = searching.page(question=searching.Question.asked(request.GET), moment=timezone.now())
    return answer_to(request, answer(text, status=status))


@cache_control(private=True, no_store=True)
@require_POST
def preview_page(request: HttpRequest) -> HttpResponse:
    """Show an editor a plain page as it was typed, before anything of it is saved."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    title, standfirst, body = (request.POST.get(name, "") for name in ("title", "standfirst", "body"))
    typed = PageText(title, standfirst=standfirst, body=body)
    page = plain_pages.as_typed(text=typed, by=request.user, at=timezone.now())
    text = pages.shown_page(page, is_preview=True)
    return HttpResponse(text, headers={"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask well-behaved crawlers to leave alone what is not for readers."""
    sitemap = absolute(reverse("reading:sitemap"))
    return answer(f"{ROBOTS}\nSitemap: {sitemap}\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site and its database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere (the project's `handler404`), unless it is an old one that leads on."""
    moment, is_read = timezone.now(), request.method in {"GET", "HEAD"}
    try:
        path = addresses.present_path(path=request.path, at=moment) if is_read else ""
        if is_read and not path:
            path = old_paths.present(request.path, question=request.META.get("QUERY_STRING", ""), at=moment)
    except TakenDownError as error:
        return gone(error.taken_down)
    if path:
        return HttpResponsePermanentRedirect(path)
    return nowhere(words_in(request.path))


def unless_it_asks(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead on whoever comes with a question that named something over there (`/?p=7`); give all others the page.

    Where an archive's things were named like that, one that readers may not see, or that never came, is not found.
    """

    @wraps(view)  # So that the page behind it is known (`answers.built_by`)
    def asked(request: HttpRequest) -> HttpResponse:
        question = request.META.get("QUERY_STRING", "")
        if question and request.method in {"GET", "HEAD"} and old_paths.tells(question):
            try:
                path = old_paths.present(request.path, question=question, at=timezone.now())
            except TakenDownError as error:
                return gone(error.taken_down)
            if path:
                return HttpResponsePermanentRedirect(path)
            if old_paths.names_a_thing(question):
                return nowhere(words_in(request.path))
        return view(request)

    return asked


def words_in(path: str) -> str:
    """Return the words of a reader's address, to search for them; none of an address that may hold a secret."""
    first, *rest = path.strip("/").split("/")
    if first in NOT_FOR_READERS:
        return ""
    parts = rest if first in KINDS else [first, *rest]
    return " ".join(re.findall(r"\b[a-z]{3,20}\b", " ".join(parts))[:MOST_WORDS])
