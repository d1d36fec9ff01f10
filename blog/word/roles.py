"""What the styles of a Word file mean: a heading, a title, a list. Found by the built-in names, through `basedOn`.

The built-in names are English in every language of Word; the keys of styles are not.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from blog.word.names import VAL, W

HEADING = re.compile(r"heading ([1-9])$")
LIST_STYLE = re.compile(r"list (?:bullet|number)(?: ([2-5]))?$")
ROLES = {
    "title": "title",
    "subtitle": "subtitle",
    "quote": "quote",
    "intense quote": "quote",
    "caption": "caption",
    "html preformatted": "pre",
    "toc heading": "contents",
}
MOST_STEPS = 20  # From a style to those it is based on; a ring has no end


@dataclass(frozen=True)
class Style:
    """What a style says of a paragraph: its role, and the list and level that its paragraphs stand in."""

    role: str = ""
    list_key: str = ""
    level: int = 0


class Styles:
    """The paragraph styles of a file, by key."""

    def __init__(self, tree: ET.Element | None) -> None:
        rows = tree.findall(f"{W}style") if tree is not None else []
        self._rows = {row.get(f"{W}styleId", ""): row for row in rows}
        self._known: dict[str, Style] = {}

    def style(self, key: str) -> Style:
        """Return what a style means, by its own name or the nearest that it is based on."""
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str) -> Style:
        role, list_key, level = "", "", 0
        for _step in range(MOST_STEPS):
            row = self._rows.get(key)
            if row is None:
                break
            name = _value(row.find(f"{W}name")).lower()
            role = role or _role(name)
            numbered = row.find(f"{W}pPr/{W}numPr")
            if not list_key and numbered is not None:
                list_key = _value(numbered.find(f"{W}numId"))
                in_name = LIST_STYLE.match(name)
                level = int(in_name[1] or 1) - 1 if in_name else level_of(numbered)
            key = _value(row.find(f"{W}basedOn"))
        return Style(role, list_key, level)


def _role(name: str) -> str:
    heading = HEADING.match(name)
    if heading:
        return f"h{heading[1]}"
    return "contents" if re.match(r"toc \d$", name) else ROLES.get(name, "")


def level_of(numbered: ET.Element) -> int:
    """Return the level, from 0 to 8, that a `numPr` names."""
    level = _value(numbered.find(f"{W}ilvl"))
    return min(int(level), 8) if level.isascii() and level.isdigit() and len(level) < 4 else 0


def _value(element: ET.Element | None) -> str:
    return element.get(VAL, "") if element is not None else ""
