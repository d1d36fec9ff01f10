"""Walking through the records of a source: gathered into chunks, and each chunk brought in."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.archive.bringing_in import pages, people, pieces
from blog.archive.bringing_in.run import Run
from blog.archive.records import File, Loss, MenuEntry, Moved, Page, Person, Piece, Record, Remark, Site, Topic, Weight

T = TypeVar("T")

MOST_NAMES = 200
MOST_TOPICS = 500
MOST_FILES = 50
# What one transaction holds, so that memory and the wait of others stay small whatever the texts are
MOST_PIECES = 400
MOST_PAGES = 50
MOST_REMARKS = 4000
MOST_TEXT = 2_000_000  # Characters

TWICE = gettext_lazy("The archive has two of the same number. Both are here.")


@dataclass
class Walk:
    """Gathers records until a chunk is full. Call `end` after the last."""

    run: Run
    people: list[Person] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    menu: list[MenuEntry] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    _length: int = 0
    _remarks: int = 0
    _seen: dict[int, int] = field(default_factory=dict)  # Short digests of keys, and of what had them

    def take(self, record: Record) -> None:
        """Take the next record, and bring in what is complete with it."""
        match record:
            case Loss():
                self.run.report.add(record)
            case Person():
                self._gather(self.people, record, MOST_NAMES, self._names)
            case Topic():
                self._gather(self.topics, record, MOST_TOPICS, self._topics)
            case File():
                self._gather(self.files, record, MOST_FILES, self._files)
            case Piece():
                self._piece(record)
            case Page():
                self._page(record)
            case MenuEntry():
                self.menu.append(record)
            case Moved():
                self.moved.append(record)
            case Site():
                pass  # It was read before everything else
        self.run.tell()

    def end(self) -> None:
        """Bring in what is left."""
        self._texts()

    def _gather(self, rows: list[T], record: T, most: int, bring: Callable[[], None]) -> None:
        rows.append(record)
        if len(rows) >= most:
            bring()

    def _names(self) -> None:
        if self.people:
            people.bring_people(self.run, _emptied(self.people))

    def _topics(self) -> None:
        if self.topics:
            people.bring_topics(self.run, _emptied(self.topics))

    def _files(self) -> None:
        if self.files:
            self.run.files.list(_emptied(self.files))

    def _piece(self, piece: Piece) -> None:
        self.run.pieces_read += 1
        self.run.remarks_read += len(piece.remarks)
        fresh = self._fresh("piece", piece.key, piece)
        if fresh is None:
            return
        self.pieces.append(piece if fresh == piece.key else replace(piece, key=fresh))
        self._weigh(piece.body, piece.remarks)

    def _page(self, page: Page) -> None:
        fresh = self._fresh("page", page.key, page)
        if fresh is None:
            return
        page = page if fresh == page.key else replace(page, key=fresh)
        if page.is_published:
            self.pages.append(page)
            self._weigh(page.body, page.remarks)
            return
        why = _("It was not published. Pages here are public at once, so it came as a draft of a piece.")
        self.run.report.add(Loss("page", page.title or page.key, why, Weight.CHANGED))
        if page.remarks:
            self.run.report.add(
                Loss("comment", page.title or page.key, _("It stood under a page that nobody could read."))
            )
        self._piece(pages.as_piece(page))

    def _weigh(self, body: str, remarks: Sequence[Remark]) -> None:
        self._length += len(body)
        self._remarks += len(remarks)
        is_full = self._length >= MOST_TEXT or self._remarks >= MOST_REMARKS
        if is_full or len(self.pieces) >= MOST_PIECES or len(self.pages) >= MOST_PAGES:
            self._texts()

    def _texts(self) -> None:
        self._names()
        self._topics()
        self._files()
        if self.pieces:
            pieces.bring_pieces(self.run, _emptied(self.pieces))
        if self.pages:
            pages.bring_pages(self.run, _emptied(self.pages))
        self._length = self._remarks = 0

    def _fresh(self, what: str, key: str, thing: object) -> str | None:
        """Return a key that nothing had in this run; nothing for what stands there twice, word for word."""
        digest = _short(repr(thing))
        number, fresh = 1, key
        while (mark := _short(f"{what} {fresh}")) in self._seen:
            if self._seen[mark] == digest:
                self.run.report.add(Loss(what, key, _("The archive holds it twice. It is here once."), Weight.NOTED))
                return None
            number += 1
            fresh = f"{key}~{number}"
        self._seen[mark] = digest
        if fresh != key:
            self.run.report.add(Loss(what, getattr(thing, "title", "") or key, str(TWICE), Weight.NOTED))
        return fresh


def _emptied(rows: list[T]) -> list[T]:
    """Return what a list holds, and empty it."""
    found = list(rows)
    rows.clear()
    return found


def _short(text: str) -> int:
    """Return sixty bits of a digest: enough to tell millions apart, in little memory."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=7).digest())
