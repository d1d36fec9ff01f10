"""Goes through the tree of a text and writes it: one small way for each kind of element (`ways`)."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml import etree

from blog.archive.text import embeds
from blog.archive.text.findings import Findings
from blog.archive.text.writing import Mark, Part, Writer

BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
HEADINGS = {f"h-{level}": level for level in range(1, 7)}


class Walker:
    """Writes one text. `places` has the ids that lead to headings, with their numbers; `deepest` is its depth."""

    def __init__(self, findings: Findings, body: "etree._Element", ways: "Mapping[str, Way]") -> None:
        self.findings = findings
        self.places: dict[str, int] = {}
        self.deepest = self.depth = 1
        self.headings = 0
        self.is_in_heading = False
        self.last_picture = ""
        self._ways = ways
        levels = {HEADINGS[str(element.tag)] for element in body.iter(*HEADINGS)}
        # A text with the house's own two levels keeps them; in any other the highest is the first
        self.top = 2 if levels <= {2, 3} else min(levels)

    def parts_in(
        self, element: "etree._Element", marks: list[Mark] | None = None, *, is_pre: bool = False
    ) -> list[Part]:
        """Return what stands in an element, as parts."""
        writer = Writer(marks, is_pre=is_pre)
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self.children(element, writer)
        self.depth -= 1
        writer.end()
        return writer.parts

    def children(self, element: "etree._Element", writer: Writer) -> None:
        """Write what stands in an element."""
        if element.text:
            writer.text(element.text)
        for child in element:
            self.element(child, writer)
            if child.tail:
                writer.text(child.tail)

    def element(self, element: "etree._Element", writer: Writer) -> None:
        """Write an element in its way; one that nobody knows is what stands in it."""
        tag = element.tag
        if not isinstance(tag, str):
            return  # Instructions to a program, such as `<?php`
        if element.attrib:
            self.note_place(element)
        way = self._ways.get(tag)
        if way is not None:
            way(self, element, writer)
        elif tag.startswith("amp-") and embeds.is_embed(element):
            embeds.show_frame(element, writer, self.findings)
        else:
            self.styled(element, writer)

    def note_place(self, element: "etree._Element") -> None:
        """Remember an id from which one gets to a heading: its own, one in it, or one right before it."""
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name and (self.is_in_heading or _leads_to_heading(element)):
            self.places.setdefault(name, self.headings)

    def marked(self, element: "etree._Element", writer: Writer, mark: Mark) -> None:
        """Write an element with a mark, unless it has that mark already."""
        if any(other.tag == mark.tag for other in writer.marks):
            self.children(element, writer)
            return
        writer.marks.append(mark)
        self.children(element, writer)
        writer.marks.remove(mark)

    def styled(self, element: "etree._Element", writer: Writer) -> None:
        """Write an element without a meaning of its own; what only its style says is said by an element."""
        style = element.get("style") or ""
        if style and BOLD.search(style) and not self.is_in_heading:
            self.marked(element, writer, Mark("strong"))
        elif style and SLANTED.search(style):
            self.marked(element, writer, Mark("em"))
        else:
            self.children(element, writer)


Way: TypeAlias = Callable[[Walker, "etree._Element", Writer], None]  # noqa: SLF001  Its only name


def _leads_to_heading(element: "etree._Element") -> bool:
    if element.tag in HEADINGS:
        return True
    if len(element):
        return not (element.text or "").strip() and element[0].tag in HEADINGS
    if (element.text or "").strip() or (element.tail or "").strip():
        return False
    following = element.getnext()
    parent = element.getparent()
    if following is None and parent is not None and not (parent.text or "").strip() and len(parent) == 1:
        following = parent.getnext()
    return following is not None and following.tag in HEADINGS
