"""Rows out of a database dump, as mysqldump, phpMyAdmin and pg_dump write it. Nothing in it is ever executed.

Of all statements only two mean anything: CREATE TABLE, for the order of columns, and INSERT (or REPLACE), for rows.
Pieces of text are cut by patterns that take time in proportion to their length, and by the longest row in memory.
"""

import codecs
import re
from collections.abc import Callable, Iterator

from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted

CHUNK = 1024 * 1024
MOST_VALUE = 64 * 1024 * 1024  # Characters of one value or one stretch between values
MOST_COLUMNS = 500

STRING = r"""'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'|"[^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+"|`[^`]*+`"""
STRING_AS_IS = r"""'[^']*+(?:''[^']*+)*+'|"[^"]*+(?:""[^"]*+)*+"|`[^`]*+`"""
QUIET = r"\s++|--[^\n]*+\n?|\#[^\n]*+\n?|/\*(?:[^*]|\*(?!/))*+\*/"
WORD = r"[A-Za-z0-9_$.@+:-]++"
TAKES_BACKSLASHES = {True: STRING, False: STRING_AS_IS}

ESCAPED = re.compile(r"\\(.)|''|\"\"|``", re.DOTALL)
MEANINGS = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}
HEX = re.compile(r"0[xX]([0-9A-Fa-f]*)")
NO_COLUMN = {"PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL", "CONSTRAINT", "FOREIGN", "CHECK", "EXCLUDE"}
QUOTES = {"'", '"', "`"}
COPY_ENDS = "\\."
BETWEEN = {"INTO", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "ONLY"}


class CutShortError(SourceError):
    """The dump ends within a statement."""


class Dump:
    """A dump, read from its beginning. `wanted` says by a table's name whether its rows are given."""

    def __init__(self, opened: Counted, *, name: str, wanted: Callable[[str], bool]) -> None:
        self._name, self._wanted = name, wanted
        self._columns: dict[str, list[str]] = {}
        self._text = _Text(opened, name)

    def rows(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        """Give the rows of the tables that are wanted. Raises SourceError; CutShortError behind the last whole row."""
        while (word := self._text.next()) is not None:
            if word == ";":
                continue
            statement = word.upper()
            if statement in {"INSERT", "REPLACE"}:
                yield from self._insert()
            elif statement == "CREATE":
                self._create()
            elif statement == "COPY":
                yield from self._copy()
            else:
                self._text.skip()

    def _create(self) -> None:
        word = self._word()
        while word.upper() in {"TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL"}:
            word = self._word()
        if word.upper() != "TABLE":
            self._text.skip_behind(word)
            return
        word = self._word()
        while word.upper() in {"IF", "NOT", "EXISTS"}:
            word = self._word()
        table, word = self._name_of(word)
        if word == "(" and self._wanted(table):
            self._columns[table], word = self._described()
        self._text.skip_behind(word)

    def _name_of(self, word: str) -> tuple[str, str]:
        """Return a table's name, of which `word` is the first part, without the database's, and the word behind it."""
        after = self._word()
        while after == ".":
            word, after = self._word(), self._word()
        return _plain(_plain(word).rsplit(".", 1)[-1]).lower(), after

    def _described(self) -> tuple[list[str], str]:
        """Return the names of the columns that a table is described by, and the word that was read last."""
        columns: list[str] = []
        depth, is_first, word = 0, True, "("
        while depth >= 0:
            word = self._word()
            if is_first and word.upper() not in NO_COLUMN and word not in {"(", ")", ",", ";"}:
                columns.append(_plain(word).lower())
            is_first = word == "," and depth == 0
            depth += {"(": 1, ")": -1}.get(word, 0)
            if word == ";" or len(columns) > MOST_COLUMNS:
                break
        return columns, word

    def _copy(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        """Give the rows that PostgreSQL copies: a line each, values parted by tabs (COPY, “Text Format”)."""
        table, word = self._name_of(self._word())
        columns: list[str] = []
        while word != ";":
            columns += [] if word in {"(", ")", ","} or word.upper() in {"FROM", "STDIN"} else [_plain(word).lower()]
            word = self._word()
        for line in self._text.lines():
            if self._wanted(table):
                yield table, dict(zip(columns, map(_copied, line.split("\t")), strict=False))

    def _insert(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        word = self._word()
        while word.upper() in BETWEEN:
            word = self._word()
        table, word = self._name_of(word)
        if not self._wanted(table):
            self._text.skip_behind(word)
            return
        columns = self._columns.get(table, [])
        if word == "(":
            columns = []
            while (word := self._word()) not in {")", ";"} and len(columns) < MOST_COLUMNS:
                columns += [] if word == "," else [_plain(word).lower()]
            word = self._word()
        if word.upper() not in {"VALUES", "VALUE"} or not columns:
            self._text.skip_behind(word)
            return
        yield from self._tuples(table, columns)

    def _tuples(self, table: str, columns: list[str]) -> Iterator[tuple[str, dict[str, str | None]]]:
        while (word := self._word()) != ";":
            if word == "(":
                yield table, dict(zip(columns, self._values(), strict=False))
            elif word != ",":  # ON DUPLICATE KEY …
                self._text.skip_behind(word)
                return

    def _values(self) -> list[str | None]:
        """Return the values of a row; of an expression, the last word in it."""
        values: list[str | None] = []
        value: str | None = None
        depth = 0
        while True:
            word = self._word()
            if word == ";" or (word == ")" and not depth):
                return [*values, value]
            if word == "," and not depth:
                values.append(value)
                value = None
                if len(values) > MOST_COLUMNS:
                    raise SourceError(f"“{self._name}” has rows of more than {MOST_COLUMNS} values: it isn't read.")
            elif word in {"(", ")"}:
                depth += 1 if word == "(" else -1
            elif not depth or word[0] in "'0":
                value = self._value(word, value)

    def _value(self, word: str, before: str | None) -> str | None:
        if word[0] in "'\"":
            inner = _unescaped(word, takes_backslashes=self._text.takes_backslashes)
            # X'4D' is written in hexadecimal
            return _from_hex(inner) if before in {"X", "x"} else inner
        if found := HEX.fullmatch(word):
            return _from_hex(found[1])
        return None if word.upper() == "NULL" else word

    def _word(self) -> str:
        word = self._text.next()
        if word is None:
            raise CutShortError(f"“{self._name}” ends within a statement: what stood behind it isn't there.")
        return word


class _Text:
    """The dump as words: names, values, signs. What says nothing is passed over."""

    def __init__(self, opened: Counted, name: str) -> None:
        self._opened, self._name = opened, name
        self._text, self._at, self._is_over = "", 0, False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._more()
        head = self._text[:20_000]
        # In PostgreSQL a backslash within a string is a backslash
        self.takes_backslashes = "PostgreSQL database dump" not in head and "standard_conforming_strings" not in head
        string = TAKES_BACKSLASHES[self.takes_backslashes]
        self._word = re.compile(rf"(?P<quiet>{QUIET})|(?P<word>{string}|{WORD}|[^\s])", re.DOTALL)
        self._skip = re.compile(rf"(?:[^'\"`;]++|{string})*+", re.DOTALL)

    def next(self) -> str | None:
        """Return the next word, or nothing at the end."""
        while True:
            found = self._word.match(self._text, self._at)
            if (found is None or self._is_cut(found)) and self._more():
                continue
            if found is None or found[0] in QUOTES:
                self._at = len(self._text)
                return None
            self._at = found.end()
            if found["quiet"] is None:
                return found[0]

    def lines(self) -> Iterator[str]:
        """Give the lines behind the one that was read from last, until one says that it is the last."""
        self._line()
        while (line := self._line()) is not None and line != COPY_ENDS:
            yield line

    def _line(self) -> str | None:
        while (end := self._text.find("\n", self._at)) < 0:
            if not self._more():
                return None
        line, self._at = self._text[self._at : end], end + 1
        return line.removesuffix("\r")

    def skip(self) -> None:
        """Pass over what is left of a statement, with the semicolon at its end."""
        while True:
            found = self._skip.match(self._text, self._at)
            end = found.end() if found else self._at
            if end < len(self._text) and self._text[end] == ";":
                self._at = end + 1
                return
            if end < len(self._text) and len(self._text) - end > MOST_VALUE:
                raise SourceError(f"“{self._name}” has a quotation mark that is never closed: it isn't read.")
            self._at = end
            if not self._more():
                self._at = len(self._text)
                return

    def skip_behind(self, word: str) -> None:
        """Pass over what is left of a statement behind a word of it that was read."""
        if word != ";":
            self.skip()

    def _is_cut(self, found: re.Match[str]) -> bool:
        """Whether a word may go on in what isn't read yet."""
        return not self._is_over and (found.end() >= len(self._text) - 1 or found[0] in "'\"`/" or found[0] == "-")

    def _more(self) -> bool:
        """Read on; as much again as is waiting, so that a long value is looked through a few times alone."""
        if self._is_over:
            return False
        waiting = len(self._text) - self._at
        if waiting > MOST_VALUE:
            raise SourceError(f"“{self._name}” has a quotation mark that is never closed: it isn't read.")
        raw = self._opened.read(max(CHUNK, waiting))
        self._is_over = not raw
        self._text = self._text[self._at :] + self._decoder.decode(raw, final=self._is_over)
        self._at = 0
        return True


def _plain(word: str) -> str:
    """Return a name without its quotation marks, or a database's name before it."""
    return word.strip("`\"'[]")


def _copied(value: str) -> str | None:
    if "\\" not in value:
        return value
    return (
        None
        if value == "\\N"
        else ESCAPED.sub(lambda sign: MEANINGS.get(sign[1], sign[1]) if sign[1] else sign[0], value)
    )


def _unescaped(word: str, *, takes_backslashes: bool) -> str:
    inner = word[1:-1]
    if takes_backslashes and "\\" in inner:
        doubled = word[0] * 2
        return ESCAPED.sub(
            lambda sign: MEANINGS.get(sign[1], sign[1]) if sign[1] else (word[0] if sign[0] == doubled else sign[0]),
            inner,
        )
    return inner.replace(word[0] * 2, word[0])


def _from_hex(digits: str) -> str:
    try:
        return bytes.fromhex(digits).decode("utf-8", "replace")
    except ValueError:
        return ""
