"""Pictures and documents as records: those that what goes out shows or links to, and no others."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import IO
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef

from blog.archive.records import File, Loss, Record
from blog.archive.taking_out import here
from blog.archive.taking_out.pieces import texts
from blog.archive.taking_out.subjects import named
from blog.batches import in_batches
from blog.models import Document, Picture, PlainPage

LINKED = re.compile(r'<(?:img|a)\b[^>]*?\s(?:src|href)="([^"]+)"')


def files(*, at: dt.datetime, with_unpublished: bool) -> Iterator[Record]:
    """Give pictures and documents, in the order of their names; a loss for each that is linked and not there."""
    names = sorted(set(_names(at=at, with_unpublished=with_unpublished)))
    for batch in in_batches(names, here.AT_ONCE):
        yield from _some(batch)


def open_file(file: File) -> IO[bytes] | None:
    """Return a file of the blog, opened, or nothing if the storage does not have it."""
    name = _name_of(here.path_of(file.address))
    try:
        return default_storage.open(name) if name and default_storage.exists(name) else None
    except (OSError, ValueError):
        return None


def _names(*, at: dt.datetime, with_unpublished: bool) -> Iterator[str]:
    going = texts(at=at, with_unpublished=with_unpublished)
    prefix = settings.MEDIA_URL
    for body, introduction in going.order_by().values_list("body", "introduction").iterator(100):
        if prefix in body or prefix in introduction:
            yield from _linked((body, introduction))
    yield from _linked(PlainPage.objects.order_by().values_list("body", flat=True))
    leads = Picture.objects.filter(Exists(going.filter(lead_picture=OuterRef("pk")).order_by()))
    authors = named(at=at, with_unpublished=with_unpublished)
    portraits = Picture.objects.filter(pk__in=authors.filter(portrait__isnull=False).order_by().values("portrait"))
    for rows in (leads, portraits):
        yield from rows.order_by().values_list("file", flat=True)


def _linked(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for address in LINKED.findall(text):
            if name := _name_of(here.path_of(address)):
                yield name


def _name_of(path: str) -> str:
    """Return the name in the storage of what a path of ours leads to, or nothing."""
    if not path.startswith(settings.MEDIA_URL):
        return ""
    name = unquote(path.removeprefix(settings.MEDIA_URL).split("?")[0].split("#")[0])
    return "" if ".." in name.split("/") else name


def _some(names: list[str]) -> Iterator[Record]:
    pictures = {row.file.name: row for row in Picture.objects.filter(file__in=names)}
    documents = {row.file.name: row for row in Document.objects.filter(file__in=names)}
    from_elsewhere = {
        "picture": here.old_paths("picture", [row.pk for row in pictures.values()]),
        "document": here.old_paths("document", [row.pk for row in documents.values()]),
    }
    for name in names:
        if picture := pictures.get(name):
            yield File(
                address=here.whole(picture.file.url),
                key=f"file:{name}",
                alt=picture.alt,
                caption=picture.caption,
                credit=picture.credit,
                addresses=tuple(from_elsewhere["picture"].get(picture.pk, ())),
            )
        elif document := documents.get(name):
            yield File(
                address=here.whole(document.file.url),
                key=f"file:{name}",
                name=document.name,
                addresses=tuple(from_elsewhere["document"].get(document.pk, ())),
            )
        else:
            yield Loss("file", f"{settings.MEDIA_URL}{name}", "A text links to it, and the blog doesn’t know it.")
