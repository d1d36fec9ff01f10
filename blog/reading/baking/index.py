"""What each kept page shows, and which purges have been carried out: a small SQLite file in each generation.

Nothing here needs to outlive the machine's power (`fingerprint` sees to that), so nothing waits for the disk; what is
written survives a process that is killed. A connection lasts as long as one act: none is shared by threads, and none
outlives a fork.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS shown (key TEXT, address TEXT, PRIMARY KEY (key, address)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_by_address ON shown (address);
CREATE TABLE IF NOT EXISTS made (address TEXT PRIMARY KEY, file TEXT NOT NULL, second INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (
    number INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL, due REAL NOT NULL, UNIQUE (row, due)
);
"""

# A purge as the index knows it: its key in the database, and the second since 1970 at which it falls due. Both,
# because a database that was restored from a copy gives out the same keys again.
Seen = tuple[int, float]


class Index:
    """The index of one generation."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def create(self) -> None:
        """Make the file and its tables."""
        with self._writing(mode="rwc") as connection:
            connection.executescript(SCHEMA)

    def latest_seen(self) -> int:
        """Return the number of the purge that was carried out last; later ones have higher numbers."""
        with self._open() as connection:
            return int(connection.execute("SELECT coalesce(max(number), 0) FROM seen").fetchone()[0])

    def unseen(self, rows: Iterable[Seen], *, until: int | None = None) -> list[Seen]:
        """Return those of the purges that have not been carried out, or not when the latest had the number `until`."""
        rows = list(rows)
        if not rows:
            return []
        found: dict[Seen, int] = {}
        with self._open() as connection:
            for number, row, due in connection.execute(
                "SELECT number, row, due FROM seen WHERE due >= ?", (min(due for _, due in rows),)
            ):
                found[row, due] = number
        return [row for row in rows if row not in found or (until is not None and found[row] > until)]

    def mark_seen(self, rows: Iterable[Seen], *, forget_before: float) -> None:
        """Note that purges have been carried out, and forget those that fell due before a second that is long past."""
        with self._writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO seen (row, due) VALUES (?, ?)", list(rows))
            connection.execute("DELETE FROM seen WHERE due < ?", (forget_before,))

    def showing(self, keys: Iterable[str]) -> list[str]:
        """Return the files, below the generation's folder, of all pages that show any of the keys."""
        with self._open() as connection:
            files: set[str] = set()
            for key in set(keys):
                files.update(
                    file
                    for (file,) in connection.execute(
                        "SELECT file FROM shown JOIN made USING (address) WHERE key = ?", (key,)
                    )
                )
        return sorted(files)

    def note(self, address: str, file: str, keys: Iterable[str], *, second: int) -> int:
        """Note what the page of an address shows, instead of what it showed before.

        Return the second that its file shall carry: the given one, or one later than that of the page before it, so
        that no two pages of one address carry the same. A web server tells them apart by nothing else.
        """
        with self._writing() as connection:
            before = connection.execute("SELECT second FROM made WHERE address = ?", (address,)).fetchone()
            if before:
                second = max(second, before[0] + 1)
            connection.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", (address, file, second))
            connection.execute("DELETE FROM shown WHERE address = ?", (address,))
            connection.executemany("INSERT INTO shown VALUES (?, ?)", [(key, address) for key in set(keys)])
        return second

    def last_second(self) -> int:
        """Return the latest second that any page carries, or 0."""
        with self._open() as connection:
            return int(connection.execute("SELECT coalesce(max(second), 0) FROM made").fetchone()[0])

    @contextmanager
    def _open(self, mode: str = "rw") -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode={mode}", uri=True, timeout=5)) as connection:
            yield connection

    @contextmanager
    def _writing(self, mode: str = "rw") -> Iterator[sqlite3.Connection]:
        with self._open(mode) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA journal_mode=PERSIST")
            with connection:
                yield connection
