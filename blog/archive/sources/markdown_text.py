"""Markdown → HTML, as CommonMark has it, with tables, lines struck through, and footnotes as numbered notes."""

import re
from functools import cache

from markdown_it import MarkdownIt

MOST_NESTING = 50  # Quotes and lists within each other
MARK = re.compile(r"\[\^([^\]\s^]{1,60})\](?!:)")
NOTE = re.compile(r"^\[\^([^\]\s^]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}.*|(?=\n[ \t]{2,}\S)))*)", re.MULTILINE)
FENCE = re.compile(r"^(?: {0,3})(?:```|~~~).*?(?:^ {0,3}(?:```|~~~)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable(["table", "strikethrough"])


def to_html(written: str) -> str:
    """Return Markdown as HTML. Markup in it stays as it is: all of it is cleaned where it is written down."""
    written = written.replace("\r\n", "\n").replace("\r", "\n")
    if "[^" in written and not FENCE.search(written):
        return _with_notes(written)
    return str(_parser().render(written))


def _with_notes(written: str) -> str:
    """Return it with its footnotes as raised numbers and a numbered list at the end, as the house sets notes."""
    notes: dict[str, str] = {}

    def lay_aside(found: re.Match[str]) -> str:
        notes.setdefault(found[1], " ".join(found[2].split()))
        return ""

    text = NOTE.sub(lay_aside, written)
    order: dict[str, int] = {}

    def mark(found: re.Match[str]) -> str:
        if found[1] not in notes:
            return found[0]
        return f"<sup>{order.setdefault(found[1], len(order) + 1)}</sup>"

    text = MARK.sub(mark, text)
    items = "".join(f"<li>{_parser().renderInline(notes[name])}</li>" for name in order)
    # A note that nothing points to is a paragraph, so that its words stay
    rest = "".join(f"<p>{_parser().renderInline(note)}</p>" for name, note in notes.items() if name not in order)
    return f"{_parser().render(text)}{rest}{f'<ol>{items}</ol>' if items else ''}"
