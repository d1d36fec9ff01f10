"""The files that an export is made of: one, packed or not, or those of a folder or a zip."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from blog.archive.packed import Packed, is_packed
from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted, ExportFile

ENDINGS = (".xml", ".wxr", ".xml.gz", ".wxr.gz")
# In the first kilobytes of every export since WordPress 2.1
MARKS = re.compile(rb"wordpress\.org/export/|wp:wxr_version|WordPress eXtended RSS")
HEAD = 16_384
MOST_FILES = 1_000  # Each is looked into
DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
BYTE_ORDER_MARKS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]


class Readable(Protocol):
    """What can be read in chunks."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True)
class Volume:
    """One file of an export. `size` is in bytes, as it lies there."""

    export: ExportFile
    size: int

    @property
    def name(self) -> str:
        """Return what the file is called."""
        return self.export.name

    @contextmanager
    def open(self) -> Iterator["Reading"]:
        """Open it for reading, unpacked. Raises SourceError if that can't be done."""
        with self.export.open() as opened:
            yield Reading(opened)


class Reading:
    """A file of an export while it is read. Its bytes come as UTF-8, whatever the file says it is in.

    One that is damaged where it is packed ends there, and `broken` says why.
    """

    def __init__(self, opened: Counted) -> None:
        self.broken = ""
        self._opened = opened
        self._begun = self._next(HEAD)
        encoding = declared_encoding(self._begun)
        self._decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")

    @property
    def share(self) -> float:
        """How much of it has been read, from 0 to 1."""
        return self._opened.share

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""
        raw, self._begun = self._begun or self._next(size), b""
        if self._decoder is None:
            return raw
        while not (text := self._decoder.decode(raw, not raw)) and raw:
            raw = self._next(size)
        return text.encode("utf-8", "replace")

    def _next(self, size: int) -> bytes:
        try:
            return b"" if self.broken else self._opened.read(size)
        except SourceError as error:
            self.broken = str(error)
            return b""


def declared_encoding(head: bytes) -> str:
    """Return the name of the encoding that a file says it is in, as Python knows it; UTF-8 if it says nothing."""
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    declared = DECLARED.search(head[:1024])
    if not declared:
        return "utf-8"
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
        # Of what Python knows, some are no encodings of text, such as “zip”, and some can't have said so in ASCII
        b"<?xml".decode(name)
        codecs.getincrementaldecoder(name)("replace")
    except (LookupError, TypeError, ValueError):
        return "utf-8"
    # What calls itself Latin-1 is Windows-1252 in practice (WHATWG, Encoding Standard, 4.2)
    return {"iso8859-1": "cp1252", "ascii": "utf-8"}.get(name, name)


def volumes_of(path: Path) -> list[Volume]:
    """Return the files of the export at `path`, in order. Raises SourceError if there are none."""
    try:
        found = _found(path)
    except OSError as error:
        raise SourceError(f"“{path.name}” can't be read: {error.strerror}.") from error
    if not found:
        raise SourceError(f"There is no WordPress export in “{path.name}”: none of its .xml files is one.")
    return found


def holds_exports(path: Path, head: bytes) -> bool:
    """Whether at least one file at `path` reads as a WordPress export. `head` is the beginning of a single file."""
    if MARKS.search(head):
        return True
    try:
        return any(_is_export(volume) for volume in _found(path)) if is_packed(path) else _is_export(_alone(path))
    except (OSError, SourceError):
        return False


def _found(path: Path) -> list[Volume]:
    if not is_packed(path):
        return [_alone(path)]
    with Packed(path) as packed:
        names = sorted((name for name in packed.names if name.lower().endswith(ENDINGS)), key=_in_order)
        if len(names) > MOST_FILES:
            raise SourceError(f"“{path.name}” holds more than {MOST_FILES} .xml files; keep those of the export alone.")
        candidates = [_within(path, name, packed.size(name)) for name in names]
    return [volume for volume in candidates if _is_export(volume)]


def _alone(path: Path) -> Volume:
    return Volume(ExportFile(path), path.stat().st_size)


def _within(path: Path, name: str, size: int) -> Volume:
    # A file of a folder opens as one by itself, so that it may be packed by gzip
    return Volume(ExportFile(path / name) if path.is_dir() else ExportFile(path, name), size)


def _is_export(volume: Volume) -> bool:
    try:
        with volume.open() as reading:
            return bool(MARKS.search(reading.read(HEAD)))
    except SourceError:
        return False


def _in_order(name: str) -> list[tuple[int, str]]:
    """Return a key by which `part-2` comes before `part-10`."""
    return [(int(part[:18]), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]
