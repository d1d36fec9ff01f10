"""Mobiledoc 0.3, the form in which Ghost kept texts from version 1 to 4 → HTML. See the Mobiledoc kit, MOBILEDOC.md."""

import json
from typing import Any

from blog.archive.sources.findings import Findings
from blog.archive.sources.ghost.cards import card
from blog.archive.sources.ghost.lexical import HEADINGS, UnreadableError
from blog.archive.sources.values import escaped, listed, mapping, number, text

MARKUP, PICTURE, LIST, CARD = 1, 2, 3, 10
WORDS, ATOM = 0, 1
SECTIONS = {"p": "p", "blockquote": "blockquote", "aside": "blockquote", "pull-quote": "blockquote"} | HEADINGS
INLINE = {"strong", "b", "em", "i", "s", "u", "code", "sub", "sup", "a", "mark"}
MOST_OPEN = 50


def mobiledoc_to_html(written: str, findings: Findings) -> str:
    """Return a text as HTML. Raises UnreadableError."""
    try:
        whole = mapping(json.loads(written))
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    if not isinstance(whole.get("sections"), list):
        raise UnreadableError
    return "".join(_section(listed(section), whole, findings) for section in whole["sections"])


def _section(section: list[Any], whole: dict[str, Any], findings: Findings) -> str:
    kind = number(_at(section, 0))
    if kind == MARKUP:
        name = SECTIONS.get(text(_at(section, 1)).lower(), "p")
        return f"<{name}>{_markers(_at(section, 2), whole)}</{name}>"
    if kind == LIST:
        name = "ol" if text(_at(section, 1)) == "ol" else "ul"
        items = (f"<li>{_markers(markers, whole)}</li>" for markers in listed(_at(section, 2)))
        return f"<{name}>{''.join(items)}</{name}>"
    if kind == PICTURE:
        return card("image", {"src": _at(section, 1)}, findings)
    if kind == CARD:
        found = listed(_at(listed(whole.get("cards")), number(_at(section, 1))))
        particulars = mapping(_at(found, 1))
        return card(text(_at(found, 0)), particulars, findings) if found else ""
    findings.lost("section", "A section of an unknown kind can't be read.")
    return ""


def _markers(markers: Any, whole: dict[str, Any]) -> str:
    """Return runs of words with the markup that opens before and closes behind each."""
    shown: list[str] = []
    still_open: list[str] = []
    for row in listed(markers):
        marker = listed(row)
        for place in listed(_at(marker, 1)):
            name, opening = _markup(_at(listed(whole.get("markups")), number(place)))
            if name and len(still_open) < MOST_OPEN:
                shown.append(opening)
            still_open.append(name if len(still_open) < MOST_OPEN else "")
        value = _at(marker, 3)
        shown.append(_atom(value, whole) if number(_at(marker, 0)) == ATOM else escaped(value))
        for _each in range(min(number(_at(marker, 2)) or 0, len(still_open))):
            name = still_open.pop()
            shown += [f"</{name}>"] if name else []
    return "".join(shown + [f"</{name}>" for name in reversed(still_open) if name])


def _markup(found: Any) -> tuple[str, str]:
    """Return the name of a markup and the tag that opens it; nothing for one that is unknown."""
    markup = listed(found)
    name = text(_at(markup, 0)).lower()
    if name not in INLINE:
        return "", ""
    flat = listed(_at(markup, 1))
    named = {text(key): text(value) for key, value in zip(flat[::2], flat[1::2], strict=False)}
    if name == "a":
        return "a", f'<a href="{escaped(named.get("href", ""))}">'
    return name, f"<{name}>"


def _atom(place: Any, whole: dict[str, Any]) -> str:
    atom = listed(_at(listed(whole.get("atoms")), number(place)))
    return "<br>" if text(_at(atom, 0)) == "soft-return" else escaped(_at(atom, 1))


def _at(row: list[Any], place: int | None) -> Any:
    return row[place] if place is not None and 0 <= place < len(row) else None
