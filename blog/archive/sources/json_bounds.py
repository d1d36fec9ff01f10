"""JSON looked at before a parser gets it: how deep it nests, and how long a text in it is.

A parser in C reads a portion at once, with the whole place of each thing in it: a megabyte of nothing but opening
brackets would take gigabytes. And it begins a text anew with each portion, so an endless one would take for ever.
"""

import re

from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted

MOST_DEPTH = 100
MOST_TEXT = 64 * 1024**2  # Bytes between two quotation marks
KEPT = b'"[]{}'
OTHERS = bytes(set(range(256)) - set(KEPT))
A_TEXT = re.compile(rb'"[^"]*(?:"|\Z)')


class Bounded:
    """A file to be read in portions. Reading raises SourceError where its JSON goes beyond the bounds."""

    def __init__(self, opened: Counted, *, name: str) -> None:
        self._opened, self._name = opened, name
        self._depth = self._length = 0
        self._is_in_text = self._is_escaped = False

    def read(self, size: int = -1, /) -> bytes:
        """Return the next portion as it is."""
        portion = self._opened.read(size)
        self._look(portion)
        return portion

    def _look(self, portion: bytes) -> None:
        signs = self._signs(portion)
        self._length = self._length + len(portion) if self._is_in_text and b'"' not in signs else 0
        if self._length > MOST_TEXT:
            raise SourceError(f"“{self._name}” holds a text of more than {MOST_TEXT // 1024**2} MB: it isn't read.")
        signs = b'"' + signs if self._is_in_text else signs
        self._is_in_text = signs.count(b'"') % 2 == 1
        self._go_into(A_TEXT.sub(b"", signs))

    def _signs(self, portion: bytes) -> bytes:
        """Return the quotation marks and brackets of a portion, without the marks that a backslash stands before."""
        written = b"\\" + portion if self._is_escaped else portion
        written = written.replace(b"\\\\", b"")
        self._is_escaped = written.endswith(b"\\")
        return written.replace(b'\\"', b"").translate(None, OTHERS)

    def _go_into(self, brackets: bytes) -> None:
        """Take pairs away from the innermost outwards: what is left after so many times is too deep."""
        for _level in range(MOST_DEPTH + 1):
            before = len(brackets)
            brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
            if len(brackets) == before:
                break
        else:
            raise self._too_deep()
        opened = brackets.count(b"[") + brackets.count(b"{")
        closed = len(brackets) - opened
        if max(0, self._depth - closed) + opened > MOST_DEPTH:
            raise self._too_deep()
        self._depth = max(0, self._depth - closed) + opened

    def _too_deep(self) -> SourceError:
        return SourceError(f"“{self._name}” has lists within lists, deeper than an export has: it isn't read.")
