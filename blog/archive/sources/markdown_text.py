"""Markdown → HTML, as CommonMark has it, with tables, lines struck through, and footnotes as numbered notes."""

import re
from functools import cache

from markdown_it import MarkdownIt

MOST_NESTING = 50  # Quotes and lists within each other
MARK = re.compile(r"\[\^([^\]\s^]{1,60})\](?!:)")
# Only what stands at the beginning of a line is a note
NOTE = re.compile(r"^\[\^([^\]\s^]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}.*|(?=\n[ \t]{2,}\S)))*)", re.MULTILINE)
CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|"
    r"(?<!`)`[^`\n]{1,300}`(?!`)|(?<!`)``[^`\n]{1,300}``(?!`)",
    re.MULTILINE | re.DOTALL,
)
LAID_ASIDE = re.compile(r"\x02(\d{1,9})\x02")
# Lists of attributes and of contents: kramdown (https://kramdown.gettalong.org/syntax.html), Python-Markdown, Hugo
CONTENTS = re.compile(
    r"^(?:[*+-]|1\.)[ \t]+\S[^\n]{0,80}\n\{:\s?toc\b[^{}\n]{0,200}\}[ \t]*$|^\[\[?toc\]\]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
ATTRIBUTES = re.compile(
    r"^[ \t]*\{::?[^{}\n]{0,200}\}[ \t]*$|"
    r"\{:\s?(?:(?:[.#][A-Za-z][\w-]{0,60}|"
    r"[\w-]{1,60}=(?:\"[^\"\n{}]{0,200}\"|'[^'\n{}]{0,200}'|\w{1,60}))(?:[ \t]+|(?=\}))){1,20}\}",
    re.MULTILINE,
)
OF_A_HEADING = re.compile(r"^(#{1,6}[ \t][^\n{}]{1,300}?)[ \t]*\{[#.][^{}\n]{1,100}\}[ \t]*$", re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable(["table", "strikethrough"])


def to_html(written: str) -> str:
    """Return Markdown as HTML. Markup in it stays as it is: all of it is cleaned where it is written down."""
    written = written.replace("\r\n", "\n").replace("\r", "\n")
    if "[^" in written or "{" in written or "[" in written:
        code = Code()
        written = code.laid_aside(written)
        written = OF_A_HEADING.sub(r"\1", ATTRIBUTES.sub("", CONTENTS.sub("", written)))
        if "[^" in written:
            return _with_notes(written, code)
        written = code.back(written)
    return str(_parser().render(written))


class Code:
    """Code in a text, laid aside while the rest is changed."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def laid_aside(self, written: str) -> str:
        """Return a text with signs instead of its code."""

        def lay(found: re.Match[str]) -> str:
            self._parts.append(found[0])
            return f"\x02{len(self._parts) - 1}\x02"

        return CODE.sub(lay, written.replace("\x02", ""))

    def back(self, written: str) -> str:
        """Return a text with its code again."""
        return LAID_ASIDE.sub(lambda found: self._parts[int(found[1])], written)


def _with_notes(written: str, code: Code) -> str:
    """Return it with its footnotes as raised numbers and a numbered list at the end, as the house sets notes."""
    notes: dict[str, str] = {}

    def lay_aside(found: re.Match[str]) -> str:
        notes.setdefault(found[1], code.back(" ".join(found[2].split())))
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
    return f"{_parser().render(code.back(text))}{rest}{f'<ol>{items}</ol>' if items else ''}"
