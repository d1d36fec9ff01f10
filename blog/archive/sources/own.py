"""Our own JSON → records: `blog.jsonl` in the zip that `export_blog json` writes, in a folder, or by itself."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from blog.archive.formats.lines import FORMAT, KINDS, VERSION, LineError, record_of
from blog.archive.packed import Packed
from blog.archive.records import Record
from blog.archive.sources.base import Source, SourceError
from blog.archive.sources.export_file import Counted, ExportFile

MEMBER = "blog.jsonl"
MOST_OF_A_LINE = 64 * 1024 * 1024  # Bytes: a text of a megabyte under which ten thousand people commented
BEGIN = b'{"record":"archive"'
ORDER = list(KINDS)


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is an archive of this system: by the name in the zip or the folder, or by its first line."""
    if path.is_dir():
        return (path / MEMBER).is_file()
    if head.startswith(b"PK"):
        # Ours begins with it (APPNOTE 4.3.7: the name stands behind 30 bytes); a zip packed again may not
        return head[30 : 30 + len(MEMBER)] == MEMBER.encode() or (is_zipfile(path) and _has_member(path))
    return head.startswith(BEGIN)


def open_export(path: Path, *, address: str = "") -> Source:
    """Open an archive of this system. Raises SourceError. Its own first line knows where the blog was."""
    if path.is_file() and not is_zipfile(path):
        return OwnArchive(ExportFile(path))
    with Packed(path) as packed:
        if MEMBER not in packed:
            raise SourceError(f"There is no {MEMBER} in “{path.name}”: it is no archive of this system.")
        if any(name == MEMBER for name, _why in packed.refused):
            raise SourceError(f"{MEMBER} stands in “{path.name}” twice or can’t be read: the archive is damaged.")
    return OwnArchive(ExportFile(path, MEMBER))


class OwnArchive:
    """An archive of this system."""

    system = "wlg"

    def __init__(self, export: ExportFile) -> None:
        self._export = export
        self._opened: Counted | None = None

    def progress(self) -> float:
        """Return how much has been read, from 0 to 1."""
        return self._opened.share if self._opened else 0.0

    def records(self) -> Iterator[Record]:
        """Give the records of the file, from its beginning. Raises SourceError, with the number of the line."""
        counts: Counter[str] = Counter()
        place = 0
        ended: Mapping[str, Any] | None = None
        for number, row in self._rows():
            kind = row.get("record")
            if number == 1:
                self._check_version(row)
            elif ended is not None:
                raise self._wrong(number, "it stands behind the end")
            elif kind == "end":
                ended = row
            elif not isinstance(kind, str) or kind not in KINDS:
                raise self._wrong(number, "it is no kind of record that is known")
            else:
                if ORDER.index(kind) < place and {kind, ORDER[place]} != {"piece", "page"}:
                    raise self._wrong(number, f"a {kind} stands behind a {ORDER[place]}")
                place = max(place, ORDER.index(kind))
                counts[kind] += 1
                yield self._record(number, kind, row)
        self._check_end(ended, counts)

    def _rows(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for number, line in self._lines():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise self._wrong(number, "it is no JSON") from error
            if not isinstance(row, dict):
                raise self._wrong(number, "it is no JSON object")
            yield number, row

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        with self._export.open() as opened:
            self._opened = opened
            left, number = b"", 0
            parts: list[bytes] = []
            size = 0
            while chunk := opened.read(1 << 20):
                *lines, left = chunk.split(b"\n")
                for line in lines:
                    number += 1
                    yield number, b"".join([*parts, line])
                    parts, size = [], 0
                parts.append(left)
                size += len(left)
                if size > MOST_OF_A_LINE:
                    raise self._wrong(number + 1, f"it has more than {MOST_OF_A_LINE:,} bytes")
            if size:
                yield number + 1, b"".join(parts)

    def _check_version(self, row: Mapping[str, Any]) -> None:
        version = row.get("version")
        if row.get("record") != "archive" or row.get("format") != FORMAT or type(version) is not int:
            raise SourceError(f"“{self._export.name}” doesn’t begin as an archive of this system does.")
        if version > VERSION:
            raise SourceError(
                f"“{self._export.name}” was written by a newer version of this system (format {version}; this one "
                f"reads up to {VERSION}). Update the site first."
            )
        if version < 1:
            raise SourceError(f"“{self._export.name}” says that it is in format {version}, which never was.")

    def _record(self, number: int, kind: str, row: Mapping[str, Any]) -> Record:
        try:
            return record_of(kind, {name: value for name, value in row.items() if name != "record"})
        except LineError as error:
            raise self._wrong(number, str(error)) from error

    def _check_end(self, ended: Mapping[str, Any] | None, counts: Mapping[str, int]) -> None:
        if ended is None:
            raise SourceError(f"“{self._export.name}” was cut off: its last line is missing. Copy the file again.")
        said = ended.get("counts")
        if not isinstance(said, dict) or {name: said.get(name) for name in KINDS} != {
            name: counts.get(name, 0) for name in KINDS
        }:
            raise SourceError(f"“{self._export.name}” holds another number of records than its last line says.")

    def _wrong(self, number: int, why: str) -> SourceError:
        return SourceError(f"Line {number:,} of “{self._export.name}” can’t be read: {why}.")


def _has_member(path: Path) -> bool:
    try:
        with Packed(path) as packed:
            return MEMBER in packed
    except SourceError:
        return False
