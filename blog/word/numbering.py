"""Lists as Word counts them: which kind a paragraph's list is, and the number that stands before the paragraph."""

from collections import defaultdict
from xml.etree import ElementTree as ET

from blog.word.names import VAL, W

LEVELS = 9


class Numbering:
    """The lists of a file, counted through from the first paragraph to the last."""

    def __init__(self, tree: ET.Element | None) -> None:
        self._kinds: dict[str, dict[int, tuple[str, int]]] = {}
        self._shared: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if tree is None:
            return
        abstract = {row.get(f"{W}abstractNumId", ""): row for row in tree.findall(f"{W}abstractNum")}
        by_style = {_value(row.find(f"{W}styleLink")): key for key, row in abstract.items()}
        for row in tree.findall(f"{W}num"):
            key, points_at = row.get(f"{W}numId", ""), _value(row.find(f"{W}abstractNumId"))
            linked = _value(abstract[points_at].find(f"{W}numStyleLink")) if points_at in abstract else ""
            points_at = by_style.get(linked, points_at) if linked else points_at
            levels = _levels(abstract[points_at]) if points_at in abstract else {}
            overrides = row.findall(f"{W}lvlOverride")
            for override in overrides:
                levels |= _levels(override)
                level, start = override.get(f"{W}ilvl", ""), override.find(f"{W}startOverride")
                if start is not None and level.isdecimal() and int(level) in levels:
                    levels[int(level)] = levels[int(level)][0], _number(_value(start))
            self._kinds[key] = levels
            # Two lists of one pattern go on with each other's numbers, unless one says where it starts
            self._shared[key] = key if overrides else f"pattern {points_at}"

    def kind(self, key: str, level: int) -> str:
        """Return “ul”, “ol”, or nothing where the paragraph stands in no list."""
        if not key or key == "0" or key not in self._kinds:
            return ""
        return self._kinds[key].get(level, self._kinds[key].get(0, ("ul", 1)))[0]

    def count(self, key: str, level: int) -> int:
        """Return the number of the next paragraph of that list and level, and count on."""
        counts = self._counts[self._shared[key]]
        start = self._kinds[key].get(level, ("ol", 1))[1]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        return counts[level]


def _levels(holder: ET.Element) -> dict[int, tuple[str, int]]:
    levels = {}
    for row in holder.findall(f"{W}lvl"):
        number = row.get(f"{W}ilvl", "")
        if number.isascii() and number.isdigit() and len(number) < 3:
            levels[int(number)] = _kind(_value(row.find(f"{W}numFmt"))), _start(row)
    return levels


def _kind(form: str) -> str:
    if form == "none":
        return ""
    return "ul" if form == "bullet" else "ol"


def _start(row: ET.Element) -> int:
    return _number(_value(row.find(f"{W}start")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _value(element: ET.Element | None) -> str:
    return element.get(VAL, "") if element is not None else ""
