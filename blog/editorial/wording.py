"""Putting other words in the place of some, inside one paragraph of clean prose, without touching its tags."""

import html
import re
from dataclasses import dataclass

from blog.changes import split_blocks

TOKEN = re.compile(r"""<(?:"[^"]*"|[^">])*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]|[<&]""")
INLINE = re.compile(r"</?(?:strong|em|a|code|sup|sub|cite)\b")
EMPTIED = re.compile(r"<(strong|em|code|cite|sup|sub|a)\b[^<>]*></\1>")
WALL = "\x1f"  # Stands where one line, cell or item ends: no words reach across it


@dataclass(frozen=True)
class Place:
    """One character as a reader sees it, and which stretch of the markup it is."""

    sign: str
    start: int
    end: int


def times(block: str, words: str) -> int:
    """Return how often some words stand in a block of prose."""
    return len(_found(_places(block), words))


def reword(body: str, *, block: int, old: str, new: str) -> str:
    """Return the body with `new` in the place of `old` in that block; raise ValueError unless it stands there once.

    Marks that the old words had in part, such as emphasis, stay with what is left of them; the new words take on those
    of the first old one.
    """
    blocks = split_blocks(body)
    markup = blocks[block]
    places = _places(markup)
    found = _found(places, old)
    if len(found) != 1:
        raise ValueError(len(found))
    replaced = places[found[0] : found[0] + len(_flat(old))]
    first = replaced[0].start
    gone = {(place.start, place.end) for place in replaced}
    kept = [markup[:first], html.escape(new, quote=False)]
    at = first
    for start, end in sorted(gone):
        kept.append(markup[at:start])
        at = end
    rest = "".join(kept) + markup[at:]
    while (without := EMPTIED.sub("", rest)) != rest:
        rest = without
    if not new:
        rest = re.sub(r" {2,}", " ", rest).replace(" </p>", "</p>").replace("<p> ", "<p>")
    return "".join([*blocks[:block], rest, *blocks[block + 1 :]])


def _places(block: str) -> list[Place]:
    """Return the characters of a block: spaces in a row as one, and a wall where one line ends."""
    places: list[Place] = []
    for token in TOKEN.finditer(block):
        found = token[0]
        if found.startswith("<") and len(found) > 1:
            if not INLINE.match(found):
                places.append(Place(WALL, token.start(), token.end()))
            continue
        sign = html.unescape(found)
        if sign.isspace():
            if places and places[-1].sign == " ":
                if places[-1].end == token.start():  # Else a tag stands between the two
                    places[-1] = Place(" ", places[-1].start, token.end())
                continue
            sign = " "
        places.append(Place(sign, token.start(), token.end()))
    return places


def _found(places: list[Place], words: str) -> list[int]:
    text, sought = "".join(place.sign[:1] for place in places), _flat(words)
    found: list[int] = []
    at = text.find(sought) if sought else -1
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + 1)
    return found


def _flat(words: str) -> str:
    return " ".join(words.split())
