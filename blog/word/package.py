"""The zip that a .docx is: opened with bounds, its parts read one by one, nothing written anywhere.

Names of parts and relationships are those of ECMA-376, Part 2 (Open Packaging Conventions). What a relationship leads
to outside the package is never opened, only named.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from blog.word import refusing
from blog.word.refusing import WordFileRefusedError

MOST_ENTRIES = 1_000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_XML = 20 * 1024 * 1024
MOST_RATIO = 250  # Of a whole package; text compresses to a tenth, a bomb to a thousandth
RATIO_MATTERS_FROM = 4 * 1024 * 1024
MOST_ELEMENTS = 300_000
MOST_DEPTH = 150

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "wordprocessingml.document.main+xml"
TEMPLATE = "wordprocessingml.template.main+xml"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict has other addresses for the same names
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMES = (
    ("http://purl.oclc.org/ooxml/officeDocument/", "http://schemas.openxmlformats.org/officeDocument/2006/"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/", "http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    ("http://purl.oclc.org/ooxml/drawingml/", "http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True)
class Relationship:
    """Where a part points: at another part (`target` is its name) or outside (`target` is an address)."""

    kind: str
    target: str
    is_outside: bool


def look_at(content: bytes) -> None:
    """Raise WordFileRefusedError for a file whose first bytes say that it is something else. Opens nothing."""
    if content.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise WordFileRefusedError(refusing.PROTECTED if locked else refusing.OLD_WORD)
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise WordFileRefusedError(refusing.PDF)
    if content.startswith(b"{\\rtf"):
        raise WordFileRefusedError(refusing.RICH_TEXT)
    if not content.startswith(b"PK\x03\x04"):
        raise WordFileRefusedError(refusing.NOT_WORD)


class Package:
    """An opened .docx. `main` is the name of the part with the text."""

    def __init__(self, content: bytes) -> None:
        look_at(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise WordFileRefusedError(refusing.DAMAGED) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._left = MOST_UNPACKED
        self._require_bounds(len(content))
        self.main = self._find_main()

    def read(self, name: str, most: int) -> bytes:
        """Return what a part holds; raise WordFileRefusedError beyond `most` bytes, whatever the zip says of it."""
        try:
            with self._zip.open(self._entries[name]) as part:
                content = part.read(min(most, self._left) + 1)
        except KeyError:
            return b""
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise WordFileRefusedError(refusing.DAMAGED) from error
        except Exception as error:
            # zlib, lzma and bz2 each have an error of their own
            raise WordFileRefusedError(refusing.DAMAGED) from error
        self._left -= len(content)
        if len(content) > most or self._left < 0:
            raise WordFileRefusedError(refusing.TOO_LARGE)
        return content

    def size_of(self, name: str) -> int:
        """Return how large the zip says that a part is; 0 if there is none."""
        return self._entries[name].file_size if name in self._entries else 0

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def xml(self, name: str) -> ET.Element | None:
        """Return a part's tree, or None where there is no such part."""
        return parse(self.read(name, MOST_XML)) if name in self._entries else None

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Return where a part points, by the keys that it uses."""
        folder, base = posixpath.split(name)
        tree = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relationship] = {}
        for row in tree.iter(RELATIONSHIP) if tree is not None else ():
            target, kind = row.get("Target", ""), row.get("Type", "").rpartition("/")[2]
            is_outside = row.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id", "")] = Relationship(kind, target, is_outside)
        return found

    def _require_bounds(self, packed: int) -> None:
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
            raise WordFileRefusedError(refusing.TOO_LARGE)
        if unpacked > RATIO_MATTERS_FROM and unpacked > packed * MOST_RATIO:
            raise WordFileRefusedError(refusing.TOO_LARGE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise WordFileRefusedError(refusing.PROTECTED)
        has_odd_names = any(".." in name.split("/") or "\\" in name or "\0" in name for name in self._entries)
        if len(self._entries) != len(entries) or has_odd_names:
            raise WordFileRefusedError(refusing.DAMAGED)

    def _find_main(self) -> str:
        if b"opendocument" in self.read("mimetype", 1_000):
            raise WordFileRefusedError(refusing.OPEN_DOCUMENT)
        rows = self.relationships("").values()
        main = next((row.target for row in rows if row.kind == "officeDocument"), "")
        types = self.xml("[Content_Types].xml")
        if types is None or not main or not self.has(main):
            raise WordFileRefusedError(refusing.NOT_WORD)
        kind = next((row.get("ContentType", "") for row in types if row.get("PartName", "").lstrip("/") == main), "")
        if "macroenabled" in kind.lower():
            raise WordFileRefusedError(refusing.MACROS)
        if not kind.endswith((MAIN, TEMPLATE)):
            is_office = "spreadsheetml" in kind or "presentationml" in kind
            raise WordFileRefusedError(refusing.OTHER_OFFICE if is_office else refusing.NOT_WORD)
        return main


class _Bounded(ET.TreeBuilder):
    """Builds a tree of bounded size; a document type, with which entities come, is refused before it is read."""

    def __init__(self, *, is_strict: bool) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0
        self._is_strict = is_strict

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise WordFileRefusedError(refusing.DAMAGED)

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MOST_DEPTH or self._elements > MOST_ELEMENTS:
            raise WordFileRefusedError(refusing.TOO_COMPLICATED)
        if self._is_strict:
            tag, attrs = _transitional(tag), {_transitional(name): value for name, value in attrs.items()}
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        self._depth -= 1
        return super().end(_transitional(tag) if self._is_strict else tag)


def parse(content: bytes) -> ET.Element:
    """Return the tree of an XML part, under the names of the transitional format."""
    parser = ET.XMLParser(target=_Bounded(is_strict=STRICT in content))  # noqa: S314  Bounded, and no document type
    try:
        parser.feed(content)
        tree: ET.Element = parser.close()
    except (ET.ParseError, LookupError, ValueError) as error:
        raise WordFileRefusedError(refusing.DAMAGED) from error
    return tree


def _transitional(name: str) -> str:
    for strict, transitional in STRICT_NAMES:
        name = name.replace(strict, transitional)
    return name
