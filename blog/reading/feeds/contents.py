"""What is in a feed, whatever format it is written in."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from blog.editorial.letters.writing import absolute
from blog.prose import CONTROLS
from blog.reading.lasting import lasting

LANGUAGE = "en-GB"
MOST_ITEMS = 20
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # When a feed that holds nothing has changed
A_TAG = re.compile(r"""<(?:"[^"]*"|[^">])*>""")
LOCAL_ADDRESS = re.compile(r'(?<= )(src|href)="(?=/)')
PLACE_IN_PAGE = re.compile(r'(?<= )href="(?=#)')
SEVERAL_ADDRESSES = re.compile(r'(?<= )srcset="([^"]*)"')
LOCAL_CANDIDATE = re.compile(r"(^|,\s*)(?=/)")


@dataclass(frozen=True)
class Name:
    """A public name, and the address of its page if it has one."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Item:
    """One thing in a feed. `content` is HTML, everything else plain text; addresses carry the site's name.

    `key` stays the same for ever, even where the address changes. `discussion` is where the comments stand, and
    `comments` the address of their feed.
    """

    key: str
    address: str
    title: str
    content: str
    names: list[Name]
    published_at: dt.datetime
    updated_at: dt.datetime
    summary: str = ""
    subjects: tuple[str, ...] = ()
    picture: str = ""
    discussion: str = ""
    comments: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed. `page` is the page it belongs to; `address` its own in the first format, the others lie below it."""

    title: str
    about: str
    publisher: str
    page: str
    address: str
    items: list[Item]

    @property
    def changed_at(self) -> dt.datetime:
        """The newest change of anything in it."""
        return max((item.updated_at for item in self.items), default=NEVER)


def hub() -> str:
    """Return the WebSub hub that is told of what is new, if there is one; plain files tell nobody."""
    return "" if lasting() else str(settings.WEBSUB_HUB)


def key_of(kind: str, pk: int, moment: dt.datetime) -> str:
    """Return a name for something that outlives its address (a tag URI, RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{moment.year:04}:{kind}/{pk}"


def plain(text: str) -> str:
    """Return text without the characters that XML 1.0 (2.2) forbids."""
    return CONTROLS.sub("", text)


def plain_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Return several texts without the characters that XML 1.0 (2.2) forbids."""
    return tuple(plain(text) for text in texts)


def with_full_addresses(prose: str, *, page: str = "") -> str:
    """Return clean prose whose links and pictures on this site carry its name, for readers who see it elsewhere.

    Links within the text lead to `page`, the full address of the page that it stands on.
    """
    return A_TAG.sub(lambda tag: _completed(tag[0], page), prose)


def _completed(tag: str, page: str) -> str:
    site = absolute("")
    tag = LOCAL_ADDRESS.sub(lambda match: f"{match[0]}{site}", tag)
    tag = SEVERAL_ADDRESSES.sub(lambda match: 'srcset="' + LOCAL_CANDIDATE.sub(f"\\g<1>{site}", match[1]) + '"', tag)
    return PLACE_IN_PAGE.sub(lambda match: f"{match[0]}{page}", tag)
