"""Pictures to upload in tests."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture_file(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """Return a small picture as a browser would send it."""
    out = io.BytesIO()
    Image.new("RGB", size, "#0c5a45").save(out, kind)
    return SimpleUploadedFile(f"picture.{kind.lower()}", out.getvalue(), content_type=f"image/{kind.lower()}")
