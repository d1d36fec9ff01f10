"""Word files of our own making: a zip of parts as Word writes them, with whatever a test wants in them."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from tests.pictures import picture_file

STATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORM = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMED = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{STATED}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
STYLES = {
    "Normal": ("Normal", ""), "Title": ("Title", ""), "Subtitle": ("Subtitle", ""), "Quote": ("Quote", ""),
    "berschrift1": ("heading 1", ""), "berschrift2": ("heading 2", ""), "berschrift3": ("heading 3", ""),
    "CouncilHeading": ("Council heading", "berschrift2"), "Caption": ("caption", ""), "TOC1": ("toc 1", ""),
    "ListBullet": ("List Bullet", "<w:numPr><w:numId w:val='1'/></w:numPr>"), "FootnoteText": ("footnote text", ""),
}  # fmt: skip
WHO = 'w:author="Priya Raman" w:initials="PR" w:date="2026-03-01T09:00:00Z"'

COMMENT_LIKE = (
    f'<w:commentRangeStart w:id="0"/><w:ins w:id="1" {WHO}><w:r><w:t>here</w:t></w:r></w:ins>'
    '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text as Word writes it."""
    about = f"<w:rPr>{properties}<w:lang w:val='en-GB'/></w:rPr>"
    return f'<w:r w:rsidR="00A11C3E">{about}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str = "", style: str = "", properties: str = "") -> str:
    """Return a paragraph; text without markup becomes a run."""
    content = content if content.startswith("<") or not content else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p w:rsidR="00A11C3E" w:rsidRDefault="00A11C3E"><w:pPr>{named}{properties}</w:pPr>{content}</w:p>'


def item(text: str, level: int = 0, key: int = 1) -> str:
    """Return a paragraph of a list: list 1 has bullets, lists 2 and 3 numbers."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    return paragraph(text, "ListParagraph", numbered)


def table(*rows: list[str], head: str = "") -> str:
    """Return a table of texts; `head` is put among the properties of its first row."""
    made = ""
    for number, row in enumerate(rows):
        cells = "".join(f"<w:tc><w:tcPr><w:tcW w:w='3000'/></w:tcPr>{paragraph(text)}</w:tc>" for text in row)
        made += f"<w:tr>{f'<w:trPr>{head}</w:trPr>' if head and not number else ''}{cells}</w:tr>"
    return f"<w:tbl><w:tblPr><w:tblStyle w:val='TableGrid'/></w:tblPr><w:tblGrid/>{made}</w:tbl>"


def drawing(key: str, description: str = "", name: str = "Picture 1") -> str:
    """Return a picture in a line of text."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name={quoteattr(name)} descr={quoteattr(description)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="Priya.png"/></pic:nvPicPr><pic:blipFill><a:blip {key}/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def link(key: str, text: str) -> str:
    """Return a link to the address that a relationship names."""
    return f'<w:hyperlink r:id="{key}" w:history="1">{run(text)}</w:hyperlink>'


def note_mark(number: int, kind: str = "footnote") -> str:
    """Return the raised number of a note."""
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def word_file(
    *blocks: str,
    links: dict[str, str] | None = None,
    pictures: dict[str, bytes] | None = None,
    outside: dict[str, str] | None = None,
    notes: dict[int, str] | None = None,
    main: str = f"{FORM}.document.main+xml",
    parts: dict[str, str | bytes] | None = None,
    document: str | bytes = "",
) -> bytes:
    """Return a .docx with these paragraphs and tables. `outside` are pictures that lie elsewhere."""
    points = [f'<Relationship Id="{name}" Type="{STATED}/{name}" Target="{name}.xml"/>' for name in PARTS]
    points += [_outside(key, "hyperlink", target) for key, target in (links or {}).items()]
    points += [_outside(key, "image", target) for key, target in (outside or {}).items()]
    points += [f'<Relationship Id="{key}" Type="{STATED}/image" Target="media/{key}"/>' for key in (pictures or {})]
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{_note(text)}</w:footnote>' for number, text in (notes or {}).items()
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{STATED}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
            f'Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
        ),
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Priya Raman</dc:creator>'
            "<cp:lastModifiedBy>Priya Raman</cp:lastModifiedBy></cp:coreProperties>"
        ),
        "word/document.xml": document or f"<w:document {NAMED}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMED}>{''.join(_style(key, *row) for key, row in STYLES.items())}</w:styles>",
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": f"<w:footnotes {NAMED}>{separator}{footnotes}</w:footnotes>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(points)}</Relationships>',
        **{f"word/media/{key}": content for key, content in (pictures or {}).items()},
        **(parts or {}),
    }  # fmt: skip
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Return a zip with these files in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def png() -> bytes:
    """Return a small picture."""
    return picture_file().read()


PARTS = ["styles", "numbering", "footnotes"]


def _note(text: str) -> str:
    return paragraph("<w:r><w:footnoteRef/></w:r>" + run(f" {text}"), "FootnoteText")


def _outside(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{STATED}/{kind}" Target={quoteattr(target)} TargetMode="External"/>'


def _style(key: str, name: str, more: str) -> str:
    based = f'<w:basedOn w:val="{more}"/>' if more in STYLES else f"<w:pPr>{more}</w:pPr>"
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{based}</w:style>'


def _numbering() -> str:
    made = ""
    for key, form in ((7, "bullet"), (8, "decimal"), (9, "lowerRoman")):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>' for level in range(9)
        )
        made += f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    made += "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/></w:num>'
        for number, key in ((1, 7), (2, 8), (3, 9))
    )
    return f"<w:numbering {NAMED}>{made}</w:numbering>"
