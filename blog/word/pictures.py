"""The pictures in a Word file: only those that lie in it, of a kind that the house takes, within bounds."""

import io
import warnings

from PIL import Image

from blog.word.findings import Findings
from blog.word.package import Package, Relationship

MOST_PICTURES = 20
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_PIXELS_TOGETHER = 120_000_000
FORMATS = ["JPEG", "PNG", "WEBP"]


class Pictures:
    """Takes pictures out of a package, each once, and remembers them in the order of their first place."""

    def __init__(self, package: Package, findings: Findings) -> None:
        self.contents: list[bytes] = []
        self.descriptions: list[str] = []
        self._package = package
        self._findings = findings
        self._numbers: dict[str, int | None] = {}
        self._pixels = 0

    def take(self, where: Relationship | None, description: str) -> int | None:
        """Return the number of the picture that a relationship leads to, or None for one that is left out."""
        if where is None:
            self._findings.note("pictures_missing", has_place=True)
            return None
        if where.is_outside:
            self._findings.note("pictures_outside", has_place=True)
            return None
        if where.target not in self._numbers:
            self._numbers[where.target] = self._take(where.target, description)
        return self._numbers[where.target]

    def _take(self, name: str, description: str) -> int | None:
        reason = ""
        if len(self.contents) >= MOST_PICTURES or self._package.size_of(name) > MOST_BYTES:
            reason = "pictures_too_large"
        content = b"" if reason else self._package.read(name, MOST_BYTES)
        reason = reason or self._why_not(content)
        if reason:
            self._findings.note(reason, has_place=True)
            return None
        self.contents.append(content)
        self.descriptions.append(description)
        return len(self.contents) - 1

    def _why_not(self, content: bytes) -> str:
        if not content:
            return "pictures_missing"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                # The head alone: no pixel is decoded here
                with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                    pixels = picture.width * picture.height
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return "pictures_too_large"
        except Exception:  # noqa: BLE001  Pillow raises a dozen kinds on files that are none of these
            return "pictures_of_other_kinds"
        if pixels > MOST_PIXELS or self._pixels + pixels > MOST_PIXELS_TOGETHER:
            return "pictures_too_large"
        self._pixels += pixels
        return ""
