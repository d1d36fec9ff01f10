"""What must be known across the items of an export: in a temporary file, not in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

from blog.archive.scratch import scratch_database, storable
from blog.archive.sources.spool import Row, Spool
from blog.archive.sources.wordpress.dates import Clock
from blog.archive.sources.wordpress.places import Places

LONGEST_KEY = 300
MOST_ATTACHED = 1_000  # To one piece, in its gallery


class Seen:
    """Which keys have come, by kind. On disk, so that it may be millions."""

    def __init__(self) -> None:
        self._rows = scratch_database()
        self._rows.execute("CREATE TABLE seen (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        self._rows.execute("BEGIN")

    def is_new(self, kind: str, key: str) -> bool:
        """Remember a key. Whether it came for the first time."""
        return self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (kind, storable(key))).rowcount == 1

    def has(self, kind: str, key: str) -> bool:
        """Whether a key has come."""
        asked = "SELECT 1 FROM seen WHERE kind = ? AND key = ?"
        return bool(self._rows.execute(asked, (kind, storable(key))).fetchall())

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()


@dataclass(frozen=True)
class Attachment:
    """A file as texts refer to it."""

    key: str
    address: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    link: str = ""


@dataclass
class Index:
    """What the first pass found. Use it in a `with`, and it leaves nothing behind."""

    places: Places = field(default_factory=Places)
    clock: Clock = field(default_factory=Clock)
    spool: Spool = field(default_factory=Spool)
    seen: Seen = field(default_factory=Seen)
    counts: Counter[str] = field(default_factory=Counter)
    loose: str = ""  # What stood around the fragments of the first file
    hosts: Counter[str] = field(default_factory=Counter)  # Of the addresses of pieces
    exported_at: dt.datetime | None = None
    fronts: set[str] = field(default_factory=set)  # Up to a few first folders of addresses

    def __post_init__(self) -> None:
        self._file_at = lru_cache(maxsize=4_096)(self._find_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self.spool), closing(self.seen):
            self._file_at.cache_clear()

    def keep(self, kind: str, key: str, row: Row, *, rank: int = 0) -> bool:
        """Keep the first row of a kind with that key. Whether it was the first."""
        is_first = bool(key) and len(key) <= LONGEST_KEY and self.seen.is_new(kind, key)
        if is_first:
            self.spool.put(kind, row, of=key, rank=rank)
        return is_first

    def one(self, kind: str, key: str) -> Row:
        """Return the row of a kind with that key, or an empty one."""
        return self.spool.one(kind, key) if key and self.seen.has(kind, key) else {}

    def each(self, kind: str) -> Iterator[Row]:
        """Give all rows of a kind in the order of the export."""
        return self.spool.each(kind)

    def attachment(self, key: str) -> Attachment | None:
        """Return the attachment of that number."""
        row = self.one("file", key)
        return _attachment(row) if row.get("address") else None

    def attachment_at(self, address: str) -> Attachment | None:
        """Return the attachment that an address shows, at any size."""
        keys = self.places.file_keys(address) if len(address) < 2_000 else ()
        return next((found for key in keys if (found := self._file_at(key))), None)

    def attachments_of(self, parent: str) -> list[Attachment]:
        """Return the attachments of a piece, in the order of its gallery."""
        return [_attachment(row) for row in self.spool.of("file of", parent, most=MOST_ATTACHED)] if parent else []

    def _find_file(self, key: str) -> Attachment | None:
        row = self.one("file at", key)
        return self.attachment(row["key"]) if row else None


def _attachment(row: dict[str, Any]) -> Attachment:
    return Attachment(row["key"], row["address"], row["title"], row["alt"], row["caption"], row["link"])
