"""Rows of an export, laid aside on disk and taken up again in another order: for exports whose tables refer to others.

A table may stand before or behind what it belongs to, and either may be larger than memory. So an export is read once,
row by row, into a database of its own in a temporary file without a name; then each piece is put together from it.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, TypeAlias

from blog.archive.scratch import scratch_database, storable
from blog.archive.sources.base import SourceError

Row: TypeAlias = dict[str, Any]
AT_ONCE = 500


class Spool:
    """Rows by table and by what they belong to, in the order in which they came. It is gone when it is closed."""

    def __init__(self) -> None:
        self._rows = scratch_database()
        self._rows.execute("CREATE TABLE kept (place INTEGER PRIMARY KEY, kind TEXT, of TEXT, rank INTEGER, row TEXT)")
        self._waiting: list[tuple[str, str, int, str]] = []
        self._is_sorted = False

    def put(self, kind: str, row: Row, *, of: str = "", rank: int = 0) -> None:
        """Lay a row aside. `of` is what it belongs to, or its own key. Raises SourceError if the disk is full."""
        # Escaped throughout, for SQLite takes no lone surrogates
        self._waiting.append((kind, storable(of), rank, json.dumps(row, default=str)))
        if len(self._waiting) >= AT_ONCE or len(self._waiting[-1][3]) > 1_000_000:
            self._write()

    def each(self, kind: str) -> Iterator[Row]:
        """Give all rows of a kind in the order in which they came."""
        self._settle()
        at = -1
        while found := self._ask(
            "SELECT place, row FROM kept WHERE kind = ? AND place > ? ORDER BY place LIMIT 1", (kind, at)
        ):
            at = found[0][0]
            yield json.loads(found[0][1])

    def of(self, kind: str, key: str, *, most: int = -1) -> list[Row]:
        """Return the rows of a kind that belong to something, by rank, then as they came; at most so many, if told."""
        self._settle()
        asked = "SELECT row FROM kept WHERE kind = ? AND of = ? ORDER BY rank, place LIMIT ?"
        rows = self._ask(asked, (kind, storable(key), most))
        return [json.loads(row[0]) for row in rows]

    def one(self, kind: str, key: str) -> Row:
        """Return the first of them, or an empty one."""
        rows = self.of(kind, key)
        return rows[0] if rows else {}

    def count(self, kind: str) -> int:
        """Return how many rows of a kind there are."""
        self._settle()
        return int(self._ask("SELECT COUNT(*) FROM kept WHERE kind = ?", (kind,))[0][0])

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def _settle(self) -> None:
        self._write()
        if not self._is_sorted:
            self._rows.execute("CREATE INDEX kept_by_what ON kept (kind, of, rank, place)")
            self._rows.execute("CREATE INDEX kept_in_order ON kept (kind, place)")
            self._is_sorted = True

    def _write(self) -> None:
        if not self._waiting:
            return
        try:
            self._rows.execute("BEGIN")
            self._rows.executemany("INSERT INTO kept (kind, of, rank, row) VALUES (?, ?, ?, ?)", self._waiting)
            self._rows.execute("COMMIT")
        except sqlite3.Error as error:
            raise SourceError(f"The export couldn't be laid aside in the temporary folder: {error}.") from error
        self._waiting.clear()

    def _ask(self, question: str, values: tuple[object, ...]) -> list[Any]:
        return self._rows.execute(question, values).fetchall()
