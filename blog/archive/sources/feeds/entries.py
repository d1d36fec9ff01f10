"""An entry of a feed, whatever its kind, in one form."""

import re
from dataclasses import dataclass
from typing import Any

from blog.archive.sources.values import escaped, is_yes, key_of, line, listed, mapping, text
from blog.archive.text import plain

BLOGGER_KIND = "schemas.google.com/g/2005#kind"
HAS_TAG = re.compile(r"<[a-zA-Z/!]")
# RSS has an address with a name behind it where others have a name: “a@b.example (Name)”
MAIL_AND_NAME = re.compile(r"\s*[^\s@()]+@[^\s@()]+\s*\(([^()]+)\)\s*")
# What feedparser makes of it where the address ends in more than four letters
CUT_NAME = re.compile(r"[^\s()]* \(([^()]+)")
MAIL = re.compile(r"\S+@\S+\.\S+")
NO_ADDRESS = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
MOST_TAGS = 100
MOST_NAME = 300


@dataclass(frozen=True)
class Enclosure:
    """A file that belongs to an entry."""

    address: str
    title: str = ""


@dataclass(frozen=True)
class Entry:
    """What a feed says of a piece, a page, or (in exports of Blogger) a comment. Texts are HTML."""

    key: str
    kind: str = "post"
    title: str = ""
    address: str = ""
    guid: str = ""
    content: str = ""
    summary: str = ""
    published: Any = None
    updated: Any = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""
    is_draft: bool = False
    answers: str = ""  # The key of what a comment stands under


def from_parsed(entry: Any) -> Entry:
    """Return an entry of RSS or Atom, as feedparser has it."""
    labels = [mapping(tag) for tag in listed(entry.get("tags"))]
    kinds = [text(tag.get("term")) for tag in labels if BLOGGER_KIND in text(tag.get("scheme"))]
    tags = [line(tag.get("label") or tag.get("term")) for tag in labels if BLOGGER_KIND not in text(tag.get("scheme"))]
    contents = [marked(row) for row in listed(entry.get("content")) if text(row.get("value")).strip()]
    authors = [name_in(text(row.get("name"))) for row in listed(entry.get("authors"))]
    if not any(authors):
        authors = [name_in(text(entry.get("author")))]
    guid, address = text(entry.get("id")), text(entry.get("blogger_filename")) or text(entry.get("link"))
    # Where there is no link, the parser gives the identity for one
    address = "" if NO_ADDRESS.match(address) else address
    answered = mapping(entry.get("thr_in-reply-to") or entry.get("in-reply-to"))
    return Entry(
        key=key_of(guid or address),
        kind=_kind(entry, kinds),
        title=line(plain(text(entry.get("title")))),
        address=address,
        guid=guid if guid.startswith(("http://", "https://")) else "",
        content=max(contents, key=len, default=""),
        summary=marked(mapping(entry.get("summary_detail")) or {"value": entry.get("summary")}),
        published=entry.get("published") or entry.get("created"),
        # Asked for by itself it is made up of what was published
        updated=entry["updated"] if "updated" in entry else None,  # noqa: SIM401  `get` would make it up
        authors=_each_once(authors),
        tags=_each_once(tags)[:MOST_TAGS],
        enclosures=tuple(
            Enclosure(text(row.get("href"))) for row in listed(entry.get("enclosures")) if row.get("href")
        ),
        is_draft=line(entry.get("app_draft") or entry.get("draft")).lower() == "yes"
        or line(entry.get("blogger_status")).upper() not in {"", "LIVE"},
        answers=key_of(answered.get("ref") or entry.get("blogger_parent")),
    )


def _kind(entry: Any, kinds: list[str]) -> str:
    """Return what it is, as Blogger has said it: until 2024 by a category, since then by an element of its own."""
    return kinds[0].rsplit("#", 1)[-1] if kinds else line(entry.get("blogger_type")).lower() or "post"


def from_json(item: dict[str, Any]) -> Entry:
    """Return an item of a JSON Feed (jsonfeed.org, version 1.1)."""
    people = [mapping(row) for row in (listed(item.get("authors")) or listed(item.get("author")))]
    words = text(item.get("content_text"))
    identity = text(item.get("id"))
    address = text(item.get("url")) or text(item.get("external_url"))
    files = [mapping(row) for row in listed(item.get("attachments"))]
    return Entry(
        key=key_of(identity or address),
        title=line(item.get("title")) or line(words)[:80],
        address=address,
        guid=identity if identity.startswith(("http://", "https://")) else "",
        content=text(item.get("content_html")) or paragraphs(escaped(words)),
        summary=escaped(item.get("summary")),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        authors=_each_once([line(row.get("name")) for row in people]),
        tags=_each_once([line(tag) for tag in listed(item.get("tags"))])[:MOST_TAGS],
        enclosures=tuple(
            Enclosure(text(row.get("url")), line(row.get("title"))) for row in files if text(row.get("url"))
        ),
        image=text(item.get("image")) or text(item.get("banner_image")),
        is_draft=is_yes(item.get("draft")),
    )


def marked(found: dict[str, Any]) -> str:
    """Return a text as HTML: what says that it is plain is escaped."""
    value = text(found.get("value")).strip()
    if text(found.get("type")) == "text/plain" and not HAS_TAG.search(value):
        return paragraphs(escaped(value))
    return value if HAS_TAG.search(value) else paragraphs(value)


def paragraphs(written: str) -> str:
    """Return escaped text as paragraphs."""
    return "".join(f"<p>{part.strip()}</p>" for part in written.split("\n\n") if part.strip())


def name_in(written: str) -> str:
    """Return the name of an author, never the address that stands beside it or instead of it."""
    written = written[:MOST_NAME]
    found = MAIL_AND_NAME.fullmatch(written) or CUT_NAME.fullmatch(written)
    return line(MAIL.sub("", found[1] if found else written).replace("()", ""))


def _each_once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
