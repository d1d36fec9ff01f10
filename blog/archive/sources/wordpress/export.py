"""A WordPress export, opened: read twice, first for what must be known across items, then for the records."""

import re
from collections.abc import Iterator
from pathlib import Path

from blog.archive.records import Loss, Record, Site, Weight
from blog.archive.sources.base import SourceError
from blog.archive.sources.values import moment
from blog.archive.sources.wordpress import addresses, files, indexing, menus, ours, topics
from blog.archive.sources.wordpress.elements import Element, read
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.others import Others, empty_draft
from blog.archive.sources.wordpress.people import People
from blog.archive.sources.wordpress.pieces import Reader
from blog.archive.sources.wordpress.places import base_of, host_of
from blog.archive.sources.wordpress.remarks import Remarks
from blog.archive.sources.wordpress.scanning import MOST_BYTES, Fragment, Scanner
from blog.archive.sources.wordpress.volumes import Volume, volumes_of
from blog.archive.sources.wordpress.words import line, shortened

FIRST_PASS = 0.3  # Of the whole time
VERSION = re.compile(r"<wp:wxr_version>\s*(?:<!\[CDATA\[)?\s*([\d.]{1,10})")
KNOWN_VERSIONS = {"1.0", "1.1", "1.2"}


class WordPressExport:
    """Reads an export. Memory is what its largest item takes; the rest lies in temporary files while it reads."""

    system = "wordpress"

    def __init__(self, path: Path, *, address: str = "") -> None:
        self._path = path
        self._address = base_of(address)
        self._volumes: list[Volume] = []
        self._done = 0.0

    def progress(self) -> float:
        """Return how much of the export the newest call of `records` has read, from 0 to 1."""
        return min(self._done, 1.0)

    def records(self) -> Iterator[Record]:
        """Give what is in it: see `blog.archive.records`. Raises SourceError."""
        self._done = 0.0
        self._volumes = volumes_of(self._path)
        with Index() as index:
            yield from self._site(index)
            for fragment in self._fragments(0, FIRST_PASS, index, []):
                if not (fragment.is_too_large or fragment.is_cut_off):
                    element = read(fragment)
                    if not ours.keep(element, index):
                        indexing.take(element, index)
            # Where most pieces lie is the blog, though its address may be another by now
            index.places.hosts.update(host for host, count in index.hosts.items() if count * 2 > index.hosts.total())
            index.places.front = next(iter(index.fronts)) if len(index.fronts) == 1 else ""
            people = People.of(index)
            yield from ours.people(people.records(), index)
            yield from ours.topics(topics.records(index), index)
            yield from ours.files(files.records(index), index)
            yield from self._items(Reader(index, people, Remarks(index, people)))
            yield from menus.records(index)
            yield from ours.moved(index) if ours.wrote(index) else addresses.of_feeds(index.places)
            yield from topics.others(index)
        self._done = 1.0

    def _items(self, reader: Reader) -> Iterator[Record]:
        others = Others()
        ends: list[Loss] = []
        for fragment in self._fragments(FIRST_PASS, 1 - FIRST_PASS, reader.index, ends):
            if fragment.is_too_large or fragment.is_cut_off:
                yield from _unread(fragment)
            elif fragment.name == "item":
                yield from _item(read(fragment), reader, others)
            yield from ends
            ends.clear()
        yield from [*ends, *others.said(), *reader.remarks.noted(), *reader.people.noted()]

    def _site(self, index: Index) -> Iterator[Record]:
        """Give the blog itself, from what stands before the first item of the first file."""
        with self._volumes[0].open() as reading:
            scanner = Scanner(reading)
            next(scanner.fragments(), None)
            loose = scanner.loose.decode("utf-8", "replace")
        version = VERSION.search(loose)
        index.places.base = (
            self._address or base_of(_loose(loose, "wp:base_blog_url")) or base_of(_loose(loose, "link"))
        )
        yield Site(line(_loose(loose, "title")), line(_loose(loose, "description")), index.places.base)
        index.places.hosts.add(host_of(_loose(loose, "wp:base_blog_url")))
        index.exported_at = moment(_loose(loose, "pubDate"))
        if version and version[1] not in KNOWN_VERSIONS:
            why = f"This export is of version {version[1]} of its format; 1.0, 1.1 and 1.2 are known. Check what came."
            yield Loss("export", self._path.name, why, Weight.NOTED)
        if not index.places.base:
            raise SourceError("The export doesn't say where the blog was. Say it with --address https://old.example.")

    def _fragments(self, begun: float, share: float, index: Index, ends: list[Loss]) -> Iterator[Fragment]:
        """Give the fragments of every file. What is wrong with the end of one is put into `ends`."""
        whole = sum(volume.size for volume in self._volumes) or 1
        before = 0
        for volume in self._volumes:
            with volume.open() as reading:
                scanner = Scanner(reading)
                last = b""
                for fragment in scanner.fragments():
                    self._done = begun + share * (before + volume.size * reading.share) / whole
                    if fragment.name == "item" and not fragment.is_cut_off:
                        last = fragment.text
                    yield fragment
                if reading.broken or not scanner.is_whole:
                    ends.append(_torn(volume, reading.broken, _title(last) if last else ""))
            before += volume.size


def _item(item: Element, reader: Reader, others: Others) -> Iterator[Record]:
    kind = item.get("wp:post_type") or "post"
    if lost := empty_draft(item):
        yield lost
    elif kind not in {"post", "page"}:
        yield from others.take(item)
    elif reader.index.seen.is_new("item", f"{kind}/{item.key}/{item.get('link')}/{item.get('title')[:200]}"):
        if ours.is_ours(item):
            yield ours.entry(item, reader.index)
        else:
            yield from reader.piece(item) if kind == "post" else reader.page(item)
    else:
        yield Loss(kind, shortened(item.get("title")) or item.key, "It stands in the export twice.", Weight.NOTED)


def _unread(fragment: Fragment) -> Iterator[Loss]:
    title = _title(fragment.text) or "without a title"
    what = fragment.name.removeprefix("wp:")
    if fragment.is_cut_off:
        yield Loss(what, title, "The file ends in the middle of it. Export the blog again, and bring it in once more.")
    else:
        most = MOST_BYTES // 1024**2
        why = f"It has {fragment.size // 1024**2} MB, and at most {most} MB are read of one item."
        yield Loss(what, title, why)


def _title(text: bytes) -> str:
    return shortened(_loose(text[:65_536].decode("utf-8", "replace"), "title"))


def _torn(volume: Volume, why: str, last: str) -> Loss:
    after = f" after “{last}”" if last else ""
    reason = why or "The end of the export is missing"
    return Loss("export", volume.name, f"{reason.rstrip('.')}; it was read up to there{after}. Export the blog again.")


def _loose(text: str, tag: str) -> str:
    """Return what the first of these tags holds."""
    found = re.search(rf"<{tag}>\s*(.{{0,4000}}?)\s*</{tag}>", text, re.DOTALL)
    if not found:
        return ""
    return re.sub(r"^<!\[CDATA\[(.*)\]\]>$", r"\1", found[1], flags=re.DOTALL).strip()
