"""A plain Word file → HTML by mammoth, with the title, the pictures and what was left out beside it."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

import mammoth
from mammoth import documents, transforms

from blog.word import refusing
from blog.word.findings import Findings
from blog.word.names import END, START, VAL, W
from blog.word.numbering import Numbering
from blog.word.package import Package, Relationship
from blog.word.pictures import Pictures
from blog.word.refusing import WordFileRefusedError
from blog.word.roles import Styles
from blog.word.tidying import Tidier

MOST_HTML = 3_000_000
MOST_PLAIN = 100_000  # Elements; mammoth takes some 50 microseconds for each
ROLES = ["h2", "h3", "quote", "pre", "figure", "figcaption", "tablecaption", "p"]
STYLE_MAP = """
p.h2 => h2:fresh
p.h3 => h3:fresh
p.quote => blockquote > p:fresh
p.pre => pre:separator('\\n')
p.figure => figure:fresh
p.figcaption => figure > figcaption:fresh
p.tablecaption => caption:fresh
u =>
strike =>
"""
NOTE = re.compile(r'<sup><a href="#note-[^"]*" id="note-[^"]*">\[(\d+)\]</a></sup>')
NOTE_ITEM = re.compile(r'<li id="note-[^"]*">')
BACK = re.compile(r'\s*(?:<p>\s*)?<a href="#note-[^"]*">↑</a>')
NUMBERED = re.compile(f"<ol><li>((?:<[a-z]+>)*){START}(\\d+){END}")
MARK = re.compile(f"{START}\\d+{END}")
TABLE_CAPTION = re.compile(r"<caption>((?:(?!</?caption>).)*)</caption>(<table>)?", re.DOTALL)
LONE = re.compile(r"<(t[hd]|li)\b([^>]*)><p>\s*((?:(?!</?p>).)*)</p></\1>", re.DOTALL)
STATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EARLY = 4  # A title stands among the first blocks, or it is a heading
LEFT_BESIDE = {"vbaProject.bin": "macros", "embeddings/": "embedded", "activeX/": "objects"}


@dataclass(frozen=True)
class Converted:
    """What came out of a file. Pictures stand in `html` as `<img src="word-picture-<number>" />`."""

    title: str
    standfirst: str
    html: str
    pictures: list[bytes]
    descriptions: list[str]
    left_out: list[dict[str, object]]


def convert(content: bytes) -> Converted:
    """Return what a file holds. Raises WordFileRefusedError, or whatever mammoth raises on a broken file."""
    package = Package(content)
    findings = Findings()
    pictures = Pictures(package, findings)
    points = package.relationships(package.main)
    parts = {row.kind: row.target for row in points.values() if not row.is_outside}
    tidier = Tidier(
        styles=Styles(package.xml(parts.get("styles", ""))),
        numbering=Numbering(package.xml(parts.get("numbering", ""))),
        pictures=pictures,
        findings=findings,
    )
    notes = {name: _notes(package, tidier, parts.get(f"{name}s", ""), name) for name in ("footnote", "endnote")}
    tree = package.xml(package.main)
    body = tree.find(f"{W}body") if tree is not None else None
    if body is None:
        raise WordFileRefusedError(refusing.DAMAGED)
    plain = tidier.tidy(body, points)
    title, standfirst = _take_title(plain)
    _name_headings(plain)
    _name_captions(plain)
    _count_beside(package, points, findings)
    if sum(1 for _element in plain.iter()) > MOST_PLAIN:
        raise WordFileRefusedError(refusing.TOO_COMPLICATED)
    html = _convert(plain, notes, tidier.links, len(pictures.contents))
    return Converted(title, standfirst, html, pictures.contents, pictures.descriptions, findings.rows())


def _notes(package: Package, tidier: Tidier, name: str, kind: str) -> ET.Element:
    """Return the part with the notes made plain; separators, which Word keeps there too, are no notes."""
    made = ET.Element(f"{W}{kind}s")
    tree, points = package.xml(name), package.relationships(name) if name else {}
    for row in tree.findall(f"{W}{kind}") if tree is not None else ():
        if row.get(f"{W}type", "normal") == "normal":
            note = tidier.tidy(row, points)
            note.set(f"{W}id", row.get(f"{W}id", ""))
            made.append(note)
            tidier.notes.add((f"{W}{kind}Reference", row.get(f"{W}id", "")))
    return made


def _role(block: ET.Element) -> str:
    style = block.find(f"{W}pPr/{W}pStyle")
    return style.get(VAL, "") if style is not None else ""


def _text(block: ET.Element) -> str:
    return " ".join("".join(text.text or "" for text in block.iter(f"{W}t")).split())


def _words_of(block: ET.Element | None) -> str:
    return "" if block is None else _text(block)


def _take_title(body: ET.Element) -> tuple[str, str]:
    """Take out the title and the subtitle, if they stand at the beginning; a lone first heading of level one is one."""
    first = [block for block in body if block.tag == f"{W}p" and _text(block)][:EARLY]
    title = next((block for block in first if _role(block) == "title"), None)
    firsts = [block for block in body if _role(block) == "h1"]
    if title is None and first and len(firsts) == 1 and firsts[0] is first[0]:
        title = first[0]
    standfirst = next((block for block in first if _role(block) == "subtitle"), None)
    taken = [block for block in (title, standfirst) if block is not None]
    for block in taken:
        body.remove(block)
    return _words_of(title), _words_of(standfirst)


def _name_headings(body: ET.Element) -> None:
    """Call the highest level that there is h2, and all below it h3."""
    levels = {role for role in map(_role, body) if role[:1] == "h" and role[1:].isdigit()}
    highest = min(levels, default="h1")
    for style in body.iter(f"{W}pStyle"):
        role = style.get(VAL, "")
        if role == "title":
            style.set(VAL, "h2")
        elif role in levels:
            style.set(VAL, "h2" if role == highest else "h3")
        elif role == "subtitle":
            style.set(VAL, "p")


def _name_captions(body: ET.Element) -> None:
    """Give a caption to the picture before it or the table after it; any other is a paragraph."""
    blocks = list(body)
    for place, block in enumerate(blocks):
        if _role(block) != "caption":
            continue
        style = block.find(f"{W}pPr/{W}pStyle")
        follows = blocks[place + 1] if place + 1 < len(blocks) else None
        role = "p"
        if place and _role(blocks[place - 1]) == "figure":
            role = "figcaption"
        elif follows is not None and follows.tag == f"{W}tbl":
            role = "tablecaption"
        if style is not None:
            style.set(VAL, role)
    for style in body.iter(f"{W}pStyle"):
        if style.get(VAL) == "caption":
            style.set(VAL, "p")


def _count_beside(package: Package, points: dict[str, Relationship], findings: Findings) -> None:
    """Count what lies beside the text: macros, embedded files, and headers or footers with words in them."""
    for ending, kind in LEFT_BESIDE.items():
        count = sum(ending in name for name in package.names())
        if count and kind != "embedded":
            findings.note(kind, count)
    for row in points.values():
        if row.kind in {"header", "footer"} and not row.is_outside:
            tree = package.xml(row.target)
            if tree is not None and _text(tree):
                findings.note("headers")


def _convert(body: ET.Element, notes: dict[str, ET.Element], links: dict[str, str], pictures: int) -> str:
    repacked = _repack(body, notes, links, pictures)

    def source(image: Any) -> dict[str, str]:
        with image.open() as stream:
            return {"src": f"word-picture-{int(stream.read())}"}

    result = mammoth.convert_to_html(
        repacked,
        style_map=STYLE_MAP,
        include_embedded_style_map=False,
        external_file_access=False,
        id_prefix="note-",
        convert_image=mammoth.images.img_element(source),
        transform_document=transforms.element_of_type(documents.Document, _plain),
    )
    return _set(result.value)


def _plain(document: Any) -> Any:
    """Take the bold out of headings, which are strong already, and links that lead to places in the file."""
    return _plain_element(document, is_heading=False)


def _plain_element(element: Any, *, is_heading: bool) -> Any:
    if isinstance(element, documents.Document):
        notes = element.notes._notes  # noqa: SLF001  There is no other way to the notes
        for note in notes.values():
            note.body = [_plain_element(part, is_heading=False) for part in note.body]
    if not isinstance(element, documents.HasChildren):
        return element
    if isinstance(element, documents.Run) and is_heading:
        element = element.copy(is_bold=False)
    is_heading = is_heading or (isinstance(element, documents.Paragraph) and element.style_id in {"h2", "h3"})
    children = [_plain_element(child, is_heading=is_heading) for child in element.children]
    if isinstance(element, documents.Hyperlink) and element.anchor is not None:
        return documents.run(children)
    return element.copy(children=children)


def _set(html: str) -> str:
    if len(html) > MOST_HTML:
        raise WordFileRefusedError(refusing.TOO_LARGE)
    html = BACK.sub("", NOTE_ITEM.sub("<li>", NOTE.sub(r"<sup>\1</sup>", html)))
    html = MARK.sub("", NUMBERED.sub(r'<ol start="\2"><li>\1', html))
    html = TABLE_CAPTION.sub(
        lambda found: f"<table><caption>{found[1]}</caption>" if found[2] else f"<p>{found[1]}</p>", html
    )
    return LONE.sub(r"<\1\2>\3</\1>", html.replace("<p></p>", ""))


def _repack(body: ET.Element, notes: dict[str, ET.Element], links: dict[str, str], pictures: int) -> io.BytesIO:
    """Return a file with nothing in it but what was made plain; each picture holds only its number."""
    document = ET.Element(f"{W}document")
    document.append(body)
    points = [f'<Relationship Id="{name}" Type="{STATED}/{name}" Target="{name}.xml"/>' for name in PARTS]
    points += [
        f'<Relationship Id="{key}" Type="{STATED}/hyperlink" Target={quoteattr(link)} TargetMode="External"/>'
        for key, link in links.items()
    ]
    points += [
        f'<Relationship Id="picture{number}" Type="{STATED}/image" Target="media/{number}.png"/>'
        for number in range(pictures)
    ]
    rels = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(points)}</Relationships>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{CONTENT}.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="main" Type="{STATED}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": ET.tostring(document),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _lists(),
        "word/footnotes.xml": ET.tostring(notes["footnote"]),
        "word/endnotes.xml": ET.tostring(notes["endnote"]),
        **dict.fromkeys([f"word/_rels/{name}.xml.rels" for name in ("document", "footnotes", "endnotes")], rels),
        **{f"word/media/{number}.png": str(number) for number in range(pictures)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


PARTS = ["styles", "numbering", "footnotes", "endnotes"]
NAMED = f'xmlns:w="{W[1:-1]}"'


def _styles() -> str:
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{role}"><w:name w:val="{role}"/></w:style>' for role in ROLES
    )
    return f"<w:styles {NAMED}>{rows}</w:styles>"


def _lists() -> str:
    lists = ""
    for key, form in ((1, "bullet"), (2, "decimal")):
        levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>' for level in range(9))
        lists += f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
    rows = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in (1, 2))
    return f"<w:numbering {NAMED}>{lists}{rows}</w:numbering>"
