"""The typefaces that pictures are lettered with: the first of a few well-known ones that this machine has."""

import unicodedata
from functools import cache

from PIL import ImageFont

from blog.prose import clean_line

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

SERIF = ["NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf", "Georgia Bold.ttf", "georgiab.ttf"]
SANS = ["NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf"]
SANS_BOLD = ["NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf"]
# For what the ones above don't have, serif where there is one
OTHER_SCRIPTS = [
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifBengali-Bold.ttf",
    "NotoSerifDevanagari-Bold.ttf",
    "NotoSerifGujarati-Bold.ttf",
    "NotoSerifGurmukhi-Bold.ttf",
    "NotoSerifTamil-Bold.ttf",
    "NotoSerifHebrew-Bold.ttf",
    "NotoSerifThai-Bold.ttf",
    "NotoSerifEthiopic-Bold.ttf",
    "NotoSerifGeorgian-Bold.ttf",
    "NotoSerifArmenian-Bold.ttf",
    "DejaVuSans-Bold.ttf",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "Arial Unicode.ttf",
]
FAMILIES = {"serif": SERIF, "sans": SANS, "bold": SANS_BOLD}
NOWHERE = "\U000ffffd"  # For private use: no typeface has it
LEGIBLE_SHARE = 0.7  # With fewer of its letters, a text is better left out


@cache
def font(name: str, size: int) -> Font:
    """Return a typeface at a size in pixels; the empty name is Pillow's own."""
    return ImageFont.truetype(name, size) if name else ImageFont.load_default(size)


def legible(text: str, family: str) -> tuple[str, str]:
    """Return the typeface for a text, and the text without what that typeface can't write.

    The text is empty if no typeface here can write most of it.
    """
    text = clean_line(text)
    letters = {letter for letter in text if _is_written(letter)}
    best, covered = "", set[str]()
    for name in _installed(family):
        found = {letter for letter in letters if _has(name, letter)}
        if found == letters:
            return name, text
        if len(found) > len(covered):
            best, covered = name, found
    if len(covered) < LEGIBLE_SHARE * len(letters):
        return best, ""
    return best, " ".join("".join(letter for letter in text if letter not in letters - covered).split())


def _is_written(letter: str) -> bool:
    """Whether a letter leaves a mark of its own: no space, no sign that joins, no accent on another letter."""
    category = unicodedata.category(letter)
    return category != "Cf" and category[0] not in "ZM"


@cache
def _installed(family: str) -> list[str]:
    return [name for name in (*FAMILIES[family], *OTHER_SCRIPTS) if _is_installed(name)] or [""]


@cache
def _is_installed(name: str) -> bool:
    try:
        ImageFont.truetype(name, 20)
    except OSError:
        return False
    return True


@cache
def _has(name: str, letter: str) -> bool:
    """Whether a typeface has a letter: it draws what is missing as one and the same sign."""
    face = font(name, 20)
    return bytes(face.getmask(letter)) != bytes(face.getmask(NOWHERE))
