"""How the house sets stored prose: numbers of tables to the right, a name for each table, notes linked both ways.

Works on clean prose alone (`prose.clean_prose`) and adds nothing but elements and attributes of the house's own.
"""

import re
from itertools import count

from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.DOTALL)
PRE = re.compile("<pre>")
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)
SPANNED = re.compile(r"<t[hd][^>]*\b(?:col|row)span=")
NUMBER = re.compile(r"[+\-−–±]?\s?[£$€]?\s?\d[\d.,\s]*(?:%|p|k|m|bn)?")
NOTHING = {"", "-", "–", "—", "n/a"}

MARKER = re.compile(r'<sup>(?:<a href="#[^"]*">)?\[?(\d{1,3})\]?(?:</a>)?</sup>')
LIST_TAG = re.compile(r"<(/?)(ol|ul|li)\b[^>]*>")
# What Word and WordPress put at the end of a note
BACK = re.compile(r'\s*<a href="#[^"]*">[↑↩⏎]\ufe0e?</a>')


def typeset(prose: str) -> str:
    """Return clean prose as a page shows it; see `set_tables`, `set_code` and `link_notes`."""
    return link_notes(set_code(set_tables(prose)))


def set_tables(prose: str) -> str:
    """Put each table into a scroller that the keyboard reaches, and mark the cells of columns that hold numbers.

    A scroller is named by the table's caption, or by its number on the page, so that no two have the same name.
    """
    if "<table>" not in prose:
        return prose
    numbers = count(1)
    return TABLE.sub(lambda found: _scroller(found[0], next(numbers)), prose)


def set_code(prose: str) -> str:
    """Let the keyboard reach each block of code, for its lines are never broken; each has a name of its own."""
    numbers = count(1)
    return PRE.sub(
        lambda _found: (
            f'<pre role="region" tabindex="0" aria-label="{_("Code {number}").format(number=next(numbers))}">'
        ),
        prose,
    )


def _scroller(table: str, number: int) -> str:
    caption = CAPTION.search(table)
    words = " ".join(strip_tags(caption[1]).split()) if caption else ""
    # A caption is text already escaped; a quotation mark is all that could end the attribute
    label = _("Table {number}: {caption}") if words else _("Table {number}")
    label = label.format(number=number, caption=words).replace('"', "&quot;")
    if not SPANNED.search(table):
        table = _align(table)
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _align(table: str) -> str:
    rows = [[(cell[1], _words(cell[3])) for cell in CELL.finditer(row[1])] for row in ROW.finditer(table)]
    body = [[words for _tag, words in row] for row in rows if any(tag == "td" for tag, _words_ in row)]
    width = max((len(row) for row in rows), default=0)
    # The first column says what a row is about, be it by a year
    columns = {
        place for place in range(1, width) if _is_numeric([row[place] if place < len(row) else "" for row in body])
    }
    if not columns:
        return table

    def set_row(row: re.Match[str]) -> str:
        places = count()
        return CELL.sub(lambda cell: _numeric(cell) if next(places) in columns else cell[0], row[0])

    return ROW.sub(set_row, table)


def _numeric(cell: re.Match[str]) -> str:
    return f'<{cell[1]}{cell[2]} class="num">{cell[3]}</{cell[1]}>'


def _words(cell: str) -> str:
    return " ".join(strip_tags(cell).replace("&nbsp;", " ").split())


def _is_numeric(cells: list[str]) -> bool:
    numbers = [cell for cell in cells if cell.lower() not in NOTHING]
    return bool(numbers) and all(NUMBER.fullmatch(cell) for cell in numbers)


def link_notes(prose: str) -> str:
    """Link the numbers in the text with the notes at its end, and each note back to the text.

    Notes are written as people write them: small raised numbers, and a numbered list as the last thing of the text.
    They are taken for notes only where the numbers run from one to the number of items; anything else stays as it is.
    """
    start = _last_list(prose)
    if start is None:
        return prose
    text, notes = prose[:start], _items(prose[start:])
    marked = list(dict.fromkeys(int(marker[1]) for marker in MARKER.finditer(text)))
    if marked != list(range(1, len(notes) + 1)):
        return prose
    linked: set[str] = set()

    def link(marker: re.Match[str]) -> str:
        number = marker[1]
        place = "" if number in linked else f' id="note-{number}-back"'
        linked.add(number)
        label = escape(_("Note {number}").format(number=number))
        return f'<sup class="marker"><a href="#note-{number}"{place} aria-label="{label}">{number}</a></sup>'

    text = MARKER.sub(link, text)
    items = "".join(_note(number, note) for number, note in enumerate(notes, 1))
    return f'{text}<section class="notes" aria-label="{escape(_("Notes"))}"><ol>{items}</ol></section>'


def _note(number: int, note: str) -> str:
    note = BACK.sub("", note).rstrip()
    label = escape(_("Back to the text from note {number}").format(number=number))
    back = f' <a href="#note-{number}-back" aria-label="{label}">{escape(_("Back to the text"))}</a>'
    note = f"{note.removesuffix('</p>')}{back}</p>" if note.endswith("</p>") else f"{note}{back}"
    return f'<li id="note-{number}">{note}</li>'


def _last_list(prose: str) -> int | None:
    """Return where the numbered list begins with which the text ends."""
    if not prose.endswith("</ol>"):
        return None
    depth, start = 0, None
    for tag in LIST_TAG.finditer(prose):
        if tag[2] == "li":
            continue
        if depth == 0:
            start = tag.start()
        depth += -1 if tag[1] else 1
    return start if depth == 0 else None


def _items(numbered: str) -> list[str]:
    """Return what the outermost items of a list hold."""
    items, depth, start = [], 0, 0
    for tag in LIST_TAG.finditer(numbered):
        if tag[2] != "li":
            continue
        if not tag[1] and depth == 0:
            start = tag.end()
        depth += -1 if tag[1] else 1
        if depth == 0:
            items.append(numbered[start : tag.start()])
    return items
