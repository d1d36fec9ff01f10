"""Tables: their rows and cells as the house sets them; tables that only arrange a page are opened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from blog.archive.text.writing import Part, as_item, as_line, attribute

GROUPS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
SPANS = ("colspan", "rowspan")
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
Inside = Callable[["etree._Element"], list[Part]]  # noqa: SLF001  Its only name


@dataclass
class _Table:
    """What a table holds, in the order in which it is written."""

    captions: list["etree._Element"] = field(default_factory=list)
    head: list[list["etree._Element"]] = field(default_factory=list)
    body: list[list["etree._Element"]] = field(default_factory=list)
    foot: list[list["etree._Element"]] = field(default_factory=list)
    stray: list["etree._Element"] = field(default_factory=list)

    def cells(self) -> Iterator["etree._Element"]:
        for row in self.head + self.body + self.foot:
            yield from row


def is_layout(element: "etree._Element") -> bool:
    """Whether a table arranges a page: it holds another table, or one cell, or says that it does."""
    if (element.get("role") or "") in {"presentation", "none"}:
        return True
    if next(element.iterdescendants("table"), None) is not None:
        return True
    return sum(1 for _cell in element.iterdescendants("td", "th")) <= 1


def parts_of(element: "etree._Element", inside: Inside, words_before: Callable[[str], list[Part]]) -> list[Part]:
    """Return a table as parts: words that stand between its cells first, then the table.

    `inside` gives the parts within an element, `words_before` those of bare words.
    """
    table = _Table()
    before: list[Part] = []
    _gather(element, table, before, words_before)
    for stray in table.stray:
        before += inside(stray)
    captions: list[str] = []
    for caption in table.captions:
        line, blocks = as_line(inside(caption))
        before += blocks
        captions += [line] if line else []
    head = "".join(_row(row, inside) for row in table.head)
    body = "".join(_row(row, inside) for row in table.body + table.foot)
    if not head and not body:
        return before + [Part("paragraph", caption) for caption in captions]
    caption = f"<caption>{'<br>'.join(captions)}</caption>" if captions else ""
    head = f"<thead>{head}</thead>" if head else ""
    body = f"<tbody>{body}</tbody>" if body else ""
    return [*before, Part("block", f"<table>{caption}{head}{body}</table>")]


def _gather(
    element: "etree._Element",
    table: _Table,
    before: list[Part],
    words: Callable[[str], list[Part]],
    group: str = "tbody",
) -> None:
    """Sort what stands in a table; rows without a group, cells without a row and words without a cell find a place."""
    before += words(element.text or "")
    rows = {"thead": table.head, "tfoot": table.foot}.get(group, table.body)
    is_in_row = False
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            pass
        elif tag == "caption":
            table.captions.append(child)
        elif tag in GROUPS:
            _gather(child, table, before, words, tag)
        elif tag == "tr":
            _gather_row(child, rows, table, before, words)
        elif tag in CELLS:
            if is_in_row:
                rows[-1].append(child)
            else:
                rows.append([child])
        elif tag not in {"col", "colgroup"}:
            table.stray.append(child)
        is_in_row = tag in CELLS
        before += words(child.tail or "")


def _gather_row(
    element: "etree._Element",
    rows: list[list["etree._Element"]],
    table: _Table,
    before: list[Part],
    words: Callable[[str], list[Part]],
) -> None:
    cells = [cell for cell in element if cell.tag in CELLS]
    table.stray += [other for other in element if other.tag not in CELLS and isinstance(other.tag, str)]
    before += words(element.text or "")
    for child in element:
        before += words(child.tail or "")
    if cells:
        rows.append(cells)


def _row(cells: list["etree._Element"], inside: Inside) -> str:
    return f"<tr>{''.join(_cell(cell, inside) for cell in cells)}</tr>"


def _cell(cell: "etree._Element", inside: Inside) -> str:
    attributes = ""
    scope = (cell.get("scope") or "").lower()
    if cell.tag == "th" and scope in SCOPES:
        attributes += attribute("scope", scope)
    for name in SPANS:
        value = (cell.get(name) or "").strip()
        if value.isascii() and value.isdigit() and 1 < int(value[:5]) < 1000 and len(value) < 4:
            attributes += attribute(name, str(int(value)))
    return f"<{cell.tag}{attributes}>{as_item(inside(cell))}</{cell.tag}>"
