"""From a page's text to an answer: the only place where a reader's request and a page meet."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.reading import pages
from blog.reading.rendering import MovedError, RetractedError

HTML = "text/html; charset=utf-8"


def answer(text: str, *, content_type: str = HTML, status: int = 200) -> HttpResponse:
    """Wrap a page. Anybody may keep it, but must ask before showing it again: it may have been retracted."""
    return HttpResponse(text, content_type=content_type, status=status, headers={"Cache-Control": "public, no-cache"})


def page(build: Callable[..., str], *, content_type: str = HTML) -> Callable[..., HttpResponse]:
    """Make a view of a page: it reads the clock, builds the page, and hands nothing else of the request on."""

    @require_safe
    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        moment = timezone.now()
        try:
            return answer(build(**address, moment=moment), content_type=content_type)
        except MovedError as moved:
            return HttpResponsePermanentRedirect(moved.path)
        except RetractedError:
            return answer(pages.retracted(moment=moment), status=410)

    return view
