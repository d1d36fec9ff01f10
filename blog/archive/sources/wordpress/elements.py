"""One fragment of an export → its fields.

Nothing outside a fragment is known to the parser, so that no entity can be declared, and prefixes need no declaration.
What real exports get wrong is put right first: characters that XML 1.0 forbids (2.2), bytes that are not UTF-8, names
of entities that only HTML has. What can't be parsed even then is parsed by lxml, which takes what it finds.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from lxml import etree

from blog.archive.sources.wordpress.scanning import Fragment

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NUMBERED = re.compile(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,9});")
NOT_XML = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});)")
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
ROWS: Final = {"wp:postmeta", "wp:termmeta", "wp:comment"}
# Have parts of their own, which nobody needs
OF_COMMENTS: Final = {"wp:commentmeta"}
# A text whose own `]]>` was not taken apart, as before WordPress 2.8
TORN = re.compile(
    r"<(title|content:encoded|excerpt:encoded|wp:meta_value|wp:comment_content)>\s*<!\[CDATA\["
    r"((?:(?!<\1>).)*?)\]\]>\s*</\1>",
    re.DOTALL,
)
PREFIXES = "".join(f' xmlns:{name}="x:{name}"' for name in ("wp", "dc", "content", "excerpt", "wfw", "media", "slash"))
MOST_ROWS = 100_000  # Comments of one item
MOST_META = 5_000  # Different particulars of one item, and as many of each
MOST_TERMS = 20_000
MOST_FIELDS = 500


@dataclass(frozen=True)
class Term:
    """A term on an item, as `<category domain="…" nicename="…">` says it."""

    taxonomy: str
    slug: str
    name: str


@dataclass
class Element:
    """What a fragment says. `is_mended` if it was not well-formed and something of it may be missing."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: list[dict[str, str]] = field(default_factory=list)
    is_mended: bool = False
    is_reencoded: bool = False
    is_cut: bool = False  # It held more comments, terms or particulars than are read

    def get(self, name: str) -> str:
        """Return a field, without spaces around it; nothing if there is none."""
        return self.fields.get(name, "").strip()

    def text(self, name: str) -> str:
        """Return a field as it stands."""
        return self.fields.get(name, "")

    def one(self, key: str) -> str:
        """Return the first particular of that key (`wp:postmeta`), or nothing."""
        return next(iter(self.meta.get(key, [])), "").strip()

    @property
    def key(self) -> str:
        """Return the number that WordPress gave it."""
        return self.get("wp:post_id")


def read(fragment: Fragment) -> Element:
    """Return what a fragment says. Never raises: what can't be read is missing."""
    text, is_reencoded = _decoded(fragment.text)
    text = FORBIDDEN.sub("", text)
    if "&#" in text:
        text = NUMBERED.sub(_allowed, text)
    element = _strictly(fragment.name, text)
    if not element:
        text = TORN.sub(_whole, text)
        element = _strictly(fragment.name, _without_html_entities(text))
    if not element:
        element = _leniently(fragment.name, text)
    element.is_reencoded = is_reencoded
    element.terms = _tidied(element.terms)
    return element


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as what they mostly are: text of old databases in Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("wordpress_export", _windows_1252)


def _decoded(text: bytes) -> tuple[str, bool]:
    try:
        return text.decode(), False
    except UnicodeDecodeError:
        return text.decode("utf-8", "wordpress_export"), True


def _tidied(terms: list[Term]) -> list[Term]:
    """Return terms as WordPress says them since 3.0: before, tags were `tag`, and each came without a slug too."""
    named = {(term.taxonomy, term.name) for term in terms if term.slug}
    tidied = []
    for term in terms:
        taxonomy = {"tag": "post_tag"}.get(term.taxonomy, term.taxonomy)
        if term.slug:
            tidied.append(Term(taxonomy, term.slug, term.name))
        elif term.name and (term.taxonomy, term.name) not in named:
            tidied.append(Term(taxonomy, "-".join(term.name.lower().split()), term.name))
    return tidied


def _allowed(reference: re.Match[str]) -> str:
    """Return a reference to a character as it stands, or nothing where XML and HTML forbid the character."""
    number = int(reference[1][1:], 16) if reference[1][0] == "x" else int(reference[1])
    is_character = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return reference[0] if is_character and number not in {0xFFFE, 0xFFFF} else ""


def _whole(torn: re.Match[str]) -> str:
    """Return a text in CDATA from its beginning to its end."""
    words = torn[2].replace("]]]]><![CDATA[>", "]]>").replace("]]>", "]]]]><![CDATA[>")
    return f"<{torn[1]}><![CDATA[{words}]]></{torn[1]}>"


def _without_html_entities(text: str) -> str:
    """Return a fragment in which `&nbsp;` and lone ampersands outside CDATA are text, to be read as HTML later."""
    parts = CDATA.split(text)
    parts[::2] = [NOT_XML.sub("&amp;", part) for part in parts[::2]]
    return "".join(parts)


def _strictly(name: str, text: str) -> Element | None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65_536
    gathering = _Gathering(name)
    parser.StartElementHandler = gathering.start
    parser.EndElementHandler = gathering.end
    parser.CharacterDataHandler = gathering.text
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError):
        return None
    return gathering.element


def _leniently(name: str, text: str) -> Element:
    gathering = _Gathering(name)
    gathering.element.is_mended = True
    parser = etree.XMLParser(
        target=_Named(gathering), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        parser.feed(f"<x{PREFIXES}>{_without_html_entities(text)}</x>")
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        pass  # What came before it is there
    return gathering.element


class _Gathering:
    """Puts an element together from what a parser finds."""

    def __init__(self, name: str) -> None:
        self.element = Element(name)
        self._depth = 0
        self._row: dict[str, str] = {}
        self._row_name = ""
        self._field = ""  # The one that words go to
        self._attributes: dict[str, str] = {}
        self._words: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:
            self._attributes = attributes
            self._row_name = name if name in ROWS else ""
            self._row = {}
        if self._depth == 2 or (self._depth == 3 and self._row_name):
            self._field = name
            self._words = []
        elif self._depth > 2 and self._field not in OF_COMMENTS:
            # HTML that should have stood as text: its words are kept, its marks are gone
            self.element.is_mended = True

    def text(self, words: str) -> None:
        if self._field not in OF_COMMENTS:
            self._words.append(words)

    def end(self, name: str) -> None:
        if self._depth == 3 and self._row_name:
            if len(self._row) < MOST_FIELDS:
                self._row.setdefault(name, "".join(self._words))
            self._words = []
        elif self._depth == 2:
            self._close(name, "".join(self._words))
        self._depth -= 1

    def _close(self, name: str, words: str) -> None:
        element = self.element
        if name == "wp:comment":
            if self._has_room(len(element.comments), MOST_ROWS):
                element.comments.append(self._row)
        elif name in ROWS:
            self._particular(self._row.get("wp:meta_key", ""), self._row.get("wp:meta_value", ""))
        elif name == "category":
            if self._has_room(len(element.terms), MOST_TERMS):
                domain = self._attributes.get("domain", "category")
                element.terms.append(Term(domain, self._attributes.get("nicename", ""), words.strip()))
        elif self._has_room(len(element.fields), MOST_FIELDS):
            element.fields.setdefault(name, words)

    def _particular(self, key: str, value: str) -> None:
        meta = self.element.meta
        if key in meta or self._has_room(len(meta), MOST_META):
            values = meta.setdefault(key, [])
            if self._has_room(len(values), MOST_META):
                values.append(value)

    def _has_room(self, count: int, most: int) -> bool:
        self.element.is_cut = self.element.is_cut or count >= most
        return count < most


class _Named:
    """What lxml tells, as expat would: names with prefixes, and without the element around the fragment."""

    def __init__(self, gathering: _Gathering) -> None:
        self._gathering = gathering
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            self._gathering.start(_prefixed(name), dict(attributes))

    def end(self, name: str) -> None:
        if self._depth > 1:
            self._gathering.end(_prefixed(name))
        self._depth -= 1

    def data(self, words: str) -> None:
        self._gathering.text(words)

    def close(self) -> None:
        pass


def _prefixed(name: str) -> str:
    return name[3:].replace("}", ":") if name.startswith("{x:") else name
