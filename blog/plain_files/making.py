"""Making the page of an address in process, with the function that makes it for readers; no request, no network."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from blog.editorial.letters.writing import absolute
from blog.models import Masthead
from blog.reading import counts, pages
from blog.reading.answers import HTML, built_by
from blog.reading.metadata import Page
from blog.reading.rendering import RetractedError, WithheldError, render

# Where readers could send something in, or sign in to do so. They are told that this is over
OVER = (
    *(f"reading:{name}" for name in ("contact", "subscribe", "contribute", "pitch_form")),
    *("account_login", "accounts:complain"),
)


@dataclass(frozen=True)
class Made:
    """A page. `is_gone` says that a running blog answers 410 (Gone) with it."""

    content: bytes
    content_type: str = HTML
    is_gone: bool = False


def make(path: str, *, moment: dt.datetime) -> Made:
    """Make the page of a path. Raises Http404 where there is none, MovedError where it is elsewhere."""
    match = resolve(path)
    built = built_by(match.func)
    if built is None:
        raise LookupError(path)
    try:
        content = built.build(**match.kwargs, moment=moment)
    except RetractedError as retracted:
        return Made(pages.retracted(moment=moment, taken_down=retracted.taken_down).encode(), is_gone=True)
    except WithheldError as withheld:
        return Made(pages.withheld(path=withheld.path).encode(), is_gone=True)
    return Made(content.encode() if isinstance(content, str) else content, built.content_type)


def search_page(*, moment: dt.datetime) -> str:
    """Make the page of the search, which a script carries out; without one it is the archive by year."""
    return render(
        "lasting_search",
        path=reverse("reading:search"),
        metadata=Page(_("Search")),
        section="search",
        years=counts.years(moment=moment),
    )


def over_pages() -> dict[str, str]:
    """Make the pages that stand where readers could send something in, by their paths."""
    return {reverse(name): render("lasting_over", heading=_("Nothing can be sent in any more")) for name in OVER}


def moved_page(to: str) -> bytes:
    """Make the small page that leads on to a path here."""
    context = {"masthead": Masthead.current(), "to": to, "address": absolute(to)}
    return render_to_string("blog/lasting_moved.html", context).encode()


def readdressed(address: str) -> Callable[[bytes], bytes]:
    """Return what puts another address of the site in the place of its own, wherever it stands in a text."""
    own = settings.SITE_URL
    if address == own:
        return lambda content: content
    changes = {own: address, quote(own, safe=""): quote(address, safe=""), quote(own): quote(address)}
    by = {before.encode(): after.encode() for before, after in changes.items()}
    # Not where it is but the beginning of another host's name
    found = re.compile(rb"(?:%s)(?![\w-]|[.:]\w)" % b"|".join(map(re.escape, by)))
    return lambda content: found.sub(lambda one: by[one[0]], content)


def right_address(address: str) -> str:
    """Return the address of a site without a slash at its end; raise ValueError for any other."""
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(address)
    return f"{parts.scheme}://{parts.netloc}"
