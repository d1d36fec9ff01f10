"""Which addresses can be kept as files, and under which names.

Nothing but these characters ever gets from an address into the name of a file. Capitals are left out, because some
disks don't tell them from small letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 400
SLASHED = re.compile(r"/(?:[a-z0-9_-]{1,200}/)*")
NAMED = re.compile(r"/(?:[a-z0-9_-]{1,200}/)*[a-z0-9_-]{1,200}\.(txt|xml|png)")
# An address that ends in a slash is a folder, and what is in it says what it is
INDEXES = {
    "text/html; charset=utf-8": "index.html",
    "application/rss+xml; charset=utf-8": "index.rss",
    "application/atom+xml; charset=utf-8": "index.atom",
    "application/feed+json; charset=utf-8": "index.json",
}
# Any other address is the file itself
ENDINGS = {
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "png": "image/png",
}
COMPRESSED = {"br": ".br", "gzip": ".gz"}  # What is kept beside a text, by the name in Accept-Encoding


@dataclass(frozen=True)
class Place:
    """Where a page is kept: `file` is below a generation's folder. A text has compressed companions beside it."""

    address: str
    file: str
    content_type: str

    @property
    def is_text(self) -> bool:
        """Whether it is worth compressing."""
        return not self.content_type.startswith("image/")


def place_of(address: str, content_type: str) -> Place | None:
    """Return where the page of an address is kept, or None where it can't be."""
    return next((place for place in places(address) if place.content_type == content_type), None)


def places(address: str) -> Iterator[Place]:
    """Give every place where a page of this address may be."""
    if len(address) > LONGEST:
        return
    if SLASHED.fullmatch(address):
        for content_type, name in INDEXES.items():
            yield Place(address, f"pages{address}{name}", content_type)
    elif named := NAMED.fullmatch(address):
        yield Place(address, f"pages{address}", ENDINGS[named[1]])


def inner(name: str) -> Place:
    """Return the place of a page that has no address of its own, such as the one for addresses that lead nowhere."""
    return Place(name, f"inner/{name}.html", "text/html; charset=utf-8")
