"""Pictures to upload in tests."""

import io
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from blog.editorial.pictures import take_in
from blog.editorial.upkeep import renditions
from blog.models import Picture
from tests.factories import NOW


def picture_file(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """Return a small picture as a browser would send it."""
    out = io.BytesIO()
    Image.new("RGB", size, "#0c5a45").save(out, kind)
    return SimpleUploadedFile(f"picture.{kind.lower()}", out.getvalue(), content_type=f"image/{kind.lower()}")


def photograph(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return a picture with as much in it as a photograph, so that every kind has something to do."""
    bands = [Image.effect_noise(size, 20 + 10 * number) for number in range(len(mode))]
    return Image.merge(mode, bands)


def as_file(image: Image.Image, kind: str = "JPEG", **saving: object) -> io.BytesIO:
    """Return a picture as a file that was just opened."""
    out = io.BytesIO()
    image.save(out, kind, **saving)
    out.seek(0)
    return out


def make_picture(size: tuple[int, int] = (40, 30), *, kind: str = "JPEG", mode: str = "RGB", **fields) -> Picture:
    """Take in a picture, whose renditions are due now."""
    fields.setdefault("alt", "A wall with paper slips.")
    return take_in(file=as_file(photograph(size, mode), kind), by=None, at=NOW, **fields)


def make_renditions(*pictures: Picture) -> None:
    """Do what the worker does about all pictures."""
    renditions.make_due(at=NOW, most=100)
    for picture in pictures:
        picture.refresh_from_db()


def display_p3() -> bytes:
    """Return a colour profile as in the pictures of phones (ICC.1:2001-04), with wider primaries than sRGB."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    white = (0.9642, 1, 0.8249)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    points = {
        b"wtpt": white,
        b"rXYZ": (0.5151, 0.2412, -0.0011),
        b"gXYZ": (0.2920, 0.6922, 0.0419),
        b"bXYZ": (0.1571, 0.0666, 0.7841),
    }
    parts = {b"desc": b"desc\0\0\0\0" + struct.pack(">I", 3) + b"P3\0" + b"\0" * 81}
    parts |= {name: b"XYZ \0\0\0\0" + fixed(*point) for name, point in points.items()}
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = struct.pack(">I", len(parts)), b""
    start = 132 + 12 * len(parts)
    for name, content in parts.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"Test", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head = (head + b"\0" * 12 + b"acsp").ljust(68, b"\0") + fixed(*white)
    return head.ljust(128, b"\0") + table + body
