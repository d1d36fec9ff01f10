"""What a file is, by its content and never by its name, and pictures of every kind as the house keeps them.

Documents are kept byte for byte and served for saving alone, under an ending that is chosen here.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Literal

from django.utils.translation import gettext as _

from blog.archive.media.converting import as_picture_of
from blog.archive.media.refusing import KindError

HEAD = 4096
AT_ONCE = 1024 * 1024
MOST_PACKED = 100 * 1024 * 1024  # Of a file whose table of contents is read
MOST_NAMES = 20_000
MOST_TYPES = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Bytes at the beginning → the name that Pillow has for it, a name for people, an ending
PICTURES = (
    (b"\xff\xd8\xff", "JPEG", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "PNG", "png"),
    (b"GIF87a", "GIF", "gif"),
    (b"GIF89a", "GIF", "gif"),
    (b"BM", "BMP", "bmp"),
    (b"II*\x00", "TIFF", "tiff"),
    (b"MM\x00*", "TIFF", "tiff"),
)
DOCUMENTS = (
    (b"%PDF-", "PDF", "pdf"),
    (b"{\\rtf", "RTF", "rtf"),
    (b"ID3", "MP3", "mp3"),
    (b"OggS", "Ogg", "ogg"),
)
FRAMES = tuple(bytes((0xFF, second)) for second in (0xFB, 0xFA, 0xF3, 0xF2))  # ISO/IEC 11172-3 and 13818-3, layer III
# The brand of an ISO file (ISO/IEC 14496-12, 4.3)
BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "avif"),
    **dict.fromkeys((b"M4A ", b"M4B "), "m4a"),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), "mp4"),
    **dict.fromkeys((b"avc1", b"dash", b"M4V ", b"MSNV"), "mp4"),
}  # fmt: skip
# ECMA-376: what the main part of a package says that it is
PACKAGES = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
}
OPEN_DOCUMENTS = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}  # ISO/IEC 26300, Part 3, 3.3
COMPOUND = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}  # [MS-CFB]
MACROS = "_VBA_PROJECT".encode("utf-16-le")
MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|svg|\?xml|\?php|!--)", re.IGNORECASE)
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
ROWS = 5


@dataclass(frozen=True)
class Kind:
    """What a file is: a picture (`as_picture` makes it anew) or a document (kept byte for byte), and its ending."""

    what: Literal["picture", "document"]
    name: str  # For people: "GIF", "PDF"
    ending: str  # "gif", "pdf": small letters, no dot


@dataclass(frozen=True)
class TakenPicture:
    """A picture made anew. `made` is for `blog.editorial.pictures.keep`; `changed` says what is not as it was."""

    made: tuple[tuple[bytes, int, int], str]
    changed: str = ""


def kind_of(file: IO[bytes]) -> Kind:
    """Return what a file is, by its content, and leave it at its beginning. Raises KindError for what isn't kept."""
    file.seek(0)
    try:
        return _kind(file, file.read(HEAD))
    finally:
        file.seek(0)


def as_picture(file: IO[bytes]) -> TakenPicture:
    """Return a picture made anew from its pixels, with bounded work. Raises KindError."""
    kind = kind_of(file)
    if kind.what != "picture":
        raise KindError(_("It is no picture but a document ({kind}).").format(kind=kind.name))
    made, changed = as_picture_of(file, kind.name)
    return TakenPicture(made, changed)


def _kind(file: IO[bytes], head: bytes) -> Kind:
    if not head:
        raise KindError(_("It is empty."))
    kind = _by_beginning(head)
    if kind is not None:
        return kind
    if head.startswith(b"PK\x03\x04"):
        return _package(file)
    if head.startswith(OLE):
        return _compound(file)
    _refuse_by_name(head)
    return _text(file)


def _by_beginning(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp":
        return _iso(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("picture", "WEBP", "webp")
    if head.startswith(FRAMES):
        return Kind("document", "MP3", "mp3")
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:100]:
        return Kind("document", "WebM", "webm")
    for start, name, ending in PICTURES:
        if head.startswith(start) and not (name == "BMP" and not _is_bitmap(head)):
            return Kind("picture", name, ending)
    found = next(((name, ending) for start, name, ending in DOCUMENTS if head.startswith(start)), None)
    return Kind("document", *found) if found else None


def _is_bitmap(head: bytes) -> bool:
    """Whether the second header of a bitmap has a length that there is; two letters alone begin many a text."""
    return int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}


def _iso(head: bytes) -> Kind:
    brand = head[8:12]
    ending = BRANDS.get(brand, "")
    if ending == "avif":
        return Kind("picture", "AVIF", "avif")
    if brand in {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc"}:
        raise KindError(_("It is a HEIC picture, as phones make them. Save it as a JPEG and try again."))
    if not ending:
        raise KindError(_("It is a film or sound of a kind that the blog doesn't keep."))
    return Kind("document", ending.upper(), ending)


def _refuse_by_name(head: bytes) -> None:
    """Raise KindError with its own sentence for kinds that people do use, and that aren't kept."""
    lowered = head.lower()
    if b"<svg" in lowered and (MARKUP.match(head) or lowered.lstrip().startswith(b"<svg")):
        raise KindError(_("It is a drawing in SVG, which can hold programs. Save it as a PNG and try again."))
    if head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6")):
        raise KindError(_("It is a drawing in PostScript, which is a program. Save it as a PDF or PNG and try again."))
    if MARKUP.match(head):
        raise KindError(_("It is a web page or a program, and no file."))
    if b"%PDF-" in head[:1024]:
        raise KindError(_("It begins as something else and goes on as a PDF."))


def _package(file: IO[bytes]) -> Kind:
    """Return which document a zip is; one that is nothing but a zip is refused."""
    no_document = KindError(_("It is a zip, or something packed in one. The blog keeps documents, not packages."))
    if file.seek(0, io.SEEK_END) > MOST_PACKED:
        raise KindError(_("It is packed, and larger than {most} MB.").format(most=MOST_PACKED // 1024**2))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > MOST_NAMES:
                raise no_document
            if "mimetype" in names:
                if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                    raise _macros()
                return _open_document(_read(package, "mimetype"), no_document)
            types = _read(package, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except KindError:
        raise
    except Exception as error:
        # zipfile and the unpackers under it raise a dozen kinds of exceptions on broken files
        raise KindError(_("It is a damaged zip, or something packed in one.")) from error
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise _macros()
    for main, ending in PACKAGES.items():
        if main in types:
            return Kind("document", ending.upper(), ending)
    raise no_document


def _macros() -> KindError:
    return KindError(_("It holds macros, which are programs. Save it without them and try again."))


def _open_document(said: bytes, no_document: KindError) -> Kind:
    ending = OPEN_DOCUMENTS.get(said.strip().rpartition(b"opendocument.")[2], "")
    if not ending:
        raise no_document
    return Kind("document", ending.upper(), ending)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(MOST_TYPES)


def _compound(file: IO[bytes]) -> Kind:
    """Return which of Microsoft's older documents a file is, by the names of the streams in it."""
    names = {name.encode("utf-16-le"): ending for name, ending in COMPOUND.items()}
    found: set[str] = set()
    for some in _overlapping(file):
        if MACROS in some:
            raise _macros()
        found |= {ending for name, ending in names.items() if name + b"\0\0" in some}
    for ending in ("ppt", "xls", "doc"):
        if ending in found:
            return Kind("document", ending.upper(), ending)
    raise KindError(_("It is a file of Microsoft's that is no document."))


def _overlapping(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    kept = b""
    while some := file.read(AT_ONCE):
        yield kept + some
        kept = some[-64:]


def _text(file: IO[bytes]) -> Kind:
    """Return whether a text is plain or a table; raise KindError for what is no text."""
    head = b""
    for some in _overlapping(file):
        head = head or some[:HEAD]
        if NO_TEXT.search(some):
            raise KindError(_("It is of a kind that the blog doesn't keep."))
    lines = [line for line in head.decode("utf-8", "replace").splitlines() if line.strip()][:ROWS]
    is_table = len(lines) > 1 and any(
        len({line.count(sign) for line in lines}) == 1 and sign in lines[0] for sign in ",;\t"
    )
    return Kind("document", _("table") if is_table else _("text"), "csv" if is_table else "txt")
