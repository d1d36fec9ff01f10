"""A part of a Word file made plain, before it is converted: only what the house sets is left in the tree.

Comments, deletions, text boxes, equations and the like are taken out and counted; wrappers are opened; every paragraph
says by its style which of the house's roles it has; pictures stand in paragraphs of their own. No attribute that names
a person (`w:author`, `w:initials`, `w15:userId`) is left, because no attribute is that isn't named here.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from blog.word.drawings import draw, pictures_in
from blog.word.findings import Findings
from blog.word.names import END, MATHS, MC, START, VAL, R, W
from blog.word.numbering import Numbering
from blog.word.package import Relationship
from blog.word.paragraphs import join_runs, merge_drop_caps, take_figures
from blog.word.pictures import Pictures
from blog.word.plain import is_on, text_of, value_of
from blog.word.roles import Styles, level_of
from blog.word.tables import mark_head, opened

OPENED = {W + name for name in ("smartTag", "customXml", "fldSimple", "bdo", "dir", "ruby", "rubyBase")}
KEPT = {W + name for name in ("t", "instrText", "tab", "ptab", "cr", "noBreakHyphen", "fldChar")}
COUNTED = {
    f"{W}del": "changes", f"{W}moveFrom": "changes", f"{W}commentReference": "comments",
    f"{W}object": "objects", f"{W}altChunk": "objects", f"{W}subDoc": "objects",
    f"{MATHS}oMath": "equations", f"{MATHS}oMathPara": "equations",
}  # fmt: skip
WITHOUT_PLACE = {"changes", "comments"}
KEPT_OF_RUNS = {f"{W}b", f"{W}i", f"{W}vertAlign", f"{W}strike"}
KEPT_OF_CELLS = {f"{W}gridSpan", f"{W}vMerge"}
TEXTS = {f"{W}t", f"{W}instrText"}
KEPT_ATTRIBUTES = {
    f"{W}br": [f"{W}type"], f"{W}fldChar": [f"{W}fldCharType"], f"{W}sym": [f"{W}font", f"{W}char"],
    f"{W}footnoteReference": [f"{W}id"], f"{W}endnoteReference": [f"{W}id"],
    **{name: [VAL] for name in KEPT_OF_RUNS | KEPT_OF_CELLS},
}  # fmt: skip
BREAKS_OF_TEXT = {"textWrapping", "page", "column"}
HEX = re.compile(r"[0-9A-Fa-f]{2,6}\Z")
MOST_SPANNED = 60


class Tidier:
    """Makes the parts of one file plain. `links` collects the addresses that the text leads to, by key."""

    def __init__(self, *, styles: Styles, numbering: Numbering, pictures: Pictures, findings: Findings) -> None:
        self.links: dict[str, str] = {}
        self.notes: set[tuple[str, str]] = set()
        self._styles = styles
        self._numbering = numbering
        self._pictures = pictures
        self._findings = findings
        self._relationships: dict[str, Relationship] = {}
        self._link_keys: dict[str, str] = {}
        self._in_table = 0
        self._ways: dict[str, Callable[[ET.Element], Iterator[ET.Element]]] = {
            f"{W}p": self._paragraph,
            f"{W}r": self._run,
            f"{W}ins": self._inserted,
            f"{W}moveTo": self._inserted,
            f"{MC}AlternateContent": self._alternatives,
            f"{W}sdt": self._controlled,
            f"{W}hyperlink": self._link,
            f"{W}tbl": self._table,
            f"{W}drawing": self._drawings,
            f"{W}pict": self._drawings,
            f"{W}br": self._break,
            f"{W}sym": self._symbol,
            f"{W}footnoteReference": self._note_mark,
            f"{W}endnoteReference": self._note_mark,
        }

    def tidy(self, holder: ET.Element, relationships: dict[str, Relationship]) -> ET.Element:
        """Return a body, or a note, with nothing but plain paragraphs and tables in it."""
        self._relationships = relationships
        made = ET.Element(holder.tag)
        made.extend(merge_drop_caps(list(self._children(holder))))
        return made

    def _children(self, holder: ET.Element) -> Iterator[ET.Element]:
        for child in holder:
            yield from self._plain(child)

    def _plain(self, element: ET.Element) -> Iterator[ET.Element]:
        """Return what an element becomes; nothing for all that isn't named here."""
        kind = COUNTED.get(element.tag)
        if kind:
            self._findings.note(kind, has_place=kind not in WITHOUT_PLACE)
        elif element.tag in self._ways:
            yield from self._ways[element.tag](element)
        elif element.tag in OPENED:
            yield from self._children(element)
        elif element.tag in KEPT:
            yield _bare(element)

    def _inserted(self, element: ET.Element) -> Iterator[ET.Element]:
        self._findings.note("changes")
        yield from self._children(element)

    def _alternatives(self, element: ET.Element) -> Iterator[ET.Element]:
        chosen = element.find(f"{MC}Choice")
        chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
        yield from self._children(chosen) if chosen is not None else ()

    def _break(self, element: ET.Element) -> Iterator[ET.Element]:
        if element.get(f"{W}type", "textWrapping") in BREAKS_OF_TEXT:
            yield _bare(element)

    def _symbol(self, element: ET.Element) -> Iterator[ET.Element]:
        if HEX.match(element.get(f"{W}char", "")):
            yield _bare(element)

    def _note_mark(self, element: ET.Element) -> Iterator[ET.Element]:
        note = (element.tag, element.get(f"{W}id", ""))
        # Word points at each note once; a file that does it a thousand times would make a thousand of it
        if note in self.notes:
            self.notes.discard(note)
            yield _bare(element)

    def _paragraph(self, element: ET.Element) -> Iterator[ET.Element]:
        self._findings.here = "".join(text.text or "" for text in element.iter(f"{W}t"))
        properties = element.find(f"{W}pPr")
        style = self._styles.style(value_of(properties, "pStyle"))
        role = style.role
        if role == "contents":
            self._findings.note("contents")
            return
        made = ET.Element(f"{W}p")
        about = ET.SubElement(made, f"{W}pPr")
        made.extend(child for part in element if part is not properties for child in self._plain(part))
        figures = take_figures(made)
        join_runs(made)
        if self._in_table and role in {"title", "subtitle", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9"}:
            role = ""
        if role:
            ET.SubElement(about, f"{W}pStyle", {VAL: role})
        else:
            self._number(made, about, properties, style.list_key, style.level)
        if properties is not None:
            if properties.find(f"{W}framePr") is not None and properties.find(f"{W}framePr[@{W}dropCap]") is not None:
                made.set("is-drop-cap", "yes")
            if properties.find(f"{W}rPr/{W}del") is not None:
                ET.SubElement(ET.SubElement(about, f"{W}rPr"), f"{W}del")
        if text_of(made) or not figures:
            yield made
        yield from figures

    def _number(self, made: ET.Element, about: ET.Element, properties: ET.Element | None, key: str, level: int) -> None:
        """Write down the list that a paragraph stands in: list 1 has bullets, list 2 numbers."""
        numbered = properties.find(f"{W}numPr") if properties is not None else None
        if numbered is not None:
            key = value_of(numbered, "numId") or key
            level = level_of(numbered) if numbered.find(f"{W}ilvl") is not None else level
        kind = self._numbering.kind(key, level)
        if not kind or not text_of(made):
            return
        row = ET.SubElement(about, f"{W}numPr")
        ET.SubElement(row, f"{W}ilvl", {VAL: str(level)})
        ET.SubElement(row, f"{W}numId", {VAL: "1" if kind == "ul" else "2"})
        number = self._numbering.count(key, level)
        if kind == "ol" and number > 1:
            run = ET.Element(f"{W}r")
            ET.SubElement(run, f"{W}t").text = f"{START}{number}{END}"
            made.insert(1, run)

    def _run(self, element: ET.Element) -> Iterator[ET.Element]:
        properties = element.find(f"{W}rPr")
        made = ET.Element(f"{W}r")
        if properties is not None:
            if is_on(properties.find(f"{W}vanish")):
                if element.find(f"{W}t") is not None:
                    self._findings.note("hidden")
                return
            if is_on(properties.find(f"{W}strike")) and element.find(f"{W}t") is not None:
                self._findings.note("struck", has_place=True)
            about = ET.SubElement(made, f"{W}rPr")
            about.extend(_bare(child) for child in properties if child.tag in KEPT_OF_RUNS - {f"{W}strike"})
        made.extend(child for part in element if part is not properties for child in self._plain(part))
        yield made

    def _controlled(self, element: ET.Element) -> Iterator[ET.Element]:
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            self._findings.note("contents")
            return
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            return
        content = element.find(f"{W}sdtContent")
        yield from self._children(content) if content is not None else ()

    def _link(self, element: ET.Element) -> Iterator[ET.Element]:
        where = self._relationships.get(element.get(f"{R}id", ""))
        address = where.target.strip() if where and where.is_outside else ""
        children = list(self._children(element))
        if not _is_address(address):
            if address:
                self._findings.note("links", has_place=True)
            yield from children
            return
        anchor = element.get(f"{W}anchor", "")
        address = f"{address}#{anchor}" if anchor and "#" not in address else address
        key = self._link_keys.setdefault(address, f"link{len(self._link_keys)}")
        self.links[key] = address
        made = ET.Element(f"{W}hyperlink", {f"{R}id": key})
        made.extend(children)
        yield made

    def _drawings(self, element: ET.Element) -> Iterator[ET.Element]:
        for found in pictures_in(element, self._findings):
            where = self._relationships.get(found.key)
            number = self._pictures.take(where, found.description)
            if number is not None:
                yield draw(number)

    def _table(self, element: ET.Element) -> Iterator[ET.Element]:
        rows = [row for row in opened(element, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(opened(row, f"{W}tc")) for row in rows]
        # Pages are laid out in tables of one cell
        if sum(len(row) for row in cells) <= 1:
            for row in cells:
                for cell in row:
                    yield from self._children(cell)
            return
        self._in_table += 1
        made = ET.Element(f"{W}tbl")
        for source, row_cells in zip(rows, cells, strict=True):
            made_row = ET.SubElement(made, f"{W}tr")
            if source.find(f"{W}trPr/{W}tblHeader") is not None:
                ET.SubElement(ET.SubElement(made_row, f"{W}trPr"), f"{W}tblHeader")
            made_row.extend(self._cell(cell) for cell in row_cells)
        self._in_table -= 1
        mark_head(made, element)
        yield made

    def _cell(self, element: ET.Element) -> ET.Element:
        made = ET.Element(f"{W}tc")
        about = ET.SubElement(made, f"{W}tcPr")
        properties = element.find(f"{W}tcPr")
        for child in properties if properties is not None else ():
            if child.tag == f"{W}vMerge":
                about.append(_bare(child))
            elif child.tag == f"{W}gridSpan" and child.get(VAL, "").isdecimal() and len(child.get(VAL, "")) < 4:
                ET.SubElement(about, f"{W}gridSpan", {VAL: str(min(max(int(child.get(VAL, "1")), 1), MOST_SPANNED))})
        made.extend(child for part in element if part is not properties for child in self._plain(part))
        return made


def _bare(element: ET.Element) -> ET.Element:
    """Return an element without children, with only the attributes that say what it is."""
    kept = KEPT_ATTRIBUTES.get(element.tag, [])
    made = ET.Element(element.tag, {name: element.attrib[name] for name in kept if name in element.attrib})
    if element.tag in TEXTS:
        made.text = (element.text or "").replace(START, "").replace(END, "")
    return made


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme in {"http", "https"} and bool(parts.netloc)) or (parts.scheme == "mailto" and "@" in address)
