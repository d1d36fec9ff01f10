"""What an archive lists of files, kept on disk until a text wants one: there may be hundreds of thousands."""

import re
from collections.abc import Iterable

from blog.archive.bringing_in.old_site import spelling
from blog.archive.records import File
from blog.archive.scratch import scratch_database, storable

# How WordPress names the smaller sizes of a picture, and the one it scaled down at the upload
SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled)(?=\.[A-Za-z0-9]{2,5}$)")
LONGEST = 2000
MOST_ADDRESSES = 50


class ListedFiles:
    """Listed files by any of their addresses. A private database in a temporary file, gone with the object."""

    def __init__(self) -> None:
        self._rows = scratch_database()
        self._rows.execute("CREATE TABLE file (id INTEGER PRIMARY KEY, address, alt, caption, credit, name)")
        self._rows.execute("CREATE TABLE place (spelling PRIMARY KEY, file, address) WITHOUT ROWID")

    def add(self, file: File) -> None:
        """Keep what is listed of a file, whose addresses are whole."""
        words = [_kept(text) for text in (file.address, file.alt, file.caption, file.credit, file.name)]
        asked = "INSERT INTO file (address, alt, caption, credit, name) VALUES (?, ?, ?, ?, ?)"
        key = self._rows.execute(asked, words).lastrowid
        addresses = [file.address, *file.addresses[:MOST_ADDRESSES]]
        places = [(_kept(spelling(address)), key, _kept(address)) for address in addresses]
        self._rows.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?)", places)

    def find(self, address: str) -> File | None:
        """Return what is listed of the file at an address, or of the one that it is a smaller size of."""
        for spelled in _spellings(address):
            asked = "SELECT file.* FROM place JOIN file ON file.id = place.file WHERE spelling = ?"
            if row := self._rows.execute(asked, (_kept(spelled),)).fetchone():
                key, at, alt, caption, credit, name = row
                places = self._rows.execute("SELECT address FROM place WHERE file = ?", (key,)).fetchall()
                return File(at, alt=alt, caption=caption, credit=credit, name=name, addresses=_others(at, places))
        return None

    def close(self) -> None:
        """Let go of the temporary file."""
        self._rows.close()


def _others(address: str, places: Iterable[tuple[str]]) -> tuple[str, ...]:
    return tuple(place for (place,) in places if place != address)


def _spellings(address: str) -> list[str]:
    spelled = spelling(address)
    return list(dict.fromkeys([spelled, SIZE.sub("", spelled), SIZE.sub("-scaled", spelled)]))


def _kept(text: str) -> str:
    return storable(text[:LONGEST])
