"""The bytes of pictures and documents, beside the records in a zip."""

from collections.abc import Callable, Iterable
from typing import IO, TypeAlias
from urllib.parse import unquote, urlsplit

from blog.archive.formats.report import ExportReport
from blog.archive.formats.zipping import NewZip
from blog.archive.records import File

OpensFile: TypeAlias = Callable[[File], IO[bytes] | None]


def member_of(file: File) -> str:
    """Return the name of a file in a zip: its path on the site, so that whoever unpacks one has that path again."""
    return unquote(urlsplit(file.address).path).lstrip("/")


def add_files(to: NewZip, files: Iterable[File], *, open_file: OpensFile, report: ExportReport) -> None:
    """Add the bytes of files to a zip, and a line for each that is not in the storage."""
    for file in files:
        name = member_of(file)
        opened = None if name in to else open_file(file)
        if opened is not None:
            with opened:
                to.add_file(name, opened)
            report.counts["media"] += 1
        elif name not in to:
            report.lose("file", file.address, "It is not in the storage, so its bytes are missing.")
