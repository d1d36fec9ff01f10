"""Bringing the bytes of pictures and documents: from where they lie, into rows and files here.

Each comes in a transaction of its own: making a picture anew takes long, and nobody else should wait for it.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import unquote, urlsplit

from django.core.files import File as StoredFile
from django.db import transaction
from django.utils.translation import gettext as _

from blog.archive import text as texts
from blog.archive.bringing_in.fitting import Fitting
from blog.archive.bringing_in.listed_files import ListedFiles
from blog.archive.bringing_in.old_site import OldSite, spelling
from blog.archive.media import Found, Media
from blog.archive.media.kinds import as_picture, kind_of
from blog.archive.media.refusing import KindError
from blog.archive.records import File, Loss
from blog.archive.report import Outcome, Report
from blog.archive.text import FileHere
from blog.editorial.arriving import arrivals, files
from blog.editorial.arriving.files import LENGTHS, ArrivingFile
from blog.models import Archive, Arrival, ArrivalKind, Document, Picture

AT_ONCE = 64 * 1024
LONGEST_WORDS = 10_000  # Of a caption, before it is made to fit
MOST_REMEMBERED = 20_000  # Files that are nowhere, so that they are looked for once


@dataclass
class Brought:
    """A file that is here: what a text needs of it, and its row's key if it is a picture."""

    here: FileHere
    picture: int | None = None


@dataclass
class Files:
    """The files of one run. `at_hand` finds those that lie here, `media` also those that may be fetched."""

    archive: Archive
    site: OldSite
    media: Media
    at_hand: Media | None
    report: Report
    at: dt.datetime
    is_dry_run: bool = False
    listed: ListedFiles = field(default_factory=ListedFiles)
    read: int = 0
    tell: Callable[[], object] = lambda: None  # Says how far it has come
    _here: dict[str, Brought] = field(default_factory=dict)
    _nowhere: dict[str, str] = field(default_factory=dict)

    def list(self, some: Iterable[File]) -> None:
        """Take listed files in: those that lie here come at once, the others when something wants them."""
        listed = [self._whole(file) for file in some]
        for file in listed:
            self.listed.add(file)
            self.site.add_file(file.address)
        known = self._known([file.address for file in listed])
        for file in listed:
            self.tell()
            if spelling(file.address) in known:
                self._count_known(known[spelling(file.address)])
            elif self.at_hand and (found := self.at_hand.find(file.address)):
                self._bring(file, found)
        self.forget()

    def want(self, addresses: Iterable[str]) -> None:
        """Bring these, if they can be found anywhere, and have them at hand until `forget`."""
        wanted = {address: self._listed(address) for address in dict.fromkeys(addresses)}
        known = self._known([file.address for file in wanted.values()])
        pictures = Picture.objects.in_bulk([row.target for row in known.values() if row.kind == "picture"])
        documents = Document.objects.in_bulk([row.target for row in known.values() if row.kind == "document"])
        for address, file in wanted.items():
            self.tell()
            arrival = known.get(spelling(file.address))
            row = (pictures if arrival.kind == "picture" else documents).get(arrival.target) if arrival else None
            if row is not None:
                self._here[spelling(address)] = _brought(row)
            elif brought := self._here.get(spelling(file.address)) or self._find_and_bring(address, file):
                self._here[spelling(address)] = brought

    def at_address(self, address: str) -> FileHere | None:
        """Return what is here of a wanted address."""
        brought = self._here.get(spelling(address))
        return brought.here if brought else None

    def picture_at(self, address: str) -> int | None:
        """Return the key of the picture of a wanted address."""
        brought = self._here.get(spelling(address))
        return brought.picture if brought else None

    def why(self, address: str) -> str:
        """Return why a wanted file is not here."""
        return self._nowhere.get(spelling(address)) or self.media.why(address)

    def forget(self) -> None:
        """Let go of what the last texts wanted."""
        self._here.clear()

    def _whole(self, file: File) -> File:
        addresses = tuple(self.site.whole(address) for address in file.addresses)
        return File(self.site.whole(file.address), file.key, file.alt, file.caption, file.credit, file.name, addresses)

    def _listed(self, address: str) -> File:
        return self.listed.find(address) or File(address)

    def _known(self, addresses: Iterable[str]) -> dict[str, Arrival]:
        keys = {spelling(address) for address in addresses}
        found = arrivals.known(self.archive, ArrivalKind.DOCUMENT, keys)
        return found | arrivals.known(self.archive, ArrivalKind.PICTURE, keys)

    def _count_known(self, arrival: Arrival) -> None:
        self.read += 1
        self.report.count(arrival.kind, Outcome.KNOWN)

    def _find_and_bring(self, address: str, file: File) -> Brought | None:
        if spelling(address) in self._nowhere:
            return None
        found = self.media.find(file.address) or (self.media.find(address) if address != file.address else None)
        brought = self._bring(file, found, asked=address) if found else None
        if brought is None and len(self._nowhere) < MOST_REMEMBERED:
            why = self._nowhere.get(spelling(file.address)) or self.media.why(address)
            self._nowhere.setdefault(spelling(address), why)
        return brought

    def _bring(self, file: File, found: Found, *, asked: str = "") -> Brought | None:
        self.read += 1
        try:
            with found.open() as content:
                return self._take(file, found, content, asked=asked)
        except (KindError, OSError) as error:
            why = str(error) if isinstance(error, KindError) else _("The file can’t be read.")
            self._nowhere[spelling(file.address)] = why
            if not asked:
                self.report.add(Loss("file", file.address, why))
            return None

    def _take(self, file: File, found: Found, content: IO[bytes], *, asked: str) -> Brought:
        kind = kind_of(content)
        sha256 = _hash(content)
        fitting = Fitting(kind.what, file.address)
        arriving = self._arriving(file, found, sha256, asked, fitting)
        if kind.what == "document":
            row: Picture | Document = self._keep_document(arriving, content, kind.ending, found.size)
        else:
            row = self._keep_picture(arriving, content, fitting)
        self.report.count(kind.what, Outcome.NEW)
        self.report.add(*fitting.losses)
        return _brought(row)

    def _keep_picture(self, arriving: ArrivingFile, content: IO[bytes], fitting: Fitting) -> Picture:
        made = None
        if files.same_picture(self.archive, arriving.sha256) is None:
            taken = as_picture(content)
            made = taken.made
            if taken.changed:
                fitting.say(taken.changed)
        with _stored() as stored:
            row = files.arrive_picture(
                archive=self.archive, file=arriving, made=made, at=self.at, is_stored=not self.is_dry_run
            )
            if made and not self.is_dry_run:
                stored.append(row.file.name or "")
        return row

    def _keep_document(self, arriving: ArrivingFile, content: IO[bytes], ending: str, size: int) -> Document:
        is_new = files.same_document(arriving.sha256) is None
        with _stored() as stored:
            row = files.arrive_document(
                archive=self.archive,
                file=arriving,
                content=StoredFile(content),
                ending=ending,
                size=size,
                at=self.at,
                is_stored=not self.is_dry_run,
            )
            if is_new and not self.is_dry_run:
                stored.append(row.file.name or "")
        return row

    def _arriving(self, file: File, found: Found, sha256: str, asked: str, fitting: Fitting) -> ArrivingFile:
        name = file.name or found.name or unquote(urlsplit(file.address).path).rpartition("/")[2]
        return ArrivingFile(
            key=spelling(file.address),
            sha256=sha256,
            name=fitting.line(name, LENGTHS["name"], _("name")) or "file",
            alt=fitting.line(texts.plain(file.alt[:LONGEST_WORDS]), LENGTHS["alt"], _("description")),
            caption=fitting.line(texts.plain(file.caption[:LONGEST_WORDS]), LENGTHS["caption"], _("caption")),
            credit=fitting.line(texts.plain(file.credit[:LONGEST_WORDS]), LENGTHS["credit"], _("credit")),
            addresses=tuple(dict.fromkeys(one for one in (file.address, asked, *file.addresses) if one)),
        )


@contextmanager
def _stored() -> Iterator[list[str]]:
    """Keep the rows and the files that are named within, or neither."""
    stored = list[str]()
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        files.discard(stored)
        raise


def _hash(content: IO[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal, and leave it at its beginning."""
    digest = hashlib.sha256()
    while some := content.read(AT_ONCE):
        digest.update(some)
    content.seek(0)
    return digest.hexdigest()


def _brought(row: Picture | Document) -> Brought:
    if isinstance(row, Document):
        return Brought(FileHere(row.file.url, "document", caption=row.name))
    here = FileHere(row.file.url, "picture", row.width, row.height, row.alt, row.caption)
    return Brought(here, row.pk)
