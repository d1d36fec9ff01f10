"""Pictures of every kind → those that the house keeps, with bounded work."""

import io
import warnings
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from blog.archive.media.refusing import KindError
from blog.editorial import pictures
from blog.editorial.refusals import IncompleteError

MOST_BYTES = 40 * 1024 * 1024
KEPT = frozenset({"JPEG", "PNG", "WEBP"})
FLAT = frozenset({"GIF", "BMP", "PNG"})  # Drawings and screenshots, mostly: colours stay exactly what they are
Made = tuple[tuple[bytes, int, int], str]


def as_picture_of(file: IO[bytes], name: str) -> tuple[Made, str]:
    """Return a picture of a kind that Pillow has a `name` for as the house keeps it, and what of it has changed.

    A JPEG, PNG or WebP up to the house's own limit goes the way of an upload. Anything else is first made a PNG or a
    JPEG, from its first frame or page. Raises KindError.
    """
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise KindError(_("The picture is larger than {most} MB.").format(most=MOST_BYTES // 1024**2))
    changed = ""
    if name not in KEPT or len(data) > pictures.MAX_BYTES or _may_move(data, name):
        data, changed = _converted(data, name)
    try:
        return pictures.reencode(io.BytesIO(data)), changed
    except IncompleteError as error:
        raise KindError(
            _("It is damaged, or no picture.") if "file" not in error.errors else error.errors["file"]
        ) from error


def _may_move(data: bytes, name: str) -> bool:
    """Whether it has the mark of several frames: PNG's `acTL` (PNG, third edition, 11.3.6.1), WebP's `ANIM`."""
    return (name == "PNG" and b"acTL" in data[:4096]) or (name == "WEBP" and b"ANIM" in data[:4096])


def _converted(data: bytes, name: str) -> tuple[bytes, str]:
    formats = ["JPEG", "MPO"] if name == "JPEG" else [name]
    too_many = KindError(
        _("The picture has more than {most} megapixels.").format(most=pictures.MAX_PIXELS // 1_000_000)
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # Of tags in a TIFF that are not as they should be
            with Image.open(io.BytesIO(data), formats=formats) as source:
                if source.width * source.height > pictures.MAX_PIXELS:
                    raise too_many
                has_more = bool(getattr(source, "is_animated", False)) and source.format != "MPO"
                source.seek(0)
                source.load()
                return _saved(source, name), _what_changed(name, has_more=has_more)
    except KindError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise too_many from error
    except Exception as error:
        # Pillow's decoders raise a dozen kinds of exceptions on broken files; none of them is ours to crash on
        raise KindError(_("It is a damaged picture.")) from error


def _what_changed(name: str, *, has_more: bool) -> str:
    if has_more and name == "TIFF":
        return _("It has several pages. The first one is here.")
    if has_more:
        return _("It moves. Its first frame is here.")
    return ""


def _saved(source: Image.Image, name: str) -> bytes:
    has_alpha = source.mode in {"RGBA", "LA", "PA"} or "transparency" in source.info
    profile = source.info.get("icc_profile")
    orientation = source.getexif().get(0x0112)
    clean = (
        source if profile and source.mode in {"RGB", "CMYK", "L"} else source.convert("RGBA" if has_alpha else "RGB")
    )
    clean.thumbnail((pictures.MAX_SIDE, pictures.MAX_SIDE), Image.Resampling.LANCZOS)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    out = io.BytesIO()
    if has_alpha or (name in FLAT and clean.mode != "CMYK"):
        clean.save(out, "PNG", icc_profile=profile, exif=exif)
    else:
        clean.save(out, "JPEG", quality=95, icc_profile=profile, exif=exif)
    return out.getvalue()
