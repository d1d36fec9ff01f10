"""The reader's addresses that are not pages like the others: previews, and what programs ask for."""

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from blog.editorial.permissions import may_read_draft
from blog.models import Post
from blog.reading import articles, pages
from blog.reading.answers import answer

ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /desk/
Disallow: /invitation/
Disallow: /preview/
"""


@cache_control(private=True, no_store=True)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the working text of a piece as readers would see it, to its writers and the editors."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    post = get_object_or_404(articles.with_everything(Post.objects.all(), text="working"), pk=pk)
    if not may_read_draft(request.user, post) or post.working is None:
        raise Http404
    text = articles.piece(post, post.working, moment=timezone.now(), is_preview=True)
    return HttpResponse(text, headers={"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask well-behaved crawlers to leave alone what is not for readers."""
    return answer(ROBOTS, content_type="text/plain; charset=utf-8")


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
    """Answer for an address that leads nowhere (the project's `handler404`)."""
    return answer(pages.nothing_here(moment=timezone.now()), status=404)
