"""Zips that are the same, byte by byte, whenever what is in them is: no times, no modes of this machine."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from blog.archive.packed import why_not

# The earliest that a zip can say (APPNOTE 4.4.6): nobody takes it for when something was changed
NO_TIME = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3


class NewZip:
    """A zip that is being written, member by member. Raises ValueError for a name twice or one that leads elsewhere."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w")
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        """Write a text as it comes, however long it gets."""
        with self._open(name, zipfile.ZIP_DEFLATED) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as written:
            yield written

    def add_text(self, name: str, text: str) -> None:
        """Add a text."""
        with self.text(name) as written:
            written.write(text)

    def add_file(self, name: str, file: IO[bytes]) -> None:
        """Add a file as it is: pictures are packed already."""
        with self._open(name, zipfile.ZIP_STORED) as raw:
            shutil.copyfileobj(file, raw, 1 << 20)

    def _open(self, name: str, method: int) -> IO[bytes]:
        if name in self._names or why_not(name):
            raise ValueError(f"{name!r} can't stand in a zip: {why_not(name) or 'it is there already'}")
        self._names.add(name)
        row = zipfile.ZipInfo(name, NO_TIME)
        row.compress_type, row.external_attr, row.create_system = method, PLAIN_FILE, UNIX
        return self._zip.open(row, "w", force_zip64=True)
