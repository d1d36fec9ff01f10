"""A folder of texts as records. Every file is read twice: for names and addresses, then for its text."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from blog.archive.packed import Packed, is_packed
from blog.archive.records import File, Loss, MenuEntry, Moved, Page, Person, Record, Site, Topic, TopicKind, Weight
from blog.archive.sources.base import SourceError
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder import beside
from blog.archive.sources.folder.entries import Entries
from blog.archive.sources.folder.fields import Name, first, labels, lead_of, series_of, words
from blog.archive.sources.folder.places import Pointers, addresses
from blog.archive.sources.folder.site import MACHINERY, UNREAD, Folder, is_text, read_folder
from blog.archive.sources.folder.texts import (
    ABOUT,
    NOT_OF_THE_SITE,
    Text,
    is_kept_with_pieces,
    is_of_the_site,
    read_text,
)
from blog.archive.sources.markdown_text import to_html
from blog.archive.sources.values import is_yes, key_of, line, number, on_site, text

FEEDS = ("/feed.xml", "/index.xml", "/atom.xml", "/rss.xml", "/feed/feed.xml", "/feeds/all.atom.xml")


def recognises(path: Path, head: bytes) -> bool:
    """Whether there are texts in Markdown or HTML in a folder or a zip, or the file is one."""
    if not is_packed(path):
        return path.is_file() and is_text(path.name)
    try:
        with Packed(path) as packed:
            return any(is_text(name) for name in packed.names)
    except SourceError:
        return False


@dataclass
class Index:
    """What must be known before the first text is given: who and what there is, and where each text is."""

    people: dict[str, Name] = field(default_factory=dict)
    described: dict[tuple[str, str], Text] = field(default_factory=dict)  # By kind and name
    authors: dict[str, Text] = field(default_factory=dict)  # By the last part of their address
    topics: dict[tuple[TopicKind, str], str] = field(default_factory=dict)  # Name by kind and key
    planned: dict[str, int] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    dated: int = 0
    texts: list[str] = field(default_factory=list)


class FolderExport:
    """A folder, a zip, or one text by itself."""

    system = "folder"

    def __init__(self, path: Path, *, address: str = "") -> None:
        self._is_alone = not is_packed(path)
        self._path = path.parent if self._is_alone else path
        self._alone = path.name
        self._address = address
        self._share = 0.0

    def progress(self) -> float:
        """Return how much has been read; reading for names is the first third."""
        return self._share

    def records(self) -> Iterator[Record]:
        """Give what is in it. Raises SourceError."""
        self._share = 0.0
        with Packed(self._path) as packed:
            folder = Folder() if self._is_alone else read_folder(packed, address=self._address)
            folder.address = folder.address or self._address.rstrip("/")
            names = [name for name in packed.names if is_text(name) and (not self._is_alone or name == self._alone)]
            if not names:
                raise SourceError(f"There is no text in Markdown or HTML in “{self._path.name}”.")
            index = Index()
            losses = list(self._passed_over(packed, names, folder, index))
            self._read_names(packed, folder, index)
            yield self._site(folder, index)
            yield from losses
            yield from self._people(folder, index)
            yield from self._topics(folder, index)
            yield from index.files.values()
            yield from (row for row in beside.files(packed, folder) if getattr(row, "address", "") not in index.files)
            yield from self._texts(packed, folder, index)
            yield from beside.moved(packed, folder)
        for path in FEEDS:
            yield Moved(on_site(folder.address, path), "/feed/")
        self._share = 1.0

    def _passed_over(self, packed: Packed, names: list[str], folder: Folder, index: Index) -> Iterator[Record]:
        if not self._is_alone:
            yield from (Loss("file", name, f"It isn't read: {why}.") for name, why in packed.refused)
        machinery: dict[str, int] = {}
        passed: list[Loss] = []
        if not self._is_alone:
            yield from _unread(packed, folder)
        for name in names:
            inner = name.removeprefix(folder.root)
            if found := MACHINERY.search(inner):
                place = inner[: found.end()]
                machinery[place] = machinery.get(place, 0) + 1
            elif why := is_of_the_site(name, folder):
                passed.append(Loss("file", name, why, Weight.NOTED))
            else:
                index.texts.append(name)
        if not index.texts:  # Then what a generator wrote, or what is about the files, is all there is
            index.texts, machinery, passed = names, {}, []
        yield from passed
        for place, count in machinery.items():
            yield Loss("folder", place, f"{count} files of the generator that made the site.", Weight.NOTED)

    def _read_names(self, packed: Packed, folder: Folder, index: Index) -> None:
        entries = Entries(folder, index.people)
        for place, name in enumerate(index.texts):
            found = read_text(packed, name, Findings(name), folder)
            if found is None:
                continue
            self._share = 0.33 * place / len(index.texts)
            if found.kind in ABOUT:
                index.described[found.kind, line(words(found.found, "title", "name")).casefold()] = found
                if found.kind == "author" and (slug := words(found.found, "slug")):
                    index.authors[slug] = found
                continue
            self._put_names(found, folder, index, entries, name)

    def _put_names(self, found: Text, folder: Folder, index: Index, entries: "Entries", name: str) -> None:
        for row in entries.names(found.found):
            index.people.setdefault(key_of(row.slug or row.name), row)
        category, others = entries.categories(found.found)
        for kind, labels_ in (
            (TopicKind.CATEGORY, [*([category] if category else []), *others]),
            (TopicKind.TAG, labels(first(found.found, "tags", "tag"), at_spaces=True)),
        ):
            for label in labels_:
                index.topics.setdefault((kind, key_of(label.casefold())), label)
        series, _part, planned = series_of(found.found)
        if series:
            index.topics.setdefault((TopicKind.SERIES, key_of(series.casefold())), series)
            index.planned.update({key_of(series.casefold()): planned} if planned else {})
        at = found.moment(folder.home)
        index.dated += at is not None
        where = addresses(name, found.found, folder=folder, at=at)
        index.addresses[name] = where[0] if where else ""
        lead = lead_of(found.found)
        if lead.address and (lead.alt or lead.caption or lead.credit):
            address = Pointers(folder, lambda _name: False, {}).at(lead.address, name)
            file = File(address=address, alt=lead.alt, caption=lead.caption, credit=lead.credit)
            index.files.setdefault(address, file)

    def _site(self, folder: Folder, index: Index) -> Site:
        found = index.described.get(("site", "")) or next(
            (row for (kind, _name), row in index.described.items() if kind == "site"), None
        )
        said = found.found if found else {}
        return Site(
            title=words(said, "title") or folder.title,
            strapline=words(said, "strapline", "standfirst") or folder.strapline,
            address=folder.address or words(said, "address", "url"),
        )

    def _people(self, folder: Folder, index: Index) -> Iterator[Person]:
        described = {name: row for (kind, name), row in index.described.items() if kind == "author"}
        for name, row in described.items():
            slug = words(row.found, "slug")
            index.people.setdefault(key_of(slug or words(row.found, "title", "name")), Name(name, slug))
        for key, person in index.people.items():
            beside = index.authors.get(person.slug) or described.get(person.name.casefold())
            if beside and person.slug and words(beside.found, "slug") not in {"", person.slug}:
                beside = None  # Somebody else of that name
            said = beside.found if beside else {}
            slug = person.slug or words(said, "slug")
            yield Person(
                key=key,
                name=words(said, "title", "name") or person.name,
                slug=slug,
                about=_html_of(beside) or person.about,
                role=words(said, "role"),
                organisation=words(said, "organisation"),
                is_pen_name=person.is_pen_name or is_yes(said.get("pen_name")),
                portrait=words(said, "portrait"),
                addresses=_said_addresses(said, folder),
            )

    def _topics(self, folder: Folder, index: Index) -> Iterator[Topic]:
        for (kind, name), row in index.described.items():
            if kind in list(TopicKind):
                title = words(row.found, "title", "name")
                index.topics.setdefault((TopicKind(kind), key_of(name)), title)
        for (kind, key), name in index.topics.items():
            beside = index.described.get((kind.value, name.casefold()))
            said = beside.found if beside else {}
            yield Topic(
                kind=kind,
                key=key,
                name=words(said, "title", "name") or name,
                slug=words(said, "slug"),
                description=_html_of(beside),
                planned_parts=number(said.get("planned_parts")) or index.planned.get(key),
                addresses=_said_addresses(said, folder),
            )

    def _texts(self, packed: Packed, folder: Folder, index: Index) -> Iterator[Record]:
        pointers = Pointers(folder, lambda name: name in packed, index.addresses)
        entries = Entries(folder, index.people, pointers)
        menu: list[MenuEntry] = []
        for place, name in enumerate(index.texts):
            findings = Findings(name)
            found = read_text(packed, name, findings, folder)
            if found is not None and found.kind not in ABOUT:
                changed = 0.0 if found.moment(folder.home) else packed.changed(name)
                found = _with_comments(found, packed, findings)
                made = self._made(found, changed, index, entries, findings)
                yield from findings.take()
                yield made
                if isinstance(made, Page) and made.position is not None:
                    menu.append(MenuEntry(made.key, made.position))
            yield from findings.take()
            self._share = 0.33 + 0.67 * place / len(index.texts)
        yield from sorted(menu, key=lambda entry: entry.position)

    def _made(self, found: Text, changed: float, index: Index, entries: Entries, findings: Findings) -> Record:
        """Return a text as a piece or a page. `changed` is when its file was, in seconds since 1970."""
        folder = entries.folder
        at = found.moment(folder.home)
        if found.is_list and found.kind != "piece":
            return Loss("file", found.name, "It is a list that the generator of the site made.", Weight.NOTED)
        if found.kind == "page":
            return _page(entries.page(found, at, findings), found)
        is_beside = not is_kept_with_pieces(found.name, folder)
        if at is None and is_beside and not found.kind and not found.body.strip():
            return Loss("file", found.name, "There is no text in it.", Weight.NOTED)
        if not found.kind and at is None and is_beside and 2 * index.dated >= len(index.texts) and index.dated:
            page = _page(entries.page(found, at, findings), found)
            if isinstance(page, Page):
                findings.noted("page", "It has no date while the others have, so it is a page here.")
            else:
                findings.take()
            return page
        if at is None and not entries.is_draft(found):
            at = dt.datetime.fromtimestamp(max(0.0, changed), tz=dt.UTC)
            findings.changed("date", f"It says no date; that of its file holds, {at:%d %B %Y}.")
        return entries.piece(found, at, findings)


def _unread(packed: Packed, folder: Folder) -> Iterator[Loss]:
    """Name the texts in what isn't read here."""
    for name in packed.names:
        stem, dot, ending = name.rsplit("/", 1)[-1].lower().rpartition(".")
        kind = UNREAD.get(f"{dot}{ending}")
        if kind and stem not in NOT_OF_THE_SITE and not MACHINERY.search(name.removeprefix(folder.root)):
            why = f"It is {kind}, which isn't read: make it HTML or Markdown, and bring it again."
            yield Loss("file", name, why)


def _page(page: Page, found: Text) -> Record:
    """Return a page, or, where it holds nothing, such as one that generators fill with a list, a line of the report."""
    if page.body.strip() or "kind" in found.found:
        return page
    return Loss("page", found.name, "There is no text in it.", Weight.NOTED)


def _with_comments(found: Text, packed: Packed, findings: Findings) -> Text:
    """Return a text with the comments that stand in a file beside it."""
    rows = beside.comments(packed, found.name)
    if not rows:
        return found
    for row in rows:
        if isinstance(row, Loss):
            findings.lost("comments", row.why)
    return replace(found, found=found.found | {"comments": [row for row in rows if not isinstance(row, Loss)]})


def _html_of(found: Text | None) -> str:
    if found is None or not found.body.strip():
        return ""
    return found.body if found.is_html else to_html(found.body)


def _said_addresses(said: dict[str, object], folder: Folder) -> tuple[str, ...]:
    rows = (
        labels(said.get("addresses"))
        + labels(first(said, "aliases", "alias"))
        + labels(first(said, "permalink", "url"))
    )
    return tuple(dict.fromkeys(on_site(folder.address, text(row)) for row in rows))
