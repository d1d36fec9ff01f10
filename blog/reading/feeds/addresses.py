"""The addresses of feeds. Each feed has three: RSS where WordPress has it, Atom and JSON Feed below it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path

from blog.reading.answers import page
from blog.reading.feeds import atom, json_feed, rss
from blog.reading.feeds.contents import Feed
from blog.reading.lasting import lasting
from blog.reading.rendering import MovedError


@dataclass(frozen=True)
class Format:
    """One way to write a feed, and what it adds to the feed's address and to the route's name."""

    below: str
    content_type: str
    write: Callable[..., str]

    @property
    def ending(self) -> str:
        """What the route's name ends with."""
        return f"_{self.below.strip('/')}" if self.below else ""


FORMATS = [
    Format("", rss.CONTENT_TYPE, rss.write),
    Format("atom/", atom.CONTENT_TYPE, atom.write),
    Format("json/", json_feed.CONTENT_TYPE, json_feed.write),
]


def feed_routes(route: str, source: Callable[..., Feed], *, name: str) -> list[URLPattern]:
    """Return the routes of a feed in every format, named `name`, `name_atom` and `name_json`."""
    return [
        path(
            f"{route}{form.below}",
            page(_builder(source, form), content_type=form.content_type),
            name=f"{name}{form.ending}",
        )
        for form in FORMATS
    ]


def _builder(source: Callable[..., Feed], form: Format) -> Callable[..., str]:
    def build(**address: Any) -> str:
        try:
            feed = _gathered(source, address)
        except MovedError as moved:
            raise MovedError(f"{moved.path}{form.below}") from moved
        return form.write(feed, address=f"{feed.address}{form.below}")

    return build


def _gathered(source: Callable[..., Feed], address: dict[str, Any]) -> Feed:
    """Return a feed; where all formats are written one after the other, gather it once for all of them."""
    lasts = lasting()
    if lasts is None:
        return source(**address)
    asked = (source, *sorted(address.items()))
    if asked not in lasts.last_feed:
        lasts.last_feed.clear()
        lasts.last_feed[asked] = source(**address)
    feed: Feed = lasts.last_feed[asked]
    return feed
