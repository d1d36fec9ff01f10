"""Series, by the titles of their parts: “Central – Local 4: …”, “Part 2 of …”, “… (3/5)”."""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
# A number as titles have it. Larger ones, and years, are no parts
NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join([*sorted(ROMAN, key=len, reverse=True), *WORDS])})"
OF = r"(?:\s*(?:of|/)\s*\d{1,2})?"
CAPITALS = "|".join(sorted((name.upper() for name in ROMAN), key=len, reverse=True))
PART = r"(?:part|pt\.?|episode|chapter|instalment|no\.?|number|week|day|#)\s*#?"
BREAK = r"\s*[:–—|]\s*|\s+[-]\s+|\s*[,;.]\s+"
PATTERNS = [
    re.compile(pattern, flags)
    for pattern, flags in (
        # Name (part 3): what it is about · Name (3/5) · Name [3 of 5]
        (rf"(?P<name>.{{3,120}}?)\s*[(\[](?:{PART}\s*)?{NUMBER}{OF}[)\]](?:{BREAK}|\s*$).*", re.IGNORECASE),
        # Name, part 3: what it is about · Name – Part Three
        (rf"(?P<name>.{{3,120}}?)(?:{BREAK}|\s+){PART}\s*{NUMBER}\b{OF}(?:{BREAK}|\s*$).*", re.IGNORECASE),
        # Part 3 of Name
        (rf"part\s+{NUMBER}\s+of\s+(?P<name>(?!\d).{{3,120}}?)(?:\s*:\s*|$).*", re.IGNORECASE),
        # Name 3: what it is about · Name #3 – what it is about · Name 3
        (rf"(?P<name>.{{3,120}}?)\s+#?(?P<number>\d{{1,2}})(?:\s*/\s*\d{{1,2}})?(?:{BREAK}|\s*$).*", 0),
        # Name IV: what it is about
        (rf"(?P<name>.{{3,120}}?[^\W_])\s+(?P<number>{CAPITALS})(?:\s*[:–—]\s*|\s+-\s+|\s*$).*", 0),
    )
]
A_BREAK = re.compile(BREAK)
NO_NAMES = {"part", "chapter", "episode", "number", "week", "day", "top", "no"}
HIGHEST = 60
FEWEST = 2


@dataclass(frozen=True)
class Titled:
    """A piece, by its key, title and date."""

    key: int
    title: str
    at: dt.datetime


@dataclass(frozen=True)
class FoundSeries:
    """Pieces that look like the parts of a series: each with its number, in the order of these."""

    title: str
    parts: tuple[tuple[int, Titled], ...]

    @property
    def key(self) -> str:
        """What tells it apart from other series."""
        return _same(self.title)


def find(pieces: Iterable[Titled]) -> list[FoundSeries]:
    """Return the series that titles speak of, those with the most parts first.

    Two parts are the fewest. A number that two pieces have belongs to the earlier one. A series whose numbers are
    mostly missing is none (“Budget 2”, “Budget 40”). Where the second part is there and the first has no number, it is
    the latest piece before it whose title begins with the same name.
    """
    numbered: dict[str, list[tuple[int, str, Titled]]] = defaultdict(list)
    plain: dict[str, list[Titled]] = defaultdict(list)
    for piece in pieces:
        if found := part_in(piece.title):
            name, number = found
            numbered[_same(name)].append((number, name, piece))
        else:
            line = _line(piece.title)
            for name in (line, *(line[: match.start()] for match in A_BREAK.finditer(line))):
                plain[_same(name)].append(piece)
    series = [_series(rows, plain.get(key, [])) for key, rows in numbered.items() if key]
    return sorted((one for one in series if one), key=lambda one: (-len(one.parts), one.title))


def part_in(title: str) -> tuple[str, int] | None:
    """Return the name of the series and the number of the part that a title speaks of, if it does."""
    line = _line(title)
    for pattern in PATTERNS:
        if found := pattern.fullmatch(line):
            name, number = found["name"].strip(" ,:;–—-|"), _number(found["number"])
            is_name = sum(sign.isalpha() for sign in name) >= 3 and name.casefold() not in NO_NAMES
            if 1 <= number <= HIGHEST and is_name:
                return name, number
    return None


def _series(rows: list[tuple[int, str, Titled]], plain: list[Titled]) -> FoundSeries | None:
    parts: dict[int, Titled] = {}
    for number, _name, piece in sorted(rows, key=lambda row: (row[0], row[2].at, row[2].key)):
        parts.setdefault(number, piece)
    if 1 not in parts and 2 in parts:
        before = [piece for piece in plain if piece.at < parts[2].at]
        if before:
            parts[1] = max(before, key=lambda piece: (piece.at, piece.key))
    if len(parts) < FEWEST or max(parts) > 2 * len(parts) + 1:
        return None
    return FoundSeries(rows[0][1], tuple(sorted(parts.items())))


def _line(title: str) -> str:
    return " ".join(title.split())[:300]


def _same(name: str) -> str:
    """Return a name as it is compared: dashes, quotation marks, capitals, articles and spaces make no difference."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)[:200]


def _number(text: str) -> int:
    small = text.casefold()
    return int(small) if small.isdecimal() else ROMAN.get(small) or WORDS.get(small, 0)
