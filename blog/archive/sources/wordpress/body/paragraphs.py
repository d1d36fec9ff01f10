"""Text as the classic editor kept it, with blank lines between paragraphs → paragraphs, as WordPress shows it.

What WordPress's `wpautop` does, told as a walk over the text rather than as its forty replacements: blank lines part
paragraphs, other line ends are kept as breaks, blocks stand for themselves, and `pre` is left alone.
"""

import re
from collections import Counter

BLOCKS = frozenset({
    "table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div", "dl", "dd",
    "dt", "ul", "ol", "li", "pre", "form", "map", "area", "blockquote", "address", "style", "p", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "fieldset", "legend", "section", "article", "aside", "hgroup", "header",
    "footer", "nav", "figure", "figcaption", "details", "menu", "summary", "script", "noscript", "iframe",
    "video", "audio", "object",
})  # fmt: skip
# In these a lone line stays as it is; a blank line makes paragraphs all the same
LOOSE = frozenset({
    "td", "th", "li", "dd", "div", "section", "article", "aside", "header", "footer", "fieldset", "form",
    "details",
})  # fmt: skip
# In these nothing is a paragraph, and line ends between their parts are nothing
STRUCTURE = frozenset({
    "table", "thead", "tfoot", "tbody", "tr", "ul", "ol", "dl", "colgroup", "menu", "map", "figure", "video",
    "audio", "object", "iframe",
})  # fmt: skip
# One line of text, whatever stands in it
LINES = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption", "summary", "legend",
})  # fmt: skip
VERBATIM = frozenset({
    "pre", "script", "style", "textarea",
})  # fmt: skip
EMPTY = frozenset({
    "hr", "col", "area",
})  # fmt: skip
TOKEN = re.compile(r"<!--(?:(?!<!--).)*?-->|</?[a-zA-Z][^<>]*>|[^<]+|<", re.DOTALL)
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
DOUBLE_BREAK = re.compile(r"<br\b[^<>]*>\s*<br\b[^<>]*>", re.IGNORECASE)
BREAK_BEFORE_LINE_END = re.compile(r"(<br\b[^<>]*>)[ \t]*\n", re.IGNORECASE)
SEEN = frozenset({
    "img", "iframe", "embed", "object", "input", "video", "audio", "svg",
})  # fmt: skip


def paragraphs(text: str) -> str:
    """Return text with its paragraphs and line breaks as HTML. Takes time in proportion to its length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = DOUBLE_BREAK.sub("\n\n", text)
    text = BREAK_BEFORE_LINE_END.sub(r"\1", text)
    walk = _Walk()
    for token in TOKEN.finditer(text):
        walk.take(token[0])
    return walk.finished()


class _Walk:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._inline: list[str] = []  # Of the paragraph that has begun
        self._open: list[str] = []  # Blocks
        self._verbatim = ""
        self._nested: Counter[str] = Counter()  # Of each kind, how many of them
        self._is_seen = False  # Whether the paragraph that has begun holds more than marks
        self._parted = False  # Whether a blank line came in the block that is open now

    def take(self, token: str) -> None:
        name = NAME.match(token)
        tag = name[2].lower() if name else ""
        is_end = bool(name and name[1])
        if self._verbatim:
            self._out.append(token)
            if is_end and tag == self._verbatim:
                self._verbatim = ""
        elif tag in BLOCKS:
            self._block(token, tag, is_end=is_end)
        elif token.startswith("<") and len(token) > 1:
            self._is_seen = self._is_seen or tag in SEEN or " id=" in token or " name=" in token
            self._inline.append(" ".join(token.split("\n")) if not token.startswith("<!--") else token)
        else:
            self._words(token)

    def finished(self) -> str:
        self._flush(is_parted=True)
        return "".join(self._out)

    @property
    def _within(self) -> str:
        return self._open[-1] if self._open else ""

    def _block(self, token: str, tag: str, *, is_end: bool) -> None:
        self._flush(is_parted=self._within not in LOOSE or self._parted)
        self._parted = False
        token = " ".join(token.split("\n"))
        if tag == "p":
            # Paragraphs are made anew, so that blank lines in one part it; what it says of itself is cleaned away later
            self._leave_paragraph()
            if not is_end:
                self._enter("p")
            return
        if not is_end and tag not in {"iframe", "video", "audio", "object"}:
            self._leave_paragraph()
        self._out.append(token)
        if is_end:
            self._leave(tag)
        elif tag in VERBATIM:
            self._verbatim = tag
        elif tag not in EMPTY and not token.endswith("/>"):
            self._enter(tag)
        if is_end and self._within == "":
            self._out.append("\n")

    def _enter(self, tag: str) -> None:
        self._open.append(tag)
        self._nested[tag] += 1

    def _leave(self, tag: str) -> None:
        while self._nested[tag]:
            left = self._open.pop()
            self._nested[left] -= 1
            if left == tag:
                return

    def _leave_paragraph(self) -> None:
        if self._within == "p":
            self._leave("p")

    def _words(self, words: str) -> None:
        if self._within in LINES:
            self._inline.append(words)
            return
        parts = BLANK.split(words)
        for at, part in enumerate(parts):
            if at:
                self._parted = True
                self._flush(is_parted=True)
            self._inline.append(part)
            self._is_seen = self._is_seen or bool(part.strip())

    def _flush(self, *, is_parted: bool) -> None:
        """End the paragraph that has begun. Within a cell or an item it is one only if it was parted from others."""
        inline, self._inline = "".join(self._inline), []
        is_seen, self._is_seen = self._is_seen, False
        if not inline.strip():
            if inline and self._within not in STRUCTURE:
                self._out.append(" " if self._out and not self._out[-1].endswith((" ", "\n")) else "")
            return
        if self._within in STRUCTURE:
            self._out.append(inline.strip())
            return
        broken = inline.strip().replace("\n", " " if self._within in LINES else "<br>\n")
        if self._within in LINES or (not is_parted and self._within != "p"):
            self._out.append(broken)
        elif is_seen:
            self._out.append(f"<p>{broken}</p>\n")
        else:
            self._out.append(broken)
