"""A WordPress export, as bytes → its fragments: one item, author, category, tag or term each.

Cut by their tags rather than parsed as one document, so that a damaged item costs no more than itself, and memory is
what the largest one takes. What no export holds, declarations of entities, ends the reading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blog.archive.sources.base import SourceError
from blog.archive.sources.wordpress.volumes import Readable

CHUNK = 256 * 1024
MOST_BYTES = 16 * 1024 * 1024  # Of one fragment
MOST_LOOSE = 256 * 1024  # Of what stands around the fragments: the name of the blog and the like
HEAD_KEPT = 64 * 1024  # Of a fragment that is too large, so that it can be named
LONGEST_MARK = 32
OPENING = re.compile(
    rb"<(item|wp:author|wp:category|wp:tag|wp:term|wlg:moved)(?=[\s>/])|<!\[CDATA\[|<!--|<!ENTITY|<!DOCTYPE"
)
ALONE = re.compile(rb"[^<>]*/>")
ENDS_OF = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}


@dataclass(frozen=True)
class Fragment:
    """A part of an export. If it is too large or the file ends in it, `text` is only its beginning."""

    name: str
    text: bytes
    size: int
    is_too_large: bool = False
    is_cut_off: bool = False


class Scanner:
    """Cuts a stream into fragments. `loose` is what stood around them, `is_whole` whether the end was there."""

    def __init__(self, stream: Readable) -> None:
        self.loose = bytearray()
        self.is_whole = False
        self.offset = 0  # Bytes that have left the buffer
        self._stream = stream
        self._buffer = bytearray()
        self._at = 0  # Up to where the buffer has been looked through
        self._is_done = False
        self._head = b""  # Of the present fragment, if it is too large
        self._dropped = 0  # How many bytes of it are gone already

    def fragments(self) -> Iterator[Fragment]:
        """Give the fragments in order. Raises SourceError on a declaration of entities."""
        while True:
            found = OPENING.search(self._buffer, self._at)
            if not found:
                self._give_up(max(self._at, len(self._buffer) - (0 if self._is_done else LONGEST_MARK)))
                if not self._read():
                    break
                continue
            # Asked for before the buffer changes, for a match reads from it when it is asked
            start, end, mark, name = found.start(), found.end(), bytes(found[0]), found[1]
            if name:
                self._give_up(start)
                self._at = end - start
                yield self._fragment(bytes(name))
            elif mark in ENDS_OF:
                self._at = end
                self._skip(ENDS_OF[mark])
            else:
                self._declaration(start)
        self._give_up(len(self._buffer))

    @property
    def position(self) -> int:
        """How many bytes of the file have been cut."""
        return self.offset + self._at

    def _fragment(self, name: bytes) -> Fragment:
        self._head, self._dropped = b"", 0
        if alone := ALONE.match(self._buffer, self._at):
            return self._cut(name, alone.end())
        ends = re.compile(rb"</" + name + rb"\s*>|<!\[CDATA\[")
        while True:
            found = ends.search(self._buffer, self._at)
            if found and not found[0].startswith(b"<!"):
                return self._cut(name, found.end())
            if found:
                self._at = found.end()
                self._skip(b"]]>", is_within=True)
            else:
                self._at = max(self._at, len(self._buffer) - LONGEST_MARK)
                if not self._read():
                    return self._cut(name, len(self._buffer), is_cut_off=True)
                self._spill()

    def _cut(self, name: bytes, end: int, *, is_cut_off: bool = False) -> Fragment:
        text = self._head or bytes(self._buffer[:end])
        self._forget(end)
        return Fragment(name.decode(), text, self._dropped + end, bool(self._head), is_cut_off)

    def _skip(self, mark: bytes, *, is_within: bool = False) -> None:
        """Go on to behind the next `mark`, or to the end of the file."""
        while (end := self._buffer.find(mark, self._at)) < 0:
            self._at = max(self._at, len(self._buffer) - len(mark) + 1)
            if is_within:
                self._spill()
            else:
                self._give_up(self._at)
            if not self._read():
                self._at = len(self._buffer)
                return
        self._at = end + len(mark)

    def _spill(self) -> None:
        """Of a fragment that is too large, keep the beginning alone, to name it by."""
        if len(self._buffer) > MOST_BYTES or self._head:
            self._head = self._head or bytes(self._buffer[:HEAD_KEPT])
            self._dropped += self._at
            self._forget(self._at)

    def _declaration(self, start: int) -> None:
        """Pass over a DOCTYPE that declares nothing; refuse any other."""
        while not (end := re.compile(rb"[>\[]").search(self._buffer, start + 2)):
            if not self._read():
                self._at = len(self._buffer)
                return
        if self._buffer[start : start + 8] == b"<!ENTITY" or end[0] == b"[":
            raise SourceError(
                "This file declares entities of its own, which no WordPress export does; it is not read, since such "
                "declarations are used to attack programs. Export the blog again from its own admin pages."
            )
        self._at = end.end()

    def _give_up(self, end: int) -> None:
        """Take what stands before `end` out of the buffer, as text around the fragments."""
        room = MOST_LOOSE - len(self.loose)
        text = self._buffer[:end]
        self.loose += text[: max(room, 0)]
        self.is_whole = self.is_whole or b"</channel" in text or b"</rss" in text
        self._forget(end)

    def _forget(self, end: int) -> None:
        del self._buffer[:end]
        self.offset += end
        self._at = max(self._at - end, 0)

    def _read(self) -> bool:
        chunk = self._stream.read(CHUNK)
        self._buffer += chunk
        self._is_done = not chunk
        return bool(chunk)
