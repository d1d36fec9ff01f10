"""Making pictures in several widths and kinds, behind everybody's back: no upload and no page waits for it.

Work is claimed as letters are (`post_room`): a killed worker loses nothing, a failure is tried again, then kept.
"""

import datetime as dt
import io
import logging
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from PIL import Image, ImageOps, features

from blog import keys
from blog.editorial.pictures import FORMATS, MAX_PIXELS
from blog.editorial.upkeep import purges
from blog.models import Author, Picture

# What windows and screens ask for: a column of 350 CSS pixels on a phone, 620 at most, once to three times as dense
WIDTHS = (480, 640, 800, 1080, 1280, 1920)
PORTRAIT_WIDTHS = (104, 156, 264)  # Shown 52 to 88 CSS pixels wide

LEASE = dt.timedelta(minutes=5)
# After these tries, with these waits between them, the picture stays as it was taken in
WAITS = [dt.timedelta(minutes=m) for m in (1, 15, 240)]

log = logging.getLogger(__name__)


def claim_next(*, at: dt.datetime) -> Picture | None:
    """Claim the picture whose renditions have been due longest, for five minutes, or return None.

    The claim is a conditional update: of several workers one gets the picture. If that worker dies, the lease runs
    out and another takes over; a picture under which every worker died is left alone.
    """
    due = Picture.objects.filter(renditions_due_at__lte=at, attempts__lte=len(WAITS)).filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    )
    for picture in due.order_by("renditions_due_at", "pk")[:10]:
        if due.filter(pk=picture.pk).update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
            picture.refresh_from_db()
            return picture
    return None


def make_due(*, at: dt.datetime, most: int = 1) -> int:
    """Make the renditions that are due at that moment, of at most so many pictures; return of how many they were made.

    One picture takes seconds: whoever has letters to send as well asks for one at a time. What it marks is dated with
    the moment given, so that should be no longer ago than a picture takes.
    """
    made = 0
    for _ in range(most):
        picture = claim_next(at=at)
        if picture is None:
            break
        made += make(picture, at=at)
    return made


def make(picture: Picture, *, at: dt.datetime) -> bool:
    """Make the renditions of a claimed picture.

    In this order: reads the picture, writes the files, notes them in its row and marks the pages that show it, then
    removes the files that are renditions no more. What goes wrong delays this picture alone.
    """
    claim = Picture.objects.filter(pk=picture.pk, claimed_until=picture.claimed_until)
    portrait_of = list(Author.objects.filter(portrait=picture).values_list("pk", flat=True))
    try:
        kinds = _encode(picture, is_portrait=bool(portrait_of))
        for ending, files in kinds.items():
            for width, content in files.items():
                _write(picture, picture.rendition_name(width, ending), content)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        _delay(claim, picture, error, at=at)
        return False
    made = {ending: list(files) for ending, files in kinds.items()}
    with transaction.atomic():
        is_kept = claim.update(renditions=made, renditions_due_at=None, claimed_until=None, attempts=0, last_error="")
        if is_kept:
            purges.mark(keys.picture(picture.pk), *map(keys.author, portrait_of), at=at)
            transaction.on_commit(
                partial(_remove, picture, _names(picture, picture.renditions) - _names(picture, made))
            )
    if not is_kept and not Picture.objects.filter(pk=picture.pk).exists():
        _remove(picture, _names(picture, made))  # Its picture was taken away meanwhile
    return bool(is_kept)


def make_again(*, at: dt.datetime, only_missing: bool = False) -> int:
    """Let the worker make the renditions of every picture, or of those that have none; return of how many."""
    rows = Picture.objects.filter(renditions={}) if only_missing else Picture.objects.all()
    return rows.update(renditions_due_at=at, attempts=0, last_error="")


def take_away(*, picture: Picture) -> None:
    """Remove a picture that was a portrait and is nothing any more: its row, and, once that is certain, its files.

    Whoever took it away, perhaps because a face is known to those who know it, wants it gone from the server as well.
    """
    if Author.objects.filter(portrait=picture).exists() or picture.leads.exists():
        return
    names = {picture.file.name or "", *_names(picture, picture.renditions)}
    with transaction.atomic():
        picture.delete()
        transaction.on_commit(partial(_remove, picture, names))


def _encode(picture: Picture, *, is_portrait: bool) -> dict[str, dict[int, bytes]]:
    """Return the renditions as bytes, by ending and width; never wider than the picture, and without metadata."""
    with picture.file.open("rb") as file, Image.open(file, formats=list(FORMATS)) as source:
        if source.width * source.height > MAX_PIXELS:
            raise ValueError("The picture has more than 40 megapixels.")
        # Photographs bear half of the colours; drawings and letters don't
        sampling = "4:4:4" if source.format == "PNG" else "4:2:0"
        image = source.convert("RGBA" if source.has_transparency_data else "RGB")
    image.info = {}
    is_see_through = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    if not is_see_through:
        image = image.convert("RGB")
    plain = "png" if is_see_through else "jpg"
    kinds: dict[str, dict[int, bytes]] = {"avif": {}, plain: {}}
    for width in _widths(image, is_portrait=is_portrait):
        smaller = _resized(image, width, is_portrait=is_portrait)
        if features.check("avif"):  # Not every build of Pillow has it
            kinds["avif"][width] = _saved(smaller, "AVIF", quality=60, speed=6, subsampling=sampling, max_threads=1)
        if is_see_through:
            kinds[plain][width] = _saved(smaller, "PNG", optimize=True)
        else:
            kinds[plain][width] = _saved(
                smaller, "JPEG", quality=80, subsampling=sampling, progressive=True, optimize=True
            )
    avif, fallback = (sum(map(len, files.values())) for files in kinds.values())
    if not avif or avif >= fallback:
        del kinds["avif"]  # A drawing in few colours, which PNG keeps in less
    return kinds


def _widths(image: Image.Image, *, is_portrait: bool) -> list[int]:
    wanted, own = (PORTRAIT_WIDTHS, min(image.size)) if is_portrait else (WIDTHS, image.width)
    return [*(width for width in wanted if width < own), *([own] if own <= wanted[-1] else [])]


def _resized(image: Image.Image, width: int, *, is_portrait: bool) -> Image.Image:
    if is_portrait:
        return ImageOps.fit(image, (width, width), Image.Resampling.LANCZOS)
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _write(picture: Picture, name: str, content: bytes) -> None:
    storage = picture.file.storage
    kept = storage.save(name, ContentFile(content))
    if kept != name:
        # An older one is there, or half of one by a worker that was killed. Whoever reads it gets the old or the new
        Path(storage.path(kept)).replace(storage.path(name))


def _names(picture: Picture, renditions: dict[str, list[int]]) -> set[str]:
    return {picture.rendition_name(width, ending) for ending, widths in renditions.items() for width in widths}


def _remove(picture: Picture, names: set[str]) -> None:
    for name in sorted(names):
        picture.file.storage.delete(name)


def _delay(claim: QuerySet[Picture], picture: Picture, error: Exception, *, at: dt.datetime) -> None:
    """Try again later; after the last try keep what went wrong, and the picture as it is."""
    is_over = picture.attempts > len(WAITS)
    said = f"{type(error).__name__}: {error}"[:1000]
    log.warning("Picture %s has no renditions yet: %s", picture.pk, said)
    claim.update(
        renditions_due_at=None if is_over else at + WAITS[picture.attempts - 1], claimed_until=None, last_error=said
    )
