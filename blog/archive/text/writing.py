"""Writes a text in the house's vocabulary: paragraphs put right, marks closed and opened anew around them.

A part is a piece of finished HTML with its kind: a paragraph that was said to be one, a loose line that nobody called a
paragraph, or a block (heading, list, table, figure). What holds parts decides how they stand in it.
"""

import re
from html import escape as _escape
from typing import Literal, NamedTuple

from blog.prose import CONTROLS, clean_text

SPACES = re.compile("[ \t\n\r\f\xa0]+")
LINE_OR_RUN = re.compile("[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
LINE_END = re.compile("[\u2028\u2029]")  # From word processors
SPECIAL = re.compile("[&<>\xa0]")
EDGES = " \t\n\r\f\xa0"
# What is there, but nobody sees it
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
RUNS_ON = re.compile(r"</(strong|em)>((?:<br>|\n)[ \t\n]*)<\1>")
FIRST_LINES = re.compile(r"^(?:[ \t]*\n)+")


class Part(NamedTuple):
    """A piece of finished HTML."""

    kind: Literal["paragraph", "loose", "block"]
    html: str


class Mark:
    """An inline element that is open. Each is itself; only strong and emphasised words run together."""

    def __init__(self, tag: str, attributes: str = "", address: str = "") -> None:
        self.tag = tag
        self.opening = f"<{tag}{attributes}>"
        self.closing = f"</{tag}>"
        self.address = address

    def runs_on(self, other: "Mark") -> bool:
        """Whether what stands in this one may go on in the other."""
        return self is other or (self.tag == other.tag and self.tag in {"strong", "em"})


def escape(text: str) -> str:
    """Return text as the house's sanitiser writes it: what was hidden in character references is cleaned too."""
    if not text.isascii() or "\x7f" in text:
        # A stroke for crossing out would compose with the end of the tag before it (≯)
        text = clean_text(f"|{text}|")[1:-1].lstrip("\u0338")
    return _escape(text, quote=False).replace("\xa0", "&nbsp;") if SPECIAL.search(text) else text


def attribute(name: str, value: str) -> str:
    """Return an attribute as the house's sanitiser writes it, with a space before it."""
    return f' {name}="{escape(value).replace(chr(34), "&quot;")}"'


class Writer:
    """Takes words, marks and blocks in their order; gives parts."""

    def __init__(self, marks: list[Mark] | None = None, *, is_pre: bool = False) -> None:
        self.parts: list[Part] = []
        self.marks: list[Mark] = list(marks or ())
        self.is_paragraph = False
        self.has_words = False  # In the line that is being written
        self._is_pre = is_pre
        self._line: list[str] = []
        self._open: list[Mark] = []
        self._waiting = ""  # White space that is written only if more follows
        self._breaks = 0
        self._after: list[Part] = []

    def text(self, text: str) -> None:
        """Write words. White space is as a browser shows it."""
        if self._is_pre:
            self._text_as_it_is(text)
            return
        if LINE_END.search(text):
            first, *others = LINE_END.split(text)
            self.text(first)
            for line in others:
                self.line_break()
                self.text(CONTROLS.sub("", line))
            return
        words = text.strip(EDGES)
        if not words:
            self._wait(text)
            return
        if text[0] in EDGES:
            self._wait(text[: len(text) - len(text.lstrip(EDGES))])
        self._write(escape(LINE_OR_RUN.sub(" ", words)), is_seen=bool(words.strip(UNSEEN).strip()))
        if text[-1] in EDGES:
            self._wait(text[len(text.rstrip(EDGES)) :])

    def inline(self, html: str) -> None:
        """Write something that stands in a line as a word does."""
        self._write(html, is_seen=True)

    def line_break(self) -> None:
        """Go to a new line; twice, to a new paragraph."""
        if self._is_pre:
            self._waiting += "\n"
        elif self._line:
            self._breaks += 1
            self._waiting = ""

    @property
    def is_at_start(self) -> bool:
        """Whether nothing stands in this line yet."""
        return not self.has_words or self._breaks > 0

    def end(self) -> None:
        """End the line or paragraph that is being written, if there is one."""
        if self._line:
            self._close_to(0)
            if self.has_words:
                self.parts.append(Part("paragraph" if self.is_paragraph else "loose", "".join(self._line)))
            self._line = []
        self.has_words, self._waiting, self._breaks = False, "", 0
        if self._after:
            self.parts += self._after
            self._after = []

    def block(self, html: str) -> None:
        """Write a block that is finished."""
        self.end()
        self.parts.append(Part("block", html))

    def paragraph(self, html: str) -> None:
        """Write a paragraph that is finished."""
        self.end()
        self.parts.append(Part("paragraph", html))

    def add(self, parts: list[Part]) -> None:
        """Write parts that are finished."""
        self.end()
        self.parts += parts

    def later(self, parts: list[Part]) -> None:
        """Write parts behind the line that is being written, whose words are apart where they stood."""
        if not self._is_pre:
            self._wait(" ")
        self._after += parts

    def _text_as_it_is(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        words = text.strip(" \t\n")
        if not words:
            self._waiting += text
            return
        start = text.index(words[0])
        self._waiting += text[:start]
        if not self._line:
            self._waiting = FIRST_LINES.sub("", self._waiting)
        self._write(escape(words), is_seen=bool(words.strip(UNSEEN).strip()))
        self._waiting = text[start + len(words) :]

    def _wait(self, spaces: str) -> None:
        if not spaces:
            return
        self._waiting = "\xa0" if spaces == "\xa0" and not self._waiting else " "

    def _write(self, html: str, *, is_seen: bool) -> None:
        if self._breaks > 1:
            self.end()
        common = 0
        for ours, theirs in zip(self._open, self.marks, strict=False):
            if not ours.runs_on(theirs):
                break
            common += 1
        self._close_to(common)
        if self._breaks:
            self._line.append("<br>")
            self._breaks, self._waiting = 0, ""
        if self._waiting:
            if self._line or self._is_pre:
                self._line.append(escape(self._waiting))
            self._waiting = ""
        for mark in self.marks[common:]:
            self._line.append(mark.opening)
            self._open.append(mark)
        self._line.append(html)
        self.has_words = self.has_words or is_seen

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._line.append(self._open.pop().closing)


def as_blocks(parts: list[Part]) -> str:
    """Return parts as a text or a quotation holds them: each line is a paragraph."""
    return "".join(part.html if part.kind == "block" else f"<p>{part.html}</p>" for part in parts)


def as_item(parts: list[Part]) -> str:
    """Return parts as an item of a list or a cell holds them: a line by itself needs no paragraph around it."""
    is_line = len(parts) == 1 and parts[0].kind == "loose"
    return parts[0].html if is_line else as_blocks(parts)


def as_line(parts: list[Part], between: str = "<br>") -> tuple[str, list[Part]]:
    """Return the lines among parts as one, and the blocks, which can't stand in it."""
    line = between.join(part.html for part in parts if part.kind != "block")
    joined = ""
    while joined != line:  # Marks that run on do so over the end of a line, from the inner to the outer
        joined, line = line, RUNS_ON.sub(r"\2", line)
    return line, [part for part in parts if part.kind == "block"]
