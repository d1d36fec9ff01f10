"""A zip or a folder, read alike and without trust: names, sizes, and members opened under a limit.

Nothing is ever written under a name that stands in it. What could lead elsewhere or harm is left out, and `refused`
says why, by name: absolute names and such with `..`, links, what is encrypted, a name for the second time. A zip that
is a bomb is refused as a whole.
"""

import datetime as dt
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from blog.archive.sources.base import SourceError

MOST_MEMBERS = 500_000
MOST_DEPTH = 40  # Folders within folders
MOST_NAME = 1_000  # Characters
MOST_DIRECTORY = 128 * 1024 * 1024  # Bytes of a zip's table of contents, which is held in memory
# Text packs to a fiftieth at best; what says the same a million times packs to a thousandth
MOST_RATIO = 250
FREE_OF_RATIO = 4 * 1024 * 1024  # Bytes that no ratio is asked of: they do no harm
PASSED_OVER = ("__MACOSX/", ".git/")
PASSED_OVER_NAMES = {".DS_Store", "Thumbs.db", "desktop.ini"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class PackedError(SourceError):
    """A zip or a folder, or something in it, can't be read. The text is a sentence for people."""


class Packed:
    """The files of a zip or a folder by name, with slashes and without the folder itself, in the order of names.

    Close it, or use it in a `with`.
    """

    def __init__(self, path: Path) -> None:
        """Read the names. Raises PackedError."""
        self.path = path
        self.refused: list[tuple[str, str]] = []  # Name and reason
        self._sizes: dict[str, int] = {}
        self._zip: zipfile.ZipFile | None = None
        self._file: _Directory | None = None
        self._members: dict[str, zipfile.ZipInfo] = {}
        if path.is_dir():
            self._read_folder()
        else:
            self._read_zip()
        self.names: tuple[str, ...] = tuple(sorted(self._sizes))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._sizes

    def close(self) -> None:
        """Let go of the file."""
        if self._zip is not None:
            self._zip.close()
        if self._file is not None:  # A zip leaves open what it was given open
            self._file.close()

    def size(self, name: str) -> int:
        """Return how many bytes a member says it has; it may be lying, so that `open` counts. Raises KeyError."""
        return self._sizes[name]

    def changed(self, name: str) -> float:
        """Return when a member was last changed, in seconds since 1970; a zip says no zone, so UTC. 0 if unknown."""
        try:
            if self._zip is None:
                return (self.path / name).stat(follow_symlinks=False).st_mtime
            return dt.datetime(*self._members[name].date_time, tzinfo=dt.UTC).timestamp()
        except (OSError, ValueError):
            return 0.0

    def open(self, name: str, *, most: int) -> IO[bytes]:
        """Open a member. Raises KeyError if it isn't in `names`, PackedError if it can't be read.

        Reading from it raises PackedError behind `most` bytes, where it turns out to be a bomb or damaged.
        """
        size = self._sizes[name]
        if size > most:
            raise PackedError(f"“{name}” has {size:,} bytes, and at most {most:,} are read of such a file.")
        if self._zip is None:
            return io.BufferedReader(_Guarded(_open_plain(self.path / name, name), name=name, most=most))
        member = self._members[name]
        try:
            opened = self._zip.open(member)
        except BROKEN as error:
            raise PackedError(f"“{name}” in the zip is damaged or packed in a way that can't be read.") from error
        allowed = min(most, max(FREE_OF_RATIO, member.compress_size * MOST_RATIO))
        return io.BufferedReader(_Guarded(opened, name=name, most=allowed))

    def read(self, name: str, *, most: int) -> bytes:
        """Return what a member holds. Raises as `open`."""
        with self.open(name, most=most) as opened:
            return opened.read()

    def _refuse(self, name: str, why: str) -> None:
        if len(self.refused) < MOST_MEMBERS:
            self.refused.append((_printable(name), why))

    def _read_folder(self) -> None:
        for name, entry in _walk(self.path, self._refuse):
            if not _is_passed_over(name):
                self._sizes[name] = entry.stat(follow_symlinks=False).st_size
            if len(self._sizes) > MOST_MEMBERS:
                raise PackedError(f"The folder “{self.path.name}” holds more than {MOST_MEMBERS:,} files.")

    def _read_zip(self) -> None:
        try:
            self._file = _Directory(self.path)
            self._zip = zipfile.ZipFile(self._file)
        except PackedError:
            self.close()
            raise
        except BROKEN as error:
            self.close()
            raise PackedError(f"“{self.path.name}” is no zip, or a damaged one.") from error
        rows = self._zip.infolist()
        if len(rows) > MOST_MEMBERS:
            self.close()
            raise PackedError(f"“{self.path.name}” holds more than {MOST_MEMBERS:,} files.")
        # Members that share their bytes: the bomb that needs no ratio
        if sum(row.compress_size for row in rows) > self.path.stat().st_size:
            self.close()
            raise PackedError(f"“{self.path.name}” says it holds more than it can: it isn't read.")
        for row in rows:
            self._take(row)

    def _take(self, row: zipfile.ZipInfo) -> None:
        name = row.filename.replace("\\", "/")
        if name.endswith("/") or _is_passed_over(name):
            return
        why = why_not(name)
        if not why and stat.S_ISLNK(row.external_attr >> 16):
            why = "it is a link to another file"
        if not why and row.flag_bits & 1:
            why = "it is encrypted"
        if not why and name in self._members:
            why = "its name stands in the zip twice; the first is read"
        if why:
            self._refuse(name, why)
            return
        self._members[name] = row
        self._sizes[name] = row.file_size


def is_packed(path: Path) -> bool:
    """Whether it is a folder or a zip, by its content."""
    return path.is_dir() or (path.is_file() and zipfile.is_zipfile(path))


def why_not(name: str) -> str:
    """Return why a name of a member isn't followed, or nothing if it may be."""
    if not name or len(name) > MOST_NAME:
        return "its name is too long or missing"
    if not name.isprintable():
        return "its name has control characters"
    parts = name.split("/")
    if name.startswith("/") or ":" in parts[0]:
        return "its name is absolute"
    if any(part in {"", ".", ".."} for part in parts):
        return "its name leads out of its folder"
    return "" if len(parts) <= MOST_DEPTH else "it lies too deep"


class _Directory(io.FileIO):
    """A zip's file, of which no more is read at once than a table of contents may have."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MOST_DIRECTORY:
            raise PackedError("The zip's table of contents is too large to be one: it isn't read.")
        return super().read(size) or b""


class _Guarded(io.RawIOBase):
    """A member, read up to a limit."""

    def __init__(self, inner: IO[bytes], *, name: str, most: int) -> None:
        self._inner = inner
        self._name = name
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # The stubs want more than is given
        try:
            read = self._inner.read(len(buffer))
        except BROKEN as error:
            raise PackedError(f"“{self._name}” is damaged: it can't be read to its end.") from error
        self._left -= len(read)
        if self._left < 0:
            raise PackedError(f"“{self._name}” unpacks to more than it should: it isn't read.")
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _open_plain(path: Path, name: str) -> IO[bytes]:
    """Open a file that is neither a link nor a device, even if it became one since the names were read."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise PackedError(f"“{name}” can't be opened: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise PackedError(f"“{name}” is no plain file.")
    return os.fdopen(number, "rb")


def _walk(folder: Path, refuse: Callable[[str, str], None]) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Give each plain file with its name below the folder, and refuse the others. Never follows a link."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
        except OSError as error:
            refuse(below, f"the folder can't be opened: {error.strerror}")
            continue
        for entry in entries:
            name = below + entry.name
            if entry.is_symlink():
                refuse(name, "it is a link to another file")
            elif why := why_not(name):
                refuse(name, why)
            elif entry.is_dir():
                waiting += [] if _is_passed_over(f"{name}/") else [f"{name}/"]
            elif entry.is_file():
                yield name, entry
            else:
                refuse(name, "it is no plain file")


def _is_passed_over(name: str) -> bool:
    """Whether nobody meant it: what systems leave beside files."""
    return name.startswith(PASSED_OVER) or name.rsplit("/", 1)[-1] in PASSED_OVER_NAMES


def _printable(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[: MOST_NAME + 1])
    return f"{shown[:200]}…" if len(shown) > 200 else shown
