"""Pictures and documents that come from an archive. Their bytes were looked at before: these are rows and files."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog.editorial.arriving import arrivals
from blog.editorial.upkeep import old_paths
from blog.models import Archive, ArrivalKind, Document, Picture

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
        name = f"{uuid.uuid4().hex}.{ending}"
        if is_stored:
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
    """Keep a document as it came, under a name that can't be guessed, or know it again by its bytes."""
    document = same_document(file.sha256)
    if document is None:
        document = Document(name=file.name, size=size, sha256=file.sha256, came_at=at)
        name = f"{uuid.uuid4().hex}.{ending}"
        if is_stored:
            document.file.save(name, content, save=False)
        else:
            document.file.name = f"documents/trial/{name}"
        document.save()
    _note(archive, ArrivalKind.DOCUMENT, file, document.pk, at=at)
    return document


def discard(names: Iterable[str]) -> None:
    """Remove stored files whose rows were rolled back."""
    for name in names:
        default_storage.delete(name)


def _note(archive: Archive, kind: ArrivalKind, file: ArrivingFile, pk: int, *, at: dt.datetime) -> None:
    arrivals.add(archive, kind, [(file.key, pk, file.sha256)])
    old_paths.keep([(path, kind, pk) for path in file.addresses], at=at)
