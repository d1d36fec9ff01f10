"""The file of a backup: a zip with the manifest, a list of the uploaded files, the rows by table, and the files.

    manifest.json            what is in it (`manifest.Manifest`)
    media.jsonl              a line for each file: name, size, SHA-256
    rows/blog.Post.jsonl     a line for each row (`rows`)
    media/pictures/…         the files as they are, not compressed: pictures are already

A zip, because its parts can be written without knowing their sizes beforehand, read in any order, and looked into with
any program; beyond 4 GB in the form of 64 bits (APPNOTE.TXT 4.5.3).
"""

import contextlib
import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from blog.progress import Counting, Say
from wlg.backups import BackupError
from wlg.backups.manifest import File, Manifest, TablePart, decoded, file_from
from wlg.backups.rows import Sum

MANIFEST = "manifest.json"
FILES = "media.jsonl"
MOST_IN_MANIFEST = 64_000_000
LONGEST_LINE = 64_000_000  # Bytes; the longest text of a piece is far from it
LARGE = 10_000_000
MOST_COMPRESSED = 300  # Rows shrink to a tenth; text that shrinks more than this was made to burst
PORTION = 1 << 20

DAMAGED = "The backup is damaged: {}. Nothing was changed; take another backup."


class Archive:
    """A backup that is there. Opening it reads its list of contents alone; `check` reads everything.

    Each fault is a BackupError. Nothing is taken from it under a name that was not looked at first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        try:
            self._zip = zipfile.ZipFile(self.path)
        except OSError as error:
            raise BackupError(f"{self.path} can’t be read: {error.strerror or error}.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise BackupError(
                f"{self.path} is no whole backup: it may be cut off, or be another kind of file ({error})."
            ) from error
        try:
            self._parts = self._entries()
            with self._read(MANIFEST) as file:
                self.manifest = decoded(file.read(MOST_IN_MANIFEST))
        except BaseException:
            self._zip.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def lines(self, label: str) -> Iterator[bytes]:
        """Return the rows of a table, each as its line."""
        return self._lines(rows_name(label), self.manifest.tables[label].size)

    def files(self) -> Iterator[File]:
        """Return the uploaded files, as their list has them."""
        if self.manifest.media:
            yield from map(file_from, self._lines(FILES, self._entry(FILES).file_size))

    def portions(self, file: File) -> Iterator[bytes]:
        """Return the bytes of an uploaded file; raise BackupError at their end if they are not what the list says."""
        found = hashlib.sha256()
        with self._read(media_name(file.name)) as source:
            for portion in iter(lambda: source.read(PORTION), b""):
                found.update(portion)
                yield portion
        if found.hexdigest() != file.sha256:
            raise BackupError(DAMAGED.format(f"the file {file.name} is not what was backed up"))

    def check(self, say: Say) -> None:
        """Read everything and compare every hash, count and size; raise BackupError at the first that differs."""
        media = self.manifest.media
        progress = Counting(say, "checked", self.manifest.size_of_rows + (media.size if media else 0))
        expected = {MANIFEST, *map(rows_name, self.manifest.tables)}
        for label, part in self.manifest.tables.items():
            self._check_table(label, part, progress)
        if media:
            expected.add(FILES)
            expected.update(self._check_files(progress))
        if extra := self._parts.keys() - expected:
            raise BackupError(DAMAGED.format(f"it holds what its list doesn’t name: {min(extra)[:200]!r}"))

    def _check_table(self, label: str, part: TablePart, progress: Counting) -> None:
        entry = self._entry(rows_name(label))
        found = Sum()
        if entry.file_size != part.size:
            raise BackupError(DAMAGED.format(f"the rows of {label} are not as many bytes as its list says"))
        if entry.file_size > max(LARGE, entry.compress_size * MOST_COMPRESSED):
            raise BackupError(DAMAGED.format(f"the rows of {label} would unpack to a size that no rows have"))
        for line in self.lines(label):
            found.add(line)
            progress.add(len(line))
        if (found.sha256, found.rows) != (part.sha256, part.rows):
            raise BackupError(DAMAGED.format(f"the rows of {label} are not what was backed up"))

    def _check_files(self, progress: Counting) -> Iterator[str]:
        media = self.manifest.media
        listed, size = Sum(), 0
        for line in self._lines(FILES, self._entry(FILES).file_size):
            listed.add(line)
            file = file_from(line)
            entry = self._entry(media_name(file.name))
            if entry.file_size != file.size or entry.compress_type != zipfile.ZIP_STORED:
                raise BackupError(DAMAGED.format(f"the file {file.name} has not the size that its list says"))
            for portion in self.portions(file):
                progress.add(len(portion))
            size += file.size
            yield media_name(file.name)
        if not media or (listed.sha256, listed.rows, size) != (media.sha256, media.files, media.size):
            raise BackupError(DAMAGED.format("the list of files is not what was backed up"))

    def _entries(self) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            if entry.filename in entries:
                raise BackupError(DAMAGED.format(f"it holds {entry.filename[:200]!r} twice"))
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if kind not in {0, stat.S_IFREG} or entry.is_dir() or entry.flag_bits & 1:
                raise BackupError(DAMAGED.format(f"{entry.filename[:200]!r} in it is no plain file"))
            entries[entry.filename] = entry
        return entries

    def _entry(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._parts[name]
        except KeyError as error:
            raise BackupError(DAMAGED.format(f"{name[:200]} is not in it")) from error

    def _lines(self, name: str, size: int) -> Iterator[bytes]:
        with self._read(name) as file:
            while line := file.readline(LONGEST_LINE):
                size -= len(line)
                if size < 0 or not line.endswith(b"\n"):
                    raise BackupError(DAMAGED.format(f"{name} holds other lines than were backed up"))
                yield line

    @contextmanager
    def _read(self, name: str) -> Iterator[IO[bytes]]:
        entry = self._entry(name)
        try:
            with self._zip.open(entry) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise BackupError(DAMAGED.format(f"{name[:200]} can’t be read ({error})")) from error


class Writing:
    """A backup that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._zip.close()
            return
        with contextlib.suppress(Exception):  # What went wrong is on its way already, and the file will be removed
            self._zip.close()

    def put(self, name: str, portions: Iterable[bytes], *, is_compressed: bool = True) -> tuple[int, str]:
        """Write one part; return how many bytes it has and their SHA-256."""
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFREG | 0o600) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
        size, found = 0, hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=True) as part:
            for portion in portions:
                part.write(portion)
                found.update(portion)
                size += len(portion)
        return size, found.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        self.put(MANIFEST, [manifest.encoded()])


def rows_name(label: str) -> str:
    """Return the name of the part with the rows of a table."""
    return f"rows/{label}.jsonl"


def media_name(name: str) -> str:
    """Return the name of the part with an uploaded file."""
    return f"media/{name}"
