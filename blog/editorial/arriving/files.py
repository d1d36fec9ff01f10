"""Pictures and documents that come from an archive. Their bytes were looked at before: these are rows and files."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from blog.editorial.arriving import arrivals
from blog.editorial.upkeep import old_paths
from blog.models import Archive, ArrivalKind, Document, Picture

LONGEST_NAME = 80  # Of a stored document, without its ending
A_FOLDER_OF_ONE = re.compile(r"/[0-9a-f]{32}$")
LENGTHS = {"alt": 500, "caption": 500, "credit": 200, "name": 200}


@dataclass(frozen=True)
class ArrivingFile:
    """A picture or a document, its words clean and within `LENGTHS`. `sha256` is that of the bytes as they came."""

    key: str
    sha256: str
    name: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    addresses: tuple[str, ...] = ()


def same_picture(archive: Archive, sha256: str) -> Picture | None:
    """Return the picture that came from the archive with the same bytes."""
    target = archive.arrivals.filter(kind=ArrivalKind.PICTURE, digest=sha256).values_list("target", flat=True).first()
    return Picture.objects.filter(pk=target).first() if target else None


def same_document(sha256: str) -> Document | None:
    """Return the document of the same bytes."""
    return Document.objects.filter(sha256=sha256).first()


def arrive_picture(
    *,
    archive: Archive,
    file: ArrivingFile,
    made: tuple[tuple[bytes, int, int], str] | None,
    at: dt.datetime,
    is_stored: bool = True,
) -> Picture:
    """Keep a picture that was made anew (`made`), or know it again by its bytes, and where it was.

    In a trial (`is_stored` is False) there is the row, and no file.
    """
    picture = same_picture(archive, file.sha256) if made is None else None
    if picture is None:
        if made is None:
            raise ValueError("A picture that is not here needs its bytes.")
        (content, width, height), ending = made
        picture = Picture(
            width=width,
            height=height,
            alt=file.alt,
            caption=file.caption,
            credit=file.credit,
            uploaded_at=at,
            renditions_due_at=at,
        )
        name = f"{_hidden_name(archive, file)}.{ending}"
        if is_stored:
            _make_way(picture, name)
            picture.file.save(name, ContentFile(content), save=False)
        else:
            picture.file.name = f"pictures/trial/{name}"
        picture.save()
    _note(archive, ArrivalKind.PICTURE, file, picture.pk, at=at)
    return picture


def arrive_document(
    *,
    archive: Archive,
    file: ArrivingFile,
    content: File[bytes],
    ending: str,
    size: int,
    at: dt.datetime,
    is_stored: bool = True,
) -> Document:
    """Keep a document as it came, in a folder that can't be guessed, or know it again by its bytes."""
    document = same_document(file.sha256)
    if document is None:
        document = Document(name=file.name, size=size, sha256=file.sha256, came_at=at)
        name = f"{_hidden_name(archive, file)}/{_readable(file.name)}.{ending}"
        if is_stored:
            _make_way(document, name)
            document.file.save(name, content, save=False)
        else:
            document.file.name = f"documents/trial/{name}"
        document.save()
    _note(archive, ArrivalKind.DOCUMENT, file, document.pk, at=at)
    return document


def discard(names: Iterable[str]) -> None:
    """Remove stored files whose rows were rolled back."""
    for name in names:
        _remove(name)


def _remove(name: str) -> None:
    default_storage.delete(name)
    folder = name.rpartition("/")[0]
    if A_FOLDER_OF_ONE.search(folder) and not any(default_storage.listdir(folder)):
        default_storage.delete(folder)


def _hidden_name(archive: Archive, file: ArrivingFile) -> str:
    """Return a name that nobody can guess, and that is the same each time for the same bytes.

    So what a run left behind that was killed between file and row is found by the next one.
    """
    return salted_hmac("blog.editorial.arriving.files", f"{archive.pk} {file.sha256}", algorithm="sha256").hexdigest()[
        :32
    ]


def _readable(name: str) -> str:
    """Return a name under which a document can be saved: letters, digits and dashes, without its ending."""
    return slugify(name.rpartition(".")[0] or name)[:LONGEST_NAME].strip("-_") or "document"


def _make_way(row: Picture | Document, name: str) -> None:
    """Remove a stored file of that name if no row names it: a run that was killed left it."""
    path = row.file.field.generate_filename(row, name)
    if default_storage.exists(path) and not type(row).objects.filter(file=path).exists():
        default_storage.delete(path)


def _note(archive: Archive, kind: ArrivalKind, file: ArrivingFile, pk: int, *, at: dt.datetime) -> None:
    arrivals.add(archive, kind, [(file.key, pk, file.sha256)])
    old_paths.keep([(path, kind, pk) for path in file.addresses], at=at)
