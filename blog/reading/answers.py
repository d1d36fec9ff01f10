"""From a page's text to an answer: the only place where a reader's request and a page meet."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from blog.editorial.upkeep.addresses import TakenDown
from blog.reading import pages
from blog.reading.baking import oven
from blog.reading.baking.addresses import Place, inner, place_of
from blog.reading.baking.conditions import has_it, tag_of
from blog.reading.rendering import MovedError, RetractedError, WithheldError

HTML = "text/html; charset=utf-8"
WORDS = "WORDS-OF-THE-ADDRESS"  # Stands in the page for an address that leads nowhere, which is made once for all


@dataclass(frozen=True)
class Built:
    """A page as such: the function that makes it from what the address says and the moment, and what it is."""

    build: Callable[..., str | bytes]
    content_type: str


_built: dict[Callable[..., HttpResponse], Built] = {}


def answer(
    content: str | bytes, *, content_type: str = HTML, status: int = 200, second: int | None = None
) -> HttpResponse:
    """Wrap a page. Anybody may keep it, but must ask before showing it again: it may have been retracted.

    `second` is when it was made, in seconds since 1970.
    """
    made = HttpResponse(content, content_type=content_type, status=status)
    made["Cache-Control"] = "public, no-cache"
    made["Vary"] = "Accept-Encoding"  # Where the page is kept it is there compressed, too
    if status == 200:
        made["ETag"] = tag_of(made.content)
        if second is not None:
            made["Last-Modified"] = http_date(second)
    return made


def answer_to(request: HttpRequest, made: HttpResponse) -> HttpResponse:
    """Return the answer, or 304 if the browser has it already."""
    tag, asked = made.get("ETag"), request.headers
    if not tag or not has_it(
        if_none_match=asked.get("If-None-Match"),
        if_modified_since=asked.get("If-Modified-Since"),
        tag=tag,
        modified=made.get("Last-Modified"),
    ):
        return made
    unmodified = HttpResponseNotModified()
    for name in ("Cache-Control", "Vary", "ETag", "Last-Modified"):
        if name in made:
            unmodified[name] = made[name]
    return unmodified


def page(build: Callable[..., str | bytes], *, content_type: str = HTML) -> Callable[..., HttpResponse]:
    """Make a view of a page: it hands nothing of the request on but what the address says.

    The page comes from where pages are kept (`baking`), or is built and kept there. One that has moved is a redirect,
    one that was retracted or is withheld is answered 410.
    """

    @require_safe
    def view(request: HttpRequest, **address: Any) -> HttpResponse:
        try:
            made = oven.page(_place(request, content_type), lambda moment: build(**address, moment=moment))
        except MovedError as moved:
            return HttpResponsePermanentRedirect(moved.path)
        except RetractedError as retracted:
            return gone(retracted.taken_down)
        except WithheldError as withheld:
            return answer(pages.withheld(path=withheld.path), status=410)
        return answer_to(request, answer(made.content, content_type=content_type, second=made.second))

    _built[unwrap(view)] = Built(build, content_type)
    return view


def built_by(view: Callable[..., HttpResponse]) -> Built | None:
    """Return the page behind a view, for whoever makes pages and answers nobody; None for a view of another kind."""
    return _built.get(unwrap(view))


def gone(taken_down: TakenDown) -> HttpResponse:
    """Answer for a piece that was taken down. The page is made once for all who ask."""
    place = inner(f"retracted-{taken_down.post}-{taken_down.at:%Y-%m-%d-%H%M%S}")
    made = oven.page(place, lambda moment: pages.retracted(moment=moment, taken_down=taken_down))
    return answer(made.content, status=410)


def nowhere(words: str) -> HttpResponse:
    """Answer for an address that leads nowhere, with words (small letters and spaces) to search for."""
    place, stand_in = (inner("nothing-here"), WORDS) if words else (inner("nothing-here-and-no-words"), "")
    made = oven.page(place, lambda moment: pages.nothing_here(moment=moment, words=stand_in)).content
    return answer(made.replace(WORDS.encode(), words.encode()), status=404)


def _place(request: HttpRequest, content_type: str) -> Place | None:
    """Return where the page is kept: only under its one right address, so that variants of it can't fill the disk."""
    match = request.resolver_match
    if match is None or reverse(match.view_name, kwargs=match.kwargs) != request.path:
        return None
    return place_of(request.path, content_type)
