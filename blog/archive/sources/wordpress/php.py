"""PHP's own notation for values (`serialize`) → plain ones, as far as particulars of attachments need it.

Read, never run: objects and references are refused, and depth, number and length are bounded. See the PHP manual,
“serialize”, and `_wp_attachment_metadata` in WordPress's `wp_generate_attachment_metadata`.
"""

import re
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | dict[int | str, Value] | None"

MOST_LENGTH = 1_000_000  # Bytes
MOST_VALUES = 20_000
MOST_DEPTH = 12
SIMPLE = re.compile(
    rb"(?:N|b:[01]|i:-?\d{1,19}|d:[-+.0-9eEINFA]{1,400});"
)  # PHP writes numbers to a hundred places if told to
STRING = re.compile(rb's:(\d{1,7}):"')
ARRAY = re.compile(rb"a:(\d{1,5}):\{")


class PhpError(ValueError):
    """This isn't PHP's notation, or more of it than anybody needs."""


def read(text: str) -> Value:
    """Return the value that `text` writes. Lists come as dictionaries by number. Raises PhpError."""
    if len(text) > MOST_LENGTH:
        raise PhpError("It is too long.")
    notation = text.strip().encode("utf-8", "replace")
    value, end = _Reader(notation).value(0, 0)
    if end != len(notation):
        raise PhpError("Something stands behind its end.")
    return value


class _Reader:
    def __init__(self, notation: bytes) -> None:
        self._notation = notation
        self._count = 0

    def value(self, at: int, depth: int) -> tuple[Value, int]:
        self._count += 1
        if self._count > MOST_VALUES or depth > MOST_DEPTH:
            raise PhpError("It holds too much.")
        if found := SIMPLE.match(self._notation, at):
            return _simple(found[0]), found.end()
        if found := STRING.match(self._notation, at):
            return self._string(found.end(), int(found[1]))
        if found := ARRAY.match(self._notation, at):
            return self._array(found.end(), int(found[1]), depth)
        raise PhpError("It holds an object or something else that is no plain value.")

    def _string(self, at: int, length: int) -> tuple[str, int]:
        end = at + length
        if self._notation[end : end + 2] != b'";':
            # The length no longer fits once somebody has replaced the blog's address or its encoding in a dump
            end = self._notation.find(b'";', at)
            if end < 0:
                raise PhpError("A text in it has no end.")
        return self._notation[at:end].decode("utf-8", "replace"), end + 2

    def _array(self, at: int, length: int, depth: int) -> tuple[Value, int]:
        values: dict[int | str, Value] = {}
        for _ in range(length):
            key, at = self.value(at, depth + 1)
            if isinstance(key, bool) or not isinstance(key, int | str):
                raise PhpError("A key in it is no number or text.")
            values[key], at = self.value(at, depth + 1)
        if self._notation[at : at + 1] != b"}":
            raise PhpError("A list in it has no end.")
        return values, at + 1


def _simple(notation: bytes) -> Value:
    kind, _, rest = notation[:-1].decode().partition(":")
    if kind == "N":
        return None
    if kind == "b":
        return rest == "1"
    try:
        return int(rest) if kind == "i" else float(rest)
    except ValueError:
        raise PhpError("A number in it is none.") from None
