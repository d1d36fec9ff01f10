"""Tables in a Word file: their rows and cells, and which row is the head."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from blog.word.names import VAL, W
from blog.word.plain import is_on, text_of, value_of

OPENED = {W + name for name in ("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag")}
BITS = re.compile(r"[0-9A-Fa-f]{2,6}\Z")
FIRST_ROW = 0x20  # ECMA-376, Part 1, 17.4.55


def opened(holder: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Return the rows or cells of a table, also those in wrappers."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in OPENED:
            yield from opened(child, tag)


def mark_head(made: ET.Element, element: ET.Element) -> None:
    """Make the first row the head where Word was told so, or where nothing but bold words stand in it."""
    rows = made.findall(f"{W}tr")
    if len(rows) < 2 or rows[0].find(f"{W}trPr") is not None:
        return
    runs = [run for run in rows[0].iter(f"{W}r") if text_of(run).strip()]
    is_bold = bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)
    style = value_of(element.find(f"{W}tblPr"), "tblStyle")
    look = element.find(f"{W}tblPr/{W}tblLook")
    is_styled = style not in {"", "TableGrid", "TableNormal"} and look is not None and _has_first_row(look)
    if is_bold or is_styled:
        about = ET.Element(f"{W}trPr")
        ET.SubElement(about, f"{W}tblHeader")
        rows[0].insert(0, about)


def _has_first_row(look: ET.Element) -> bool:
    first = look.get(f"{W}firstRow")
    if first is not None:
        return first in {"1", "true", "on"}
    bits = look.get(VAL, "")
    return bool(BITS.match(bits)) and bool(int(bits, 16) & FIRST_ROW)
