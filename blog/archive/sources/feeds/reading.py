"""The file of a feed, entry by entry. What is larger than memory should hold is read in groups of entries."""

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser
from lxml import etree

from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.feeds.entries import Entry, from_json, from_parsed, name_in
from blog.archive.sources.json_rows import rows
from blog.archive.sources.values import line, listed, mapping, text
from blog.archive.text import plain

AT_ONCE = 16 * 1024 * 1024  # Bytes
GROUP = 100
DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,500}\[.{0,100000}?\]\s{0,100}>", re.DOTALL | re.IGNORECASE)
JSON_PLACES = re.compile(r"items\.item|title|description|home_page_url|feed_url|author|authors")


class Reading:
    """A feed while it is read; what it says of itself is there once all of it was read."""

    def __init__(self, export: ExportFile) -> None:
        self._export = export
        self.share = 0.0
        self.title = self.strapline = self.site = self.author = self.address = ""

    def entries(self) -> Iterator[Entry]:
        """Give what is in the feed. Raises SourceError."""
        self.share = 0.0
        head = self._export.head().removeprefix(b"\xef\xbb\xbf").lstrip()
        count = 0
        for entry in self._of_json() if head.startswith(b"{") else self._of_xml():
            count += 1
            yield entry
        if not count:
            raise SourceError(f"There is nothing in the feed “{self._export.name}”.")
        self.share = 1.0

    def _of_xml(self) -> Iterator[Entry]:
        with self._export.open() as opened:
            content = opened.read(AT_ONCE + 1)
        groups = iter([content]) if len(content) <= AT_ONCE else self._groups()
        del content
        for whole in groups:
            group = _without_entities(whole)
            # What feeds say is cleaned where it is written; a second cleaning here would drop what becomes a link
            feed = feedparser.parse(io.BytesIO(group), sanitize_html=False, resolve_relative_uris=True)
            if not feed.get("version") and not feed.entries:
                raise SourceError(f"“{self._export.name}” can't be read as a feed.")
            self._heading(feed.feed)
            for entry in feed.entries:
                yield from_parsed(entry)

    def _groups(self) -> Iterator[bytes]:
        """Give a large feed as small ones, of some entries each, with the head of the large one."""
        begins = ends = b""
        waiting: list[bytes] = []
        with self._export.open() as opened:
            try:
                for _event, element in etree.iterparse(
                    opened, events=("end",), recover=True, resolve_entities=False, load_dtd=False, no_network=True
                ):
                    if not isinstance(element.tag, str) or etree.QName(element).localname not in {"item", "entry"}:
                        continue
                    if not begins:
                        begins, ends = _around(element)
                    waiting.append(etree.tostring(element, with_tail=False))
                    _drop(element)
                    self.share = opened.share
                    if len(waiting) >= GROUP:
                        yield b"".join([begins, *waiting, ends])
                        waiting = []
            except etree.LxmlError as error:
                raise SourceError(f"“{self._export.name}” is damaged: {error}") from error
        if waiting:
            yield b"".join([begins, *waiting, ends])

    def _heading(self, feed: Any) -> None:
        self.title = self.title or line(plain(text(feed.get("title"))))
        self.strapline = self.strapline or line(plain(text(feed.get("subtitle"))))
        self.author = self.author or name_in(text(mapping(feed.get("author_detail")).get("name")))
        links = [mapping(link) for link in listed(feed.get("links"))]
        own = next((text(link.get("href")) for link in links if link.get("rel") == "self"), "")
        self.address = self.address or own
        self.site = self.site or text(feed.get("link"))

    def _of_json(self) -> Iterator[Entry]:
        with self._export.open() as opened:
            for place, value in rows(opened, JSON_PLACES, name=self._export.name):
                self.share = opened.share
                if place == "items.item":
                    yield from_json(mapping(value))
                elif place in {"author", "authors"}:
                    names = [line(mapping(row).get("name")) for row in listed(value)]
                    self.author = self.author or next((name for name in names if name), "")
                else:
                    self._of_itself(place, text(value))

    def _of_itself(self, place: str, value: str) -> None:
        names = {"title": "title", "description": "strapline", "home_page_url": "site", "feed_url": "address"}
        setattr(self, names[place], value.strip())


def _without_entities(content: bytes) -> bytes:
    """Return a feed without entities that it declares itself: none needs them, and ten lines of them are gigabytes."""
    begins = content[:10_000].upper().find(b"<!DOCTYPE")
    found = DOCTYPE.match(content, begins) if begins >= 0 else None
    return content[: found.start()] + content[found.end() :] if found else content


def _around(element: Any) -> tuple[bytes, bytes]:
    """Return what stands before and behind the entries of a feed: its head, and the ends of what is open."""
    parent = element.getparent()
    if parent is None:
        return b"", b""
    shell = etree.Element(parent.tag, dict(parent.attrib), parent.nsmap)
    for child in parent:
        if child is element:
            break
        if isinstance(child.tag, str):
            shell.append(etree.fromstring(etree.tostring(child, with_tail=False)))
    above = parent.getparent()
    if above is not None:
        outer = etree.Element(above.tag, dict(above.attrib), above.nsmap)
        outer.append(shell)
        shell = outer
    marker = b"<!--entries-->"
    place = shell if above is None else shell[0]
    place.append(etree.Comment("entries"))
    begins, _marker, ends = etree.tostring(shell).partition(marker)
    return begins, ends


def _drop(element: Any) -> None:
    """Let go of an entry and of what came before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
