"""Taking in pictures: JPEG, PNG and WebP, re-encoded, without metadata, with bounded work."""

import datetime as dt
import io
import uuid
import warnings
from typing import IO, TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from blog.editorial.permissions import may_read_draft
from blog.editorial.refusals import IncompleteError
from blog.models import Picture, Post
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400  # Twice the widest column on a dense screen, and then some


def take_in(
    *,
    file: IO[bytes],
    by: "User",
    at: dt.datetime,
    post: Post | None = None,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    needs_description: bool = True,
) -> Picture:
    """Check, re-encode and keep an uploaded picture, and return its row.

    What is kept is made anew from the pixels: EXIF, GPS, XMP, comments and whatever was appended are gone. Raises
    IncompleteError, by field, for a missing description, more than 10 MB, more than 40 megapixels, or anything that
    is not a JPEG, PNG or WebP.
    """
    if post is not None and not may_read_draft(by, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can add a picture."))
    alt, caption, credit = clean_line(alt), clean_line(caption), clean_line(credit)
    errors = {
        name: _("Shorten this to {most} characters.").format(most=most)
        for name, value, most in (("alt", alt, 500), ("caption", caption, 500), ("credit", credit, 200))
        if len(value) > most
    }
    if needs_description and not alt:
        errors["alt"] = _("Describe the picture for people who cannot see it.")
    if errors:
        raise IncompleteError(errors)
    return keep(reencode(file), post=post, by=by, at=at, alt=alt, caption=caption, credit=credit)


def keep(
    made: tuple[tuple[bytes, int, int], str],
    *,
    post: Post | None,
    by: "User",
    at: dt.datetime,
    alt: str = "",
    caption: str = "",
    credit: str = "",
) -> Picture:
    """Keep a picture that was made anew (`reencode`), and return its row. Its words are clean already."""
    (content, width, height), ending = made
    picture = Picture(
        width=width,
        height=height,
        alt=alt,
        caption=caption,
        credit=credit,
        post=post,
        uploaded_by=by,
        uploaded_at=at,
        renditions_due_at=at,
    )
    picture.file.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(content), save=False)
    picture.save()
    return picture


def reencode(file: IO[bytes]) -> tuple[tuple[bytes, int, int], str]:
    """Return a picture's bytes made anew, with width and height in pixels, and the ending for its name."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise IncompleteError({"file": _("The picture is larger than 10 MB. Save it smaller and try again.")})
    not_a_picture = IncompleteError({"file": _("Choose a JPEG, PNG or WebP picture; this file is something else.")})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Only these three decoders ever see the bytes; the size is known before a pixel is decoded
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as source:
                # Phones add a second picture, for depth: Pillow then calls a JPEG an MPO
                kind = "JPEG" if source.format == "MPO" else source.format or ""
                if source.width * source.height > MAX_PIXELS:
                    raise IncompleteError({"file": _("The picture has more than 40 megapixels. Save it smaller.")})
                source.seek(0)
                image = ImageOps.exif_transpose(source)
                image.load()
    except IncompleteError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise IncompleteError({"file": _("The picture has more than 40 megapixels. Save it smaller.")}) from error
    except Exception as error:
        # Pillow's decoders raise a dozen kinds of exceptions on broken files; none of them is ours to crash on
        raise not_a_picture from error
    return _encode(image, kind), FORMATS[kind]


def _encode(image: Image.Image, kind: str) -> tuple[bytes, int, int]:
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    profile = image.info.get("icc_profile")
    mode = "RGBA" if has_alpha and kind != "JPEG" else "RGB"
    # A profile describes the colours as they come, so these are kept until it has been heard
    clean = image if profile and image.mode in {"L", "CMYK"} else image.convert(mode)
    clean.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    if profile:
        clean = _as_srgb(clean, profile)
    clean = clean.convert(mode)
    clean.info = {}
    out = io.BytesIO()
    if kind == "PNG":
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, kind, quality=85, **({"progressive": True, "optimize": True} if kind == "JPEG" else {}))
    return out.getvalue(), clean.width, clean.height


def _as_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture with its colours as browsers take them without a profile; phones write in Display P3."""
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    try:
        converted = ImageCms.profileToProfile(
            colours, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except ImageCms.PyCMSError:
        return image  # A broken profile, or one for other colours than these: they stay as they are
    if converted is None:
        return image
    if image.mode == "RGBA":
        converted.putalpha(image.getchannel("A"))
    return converted
