"""Shortcodes, such as `[caption]` and `[youtube …]`: found in a text and replaced by what they mean.

Those that mean nothing here stay as they were typed, and the report names them; those that show what only WordPress can
make (forms, lists of the newest pieces) go, and the report says so. See `get_shortcode_regex` and
`shortcode_parse_atts` in WordPress for how they are written; `[[so]]` is one that isn't meant.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from blog.archive.records import Weight
from blog.archive.sources.wordpress.body.context import Context

SHORTCODE = re.compile(r"\[(\[?)([A-Za-z][\w-]{0,60})(?![\w-])([^\[\]]{0,4000})\](\]?)")
CLOSING = re.compile(r"\[/([A-Za-z][\w-]{0,60})\]")
ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)"""
)
WISHES = re.compile(r"\s*(?:[\w-]*\s*=|['\"]|$)")  # What stands behind the name of a shortcode around code, if anything
QUOTES = {ord(quote): '"' for quote in "“”„″«»"} | {ord(quote): "'" for quote in "‘’′"} | {0xA0: " "}
MOST_DEPTH = 5
# No pattern here or beside looks further than to the next beginning of the same, so that none takes the square of the
# text's length. Text in these is shown as it is typed. NUL stands in no text that was read, so it can
# stand for one that was taken out
VERBATIM = re.compile(r"<(pre|code|script|style|textarea)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAKEN_OUT = re.compile("\x00([0-9]+)\x00")


@dataclass(frozen=True)
class Shortcode:
    """One as it stands in a text. `listed` are its attributes without a name; `typed` is all of it."""

    name: str
    named: dict[str, str]
    listed: tuple[str, ...]
    content: str
    typed: str

    def address(self, *names: str) -> str:
        """Return the first address of the web in its attributes of these names, those without a name, its content."""
        for value in (*(self.named.get(name, "") for name in names), *self.listed, self.content.strip()):
            address = html.unescape(value.strip().removeprefix("="))
            if re.fullmatch(r"https?://[^\s<>\"]{3,1900}", address):
                return address
        return ""


Meaning: TypeAlias = Callable[[Shortcode, Context], "str | None"]  # Nothing: it stays as it was typed


@dataclass(frozen=True)
class Vocabulary:
    """What shortcodes mean, by name. `around` are those that stand around something, `raw` such around text as it is.

    `gone` are those that show what only WordPress can make, with what that is.
    """

    meanings: dict[str, Meaning]
    around: frozenset[str]
    raw: frozenset[str]
    gone: dict[str, str]
    alike: tuple[tuple[re.Pattern[str], str], ...] = ()  # Names that mean what another does

    def known_as(self, name: str) -> str:
        """Return the name under which a shortcode is known here, or its own."""
        if name in self.meanings or name in self.gone:
            return name
        return next((known for pattern, known in self.alike if pattern.fullmatch(name)), name)


class Verbatim:
    """Parts of a text that nothing is to be done to, taken out and put back."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def take_out(self, part: str) -> str:
        """Keep a part. Returns what stands for it."""
        self._parts.append(part)
        return f"\x00{len(self._parts) - 1}\x00"

    def put_back(self, text: str) -> str:
        """Return a text with its parts again."""
        for _ in range(MOST_DEPTH):
            if "\x00" not in text:
                break
            text = TAKEN_OUT.sub(lambda number: self._part(number[1]), text)
        return text.replace("\x00", "")

    def _part(self, number: str) -> str:
        """Return a part by its number; nothing for one that a text has made up."""
        return self._parts[int(number)] if len(number) < 8 and int(number) < len(self._parts) else ""


def expand(
    text: str,
    vocabulary: Vocabulary,
    context: Context,
    *,
    verbatim: Verbatim,
    before: Callable[[str, Context], str] = lambda text, _context: text,
) -> str:
    """Return a text with what its shortcodes mean. Takes time in proportion to its length.

    `before` is done to it once what is shown as it was typed has been taken out.
    """
    if "[" not in text:
        return VERBATIM.sub(lambda part: verbatim.take_out(part[0]), text)
    text = _Expanding(vocabulary, context, verbatim, raw_only=True).run(text, 0)
    text = VERBATIM.sub(lambda part: verbatim.take_out(_unescaped(part[0], vocabulary)), text)
    return _Expanding(vocabulary, context, verbatim).run(before(text, context), 0)


class _Expanding:
    def __init__(self, vocabulary: Vocabulary, context: Context, verbatim: Verbatim, *, raw_only: bool = False) -> None:
        self._vocabulary = vocabulary
        self._context = context
        self._verbatim = verbatim
        self._raw_only = raw_only
        self._unclosed: set[str] = set()  # Names of which no end comes any more

    def run(self, text: str, depth: int) -> str:
        closings = {found[1].lower() for found in CLOSING.finditer(text)}
        out: list[str] = []
        at = 0
        while found := SHORTCODE.search(text, at):
            out.append(text[at : found.start()])
            replaced, at = self._replaced(text, found, closings, depth)
            out.append(replaced)
        return "".join([*out, text[at:]])

    def _replaced(self, text: str, found: re.Match[str], closings: set[str], depth: int) -> tuple[str, int]:
        typed = found[2].lower()
        vocabulary = self._vocabulary
        name = vocabulary.known_as(typed)
        is_raw = name in vocabulary.raw
        if (self._raw_only and not is_raw) or (is_raw and not (typed in closings and WISHES.match(found[3]))):
            return found[0], found.end()  # Not now, or words in brackets, such as [code review]
        is_known = name in vocabulary.meanings or name in vocabulary.gone
        if found[1] and found[4]:
            return (found[0] if self._raw_only or not is_known else found[0][1:-1]), found.end()
        # A bracket on one side alone is one of the text
        before, after = found[1], found[4]
        end = found.end() - len(after)
        if not is_known:
            self._name_unknown(name, found[3], closings)
            return found[0], found.end()
        content, end = self._content(text, typed, found[3], end, closings)
        if name in vocabulary.gone:
            self._context.lose(vocabulary.gone[name], f"[{name}] shows what only WordPress can make.")
            return before, end
        if content and not is_raw and depth < MOST_DEPTH:
            content = _Expanding(vocabulary, self._context, self._verbatim).run(content, depth + 1)
        named, listed = attributes(found[3])
        whole = text[found.start() + len(before) : end]
        shortcode = Shortcode(typed if is_raw else name, named, listed, content, whole)
        meaning = vocabulary.meanings[name](shortcode, self._context)
        if meaning is None:
            why = f"What [{typed}] shows can't be told from how it is written; it stays as it was typed."
            self._context.lose("shortcode", why, Weight.CHANGED)
            return text[found.start() : end], end
        if is_raw:
            taken = self._verbatim.take_out(meaning)
            meaning = f"\n\n{taken}\n\n" if meaning.startswith("<pre") else taken
        return before + meaning, end

    def _content(self, text: str, name: str, attributes: str, end: int, closings: set[str]) -> tuple[str, int]:
        known = self._vocabulary.known_as(name)
        is_around = known in self._vocabulary.around or known in self._vocabulary.gone
        if not is_around or name not in closings or name in self._unclosed or attributes.rstrip().endswith("/"):
            return "", end
        closing = re.compile(re.escape(f"[/{name}]"), re.IGNORECASE).search(text, end)
        if not closing:
            self._unclosed.add(name)
            return "", end
        return text[end : closing.start()], closing.end()

    def _name_unknown(self, name: str, rest: str, closings: set[str]) -> None:
        """Put into the report what looks like a shortcode rather than like words in brackets."""
        if not self._raw_only and (name in closings or re.match(r"\s+[\w-]+\s*=\s*\S", rest)):
            why = f"[{name}] means nothing here; it stays in the text as it was typed."
            self._context.lose("shortcode", why, Weight.CHANGED)


def attributes(written: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the attributes of a shortcode: those with names, and those without."""
    written = html.unescape(written).translate(QUOTES) if not written.isascii() or "&" in written else written
    named: dict[str, str] = {}
    listed: list[str] = []
    rest = written.strip()
    if rest.startswith("="):
        return named, (rest[1:].strip(" '\""),)
    for found in ATTRIBUTE.finditer(rest.removesuffix("/")):
        name = found[1] or found[3] or found[5]
        if name:
            named.setdefault(name.lower(), found[2] or found[4] or found[6] or "")
        else:
            listed.append(found[7] or found[8] or found[9] or "")
    return named, tuple(listed)


def _unescaped(text: str, vocabulary: Vocabulary) -> str:
    """Return text in which shortcodes that aren't meant have lost their outer brackets."""
    return SHORTCODE.sub(
        lambda found: found[0][1:-1] if found[1] and found[4] and found[2].lower() in vocabulary.meanings else found[0],
        text,
    )
