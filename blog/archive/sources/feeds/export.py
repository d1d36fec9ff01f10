"""A feed as records. It is read twice: for names, labels and files, then for texts."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from blog.archive.records import (
    Credit,
    File,
    Loss,
    Moved,
    Page,
    Person,
    Piece,
    PieceState,
    Record,
    Remark,
    Site,
    Topic,
    TopicKind,
    Weight,
)
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.feeds.entries import Entry, paragraphs
from blog.archive.sources.feeds.reading import Reading
from blog.archive.sources.findings import Findings
from blog.archive.sources.values import escaped, key_of, moment, shown, site_of
from blog.archive.text import plain

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NOT_PIECES = {"comment", "settings", "template"}


class Feed:
    """A feed."""

    system = "feed"

    def __init__(self, export: ExportFile, *, address: str = "") -> None:
        self._export, self._address = export, site_of(address)
        self._reading = Reading(export)
        self._half = 0.0
        self._seen: set[str] = set()

    def progress(self) -> float:
        """Return how much has been read."""
        return self._half + self._reading.share / 2 if self._half < 1 else 1.0

    def records(self) -> Iterator[Record]:
        """Give what is in it. Raises SourceError."""
        self._reading, self._half, self._seen = Reading(self._export), 0.0, set()
        people: dict[str, str] = {}
        tags: dict[str, str] = {}
        files: dict[str, File] = {}
        remarks: dict[str, list[Remark]] = {}
        for entry in self._reading.entries():
            if entry.kind in NOT_PIECES:
                if entry.kind == "comment":
                    remarks.setdefault(entry.answers, []).append(_remark(entry))
                continue
            for name in entry.authors:
                people.setdefault(key_of(name), name)
            for tag in entry.tags:
                tags.setdefault(key_of(tag.casefold()), tag)
            for file in entry.enclosures:
                files.setdefault(file.address, File(address=file.address, name=file.title))
        feed = self._reading
        if feed.author:
            people.setdefault(key_of(feed.author), feed.author)
        yield Site(title=feed.title, strapline=feed.strapline, address=self._address or site_of(feed.site))
        why = "A feed holds what it shows, often the newest alone: compare with how many pieces the site has."
        yield Loss("feed", shown(feed.title) or self._export.name, why, Weight.NOTED)
        yield from (Person(key=key, name=name) for key, name in people.items())
        yield from (Topic(kind=TopicKind.TAG, key=key, name=name) for key, name in tags.items())
        yield from files.values()
        yield from self._pieces(remarks)
        for key, left in remarks.items():
            yield Loss("comments", shown(key), f"{len(left)} comments answer something that isn't in the feed.")
        if feed.address.startswith(("http://", "https://")):
            yield Moved(feed.address, "/feed/")
        self._half = 1.0

    def _pieces(self, remarks: dict[str, list[Remark]]) -> Iterator[Record]:
        self._half = 0.5
        for entry in self._reading.entries():
            if entry.kind not in NOT_PIECES:
                yield from self._records_of(entry, tuple(remarks.pop(entry.key, ())))

    def _records_of(self, entry: Entry, remarks: tuple[Remark, ...]) -> Iterator[Record]:
        findings = Findings(shown(entry.title) or entry.address or entry.key)
        if not entry.key or entry.key in self._seen:
            yield Loss("piece", findings.which, "It stands in the feed twice, or with nothing to know it by.")
            return
        self._seen.add(entry.key)
        made = self._page(entry, remarks, findings) if entry.kind == "page" else self._piece(entry, remarks, findings)
        yield from findings.take()
        yield made

    def _piece(self, entry: Entry, remarks: tuple[Remark, ...], findings: Findings) -> Piece:
        at = moment(entry.published) or moment(entry.updated)
        if at is None and not entry.is_draft:
            findings.changed("date", "It has no date that can be read.")
        has_extract = bool(entry.content and entry.summary and entry.summary not in entry.content)
        names = entry.authors or ((self._reading.author,) if self._reading.author else ())
        return Piece(
            key=entry.key,
            title=entry.title,
            body=_body(entry, findings),
            state=PieceState.DRAFT if entry.is_draft else PieceState.PUBLISHED,
            slug=_slug(entry.address),
            standfirst=plain(entry.summary) if has_extract else "",
            lead=entry.image,
            published_at=None if entry.is_draft else at or LONG_AGO,
            changed_at=moment(entry.updated),
            credits=tuple(Credit(key_of(name)) for name in names),
            tags=tuple(dict.fromkeys(key_of(tag.casefold()) for tag in entry.tags)),
            remarks=remarks,
            addresses=_addresses(entry),
        )

    def _page(self, entry: Entry, remarks: tuple[Remark, ...], findings: Findings) -> Page:
        return Page(
            key=entry.key,
            title=entry.title,
            body=_body(entry, findings),
            slug=_slug(entry.address),
            is_published=not entry.is_draft,
            changed_at=moment(entry.updated) or moment(entry.published),
            remarks=remarks,
            addresses=_addresses(entry),
        )


def _body(entry: Entry, findings: Findings) -> str:
    """Return the whole text, or else the extract; with its files linked, where the text itself doesn't."""
    body = entry.content or entry.summary
    if not entry.content and body:
        findings.changed("text", "The feed says no more of it than an extract, or doesn't say that this is the whole.")
    elif not body:
        findings.lost("text", "The feed holds none of it.")
    for file in entry.enclosures:
        if file.address not in body and escaped(file.address) not in body:
            words = file.title or file.address.rsplit("/", 1)[-1] or file.address
            body += f'<p><a href="{escaped(file.address)}">{escaped(words)}</a></p>'
    return body if "<" in body else paragraphs(body)


def _addresses(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in (entry.address, entry.guid) if address))


def _slug(address: str) -> str:
    """Return the last part of an address that is a word; none of such as `?p=7`."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    parts = [part for part in unquote(path).split("/") if part]
    stem = PurePosixPath(parts[-1]).stem if parts else ""
    if stem in {"index", "default"}:
        stem = parts[-2] if len(parts) > 1 else ""
    return "" if stem.isdigit() else stem[:200]


def _remark(entry: Entry) -> Remark:
    return Remark(
        key=entry.key,
        name=next(iter(entry.authors), "") or "Anonymous",
        text=plain(entry.content or entry.summary) or entry.title,
        written_at=moment(entry.published) or moment(entry.updated) or LONG_AGO,
    )
