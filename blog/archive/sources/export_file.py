"""An export's file, wherever it lies: by itself, packed by gzip, in a zip or a folder. Read under limits, counted."""

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from blog.archive.packed import FREE_OF_RATIO, MOST_RATIO, Packed
from blog.archive.sources.base import SourceError

MOST_EXPORT = 32 * 1024**3  # Bytes, unpacked
GZIP = b"\x1f\x8b"
HEAD = 64 * 1024  # Bytes by which a file is recognised


@dataclass(frozen=True)
class ExportFile:
    """A file, or one in a zip or a folder."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """Return its own name, without folders."""
        return (self.member or self.path.name).rsplit("/", 1)[-1]

    def open(self) -> "Counted":
        """Open it from its beginning. Raises SourceError; so does reading from it."""
        try:
            return self._open()
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"“{self.name}” can't be read: {error}.") from error

    def head(self) -> bytes:
        """Return how it begins, as it is once unpacked. Raises SourceError."""
        with self.open() as opened:
            return opened.read(HEAD)

    def read(self, *, most: int) -> bytes:
        """Return all of it. Raises SourceError, also where it has more than `most` bytes."""
        with self.open() as opened:
            content = opened.read(most + 1)
        if len(content) > most:
            raise SourceError(f"“{self.name}” has more than {most:,} bytes, more than such a file is read of.")
        return content

    def _open(self) -> "Counted":
        if self.member:
            packed = Packed(self.path)
            size = packed.size(self.member)
            return Counted(packed.open(self.member, most=MOST_EXPORT), size=size, name=self.name, beside=packed)
        size = self.path.stat().st_size
        plain = self.path.open("rb")
        begins = plain.read(2)
        plain.seek(0)
        if begins != GZIP:
            return Counted(plain, size=size, name=self.name)
        most = min(MOST_EXPORT, max(FREE_OF_RATIO, size * MOST_RATIO))
        unpacked = gzip.GzipFile(fileobj=plain)
        return Counted(unpacked, size=size, name=self.name, counts=plain, beside=plain, most=most)


class Counted(io.RawIOBase):
    """What is being read, with how far it has come. Read from it with a size, not byte by byte."""

    def __init__(
        self,
        inner: IO[bytes] | gzip.GzipFile,
        *,
        size: int,
        name: str,
        counts: IO[bytes] | None = None,
        beside: Packed | IO[bytes] | None = None,
        most: int = MOST_EXPORT,
    ) -> None:
        self._inner, self._beside, self._counts = inner, beside, counts
        self._size, self._most, self._name = size, most, name
        self._read = 0

    @property
    def share(self) -> float:
        """Return how much of it has been read, from 0 to 1."""
        done = self._read if self._counts is None or self._counts.closed else self._counts.tell()
        return min(done / self._size, 1.0) if self._size else 1.0

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to `size` bytes, or all of it. Raises SourceError where it is damaged or too large."""
        try:
            content = self._inner.read(-1 if size is None else size)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"“{self._name}” is damaged: it can't be read to its end.") from error
        self._read += len(content)
        if self._read > self._most:
            raise SourceError(f"“{self._name}” unpacks to more than it should: it isn't read.")
        return content

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # The stubs want more than is given
        """Read into a buffer. Raises SourceError."""
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Let go of the file, and of the zip around it."""
        if not self.closed:
            self._inner.close()
            if self._beside is not None:
                self._beside.close()
        super().close()
