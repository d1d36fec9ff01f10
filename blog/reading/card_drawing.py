"""Drawing a card: the title in serif on paper, above a band in the blog's accent with its name and the series."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from blog.reading.typefaces import Font, font, legible

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
MEASURE = WIDTH - 2 * MARGIN
BAND = 112
PAPER, INK, SOFT = "#fcfcfa", "#171b19", "#434c48"
ACCENTS = {
    "green": "#0c5a45",
    "blue": "#1d4a8a",
    "plum": "#74275f",
    "brick": "#94330f",
    "petrol": "#0b5566",
    "claret": "#8c1b3c",
    "slate": "#3a4a5c",
}
TITLE_SIZES = range(104, 43, -4)
TITLE_TOP, TITLE_BOTTOM, TITLE_LEADING = 142, 408, 1.16
LINE = 58  # What a title without a line above it gains
RULER_SIZE = 200
SLACK = 1.01  # Small sizes come out a little longer
NEVER_FIRST = "、。，！？：；）」』”’ー々"  # On a line
MOST_STATIONS, RADIUS, STEP = 9, 22, 66
FINER = 4
COLOURS = 48


@dataclass(frozen=True)
class Card:
    """What a card shows. `part` and `parts` are 0 for a piece that is not a numbered part of a series."""

    blog: str
    title: str
    byline: str = ""
    kicker: str = ""
    part: int = 0
    parts: int = 0
    accent: str = "green"


def draw(card: Card) -> bytes:
    """Return a card as a PNG of 1200 × 630 pixels; the same card gives the same bytes."""
    accent = ACCENTS.get(card.accent, ACCENTS["green"])
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=accent)
    pen.rectangle((0, HEIGHT - BAND - 9, WIDTH, HEIGHT - BAND - 7), fill=accent)
    room = _stations(image, card, accent)
    _line(pen, card.blog, "serif", 38, y=HEIGHT - BAND / 2, fill=PAPER, room=room, anchor="m")
    if card.kicker:
        _line(pen, card.kicker, "bold", 31, y=112, fill=accent)
    name, title = legible(card.title, "serif")
    if not title:
        name, title = legible(card.blog, "serif")
    _title(pen, title, name, top=TITLE_TOP if card.kicker else TITLE_TOP - LINE)
    if card.byline:
        _line(pen, card.byline, "sans", 35, y=HEIGHT - BAND - 52, fill=SOFT)
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _title(pen: ImageDraw.ImageDraw, text: str, name: str, *, top: int) -> None:
    """Write the title as large as it fits without breaking a word, in lines as even as can be."""
    length = _ruler(name)
    widest = max(map(length, text.split()), default=0)
    for size in TITLE_SIZES:
        room = MEASURE / size
        most = int((TITLE_BOTTOM - top) / (size * TITLE_LEADING))
        lines = _broken(text, room, length)
        if len(lines) <= most and (widest <= room or size == TITLE_SIZES[-1]):
            break
    if len(lines) > most:
        last = _shortened(f"{lines[most - 1]} …", font(name, size), MEASURE)
        lines = [*lines[: most - 1], last]
    else:
        lines = _balanced(text, lines, room, length)
    for number, line in enumerate(lines):
        _put(pen, line, font(name, size), y=top + (number + 0.8) * size * TITLE_LEADING, fill=INK, anchor="s")


def _line(
    pen: ImageDraw.ImageDraw,
    text: str,
    family: str,
    size: int,
    *,
    y: float,
    fill: str,
    room: int = MEASURE,
    anchor: str = "s",
) -> None:
    """Write one line, shortened if it must be."""
    name, text = legible(text, family)
    face = font(name, size)
    _put(pen, _shortened(text, face, room), face, y=y, fill=fill, anchor=anchor)


def _put(pen: ImageDraw.ImageDraw, line: str, face: Font, *, y: float, fill: str, anchor: str) -> None:
    """Write a line from the side on which its script begins. `anchor` is what stands at `y`: s baseline, m middle."""
    is_rtl = next((mark for mark in map(unicodedata.bidirectional, line) if mark in {"L", "R", "AL"}), "L") != "L"
    x = WIDTH - MARGIN if is_rtl else MARGIN
    pen.text((x, y), line, font=face, fill=fill, anchor=("r" if is_rtl else "l") + anchor)


def _stations(image: Image.Image, card: Card, accent: str) -> int:
    """Draw the line with a station for each part, and return how much room it leaves for the blog's name."""
    if not 1 < card.parts <= MOST_STATIONS or not card.part:
        return MEASURE
    width = 2 * RADIUS + STEP * (card.parts - 1)
    # Larger, then brought to its size: Pillow draws circles with ragged edges
    line = Image.new("RGB", (width * FINER, (2 * RADIUS + 2) * FINER), accent)
    pen, radius, y = ImageDraw.Draw(line), RADIUS * FINER, (RADIUS + 1) * FINER
    pen.line((radius, y, width * FINER - radius, y), fill=PAPER, width=3 * FINER)
    name, _text = legible("0123456789", "bold")
    for number in range(1, card.parts + 1):
        x = radius + STEP * FINER * (number - 1)
        is_here = number == card.part
        pen.circle((x, y), radius - 1, fill=PAPER if is_here else accent, outline=PAPER, width=3 * FINER)
        pen.text((x, y), str(number), font=font(name, 22 * FINER), fill=accent if is_here else PAPER, anchor="mm")
    left = WIDTH - MARGIN - width
    image.paste(line.reduce(FINER), (left, HEIGHT - BAND // 2 - RADIUS - 1))
    return left - MARGIN - 40


def _shortened(line: str, face: Font, room: float) -> str:
    """Return as much of a line as there is room for, with an ellipsis if something is left out."""
    if face.getlength(line) <= room:
        return line
    while line and face.getlength(f"{line}…") > room:
        line = line[:-1].rstrip(" ,;:–…")
    return f"{line}…"


def _ruler(name: str) -> Callable[[str], float]:
    """Return how long a text is, in parts of the size it is set at. Words are measured once, at one size."""
    face = font(name, RULER_SIZE)

    @cache
    def word(text: str) -> float:
        return face.getlength(text) / RULER_SIZE * SLACK

    return lambda text: sum(map(word, re.split("( )", text)))


def _balanced(text: str, lines: list[str], room: float, length: Callable[[str], float]) -> list[str]:
    """Return as many lines, as even as they can be."""
    low, high = room / 3, room
    while high - low > room / 100:
        middle = (low + high) / 2
        if len(_broken(text, middle, length)) <= len(lines):
            high = middle
        else:
            low = middle
    return _broken(text, high, length)


def _broken(text: str, room: float, length: Callable[[str], float]) -> list[str]:
    """Break a text into lines: between words, between the signs of scripts without spaces, within words if it must."""
    lines = [""]
    for piece in _pieces(text, room, length):
        if not lines[-1] or length((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines]


def _pieces(text: str, room: float, length: Callable[[str], float]) -> Iterator[str]:
    for word in text.split():
        start = 0
        for end in range(1, len(word)):
            is_wide = unicodedata.east_asian_width(word[end]) in "WF" and word[end] not in NEVER_FIRST
            if is_wide or length(word[start : end + 1]) > room:
                yield word[start:end]
                start = end
        yield f"{word[start:]} "
