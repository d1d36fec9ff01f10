"""Clean HTML → Markdown that reads back as the very same HTML: where it would not, a block stays as HTML."""

import re
from html import escape

from markdownify import ATX, BACKSLASH, MarkdownConverter

from blog.archive.sources.markdown_text import to_html
from blog.changes import split_blocks
from blog.prose import clean_prose

# White space around these says nothing to a reader, and Markdown sets it as it likes
AROUND = re.compile(
    r"\s*(</?(?:p|h2|h3|ul|ol|li|blockquote|hr|pre|figure|figcaption|table|caption|thead|tbody|tr|th|td)(?:\s[^>]*)?>)\s*"
)
PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
# What begins a block of HTML wherever a line begins with it (CommonMark 0.31, 4.6, start condition 6)
BEGINS_HTML = re.compile(r"<(?:p|h2|h3|ul|ol|blockquote|hr|figure|table)[\s>]")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
NEW_LINE, BLANK_LINE = "\n", "\n\n"
# What generators carry out when they write a site, and their lists of attributes
GENERATED = re.compile(r"\{(?=[{%:#.])")
A_COMMENT = "<!-- -->"  # Begins one too, whatever follows on its line (start condition 2)


class _Converter(MarkdownConverter):
    """Markdown as people write it; what it has no sign for stays as HTML."""

    def convert_cite(self, el: object, text: str, parent_tags: set[str]) -> str:
        return f"<cite>{text}</cite>" if text.strip() else ""


def _converter(*, escapes_all: bool) -> _Converter:
    return _Converter(
        heading_style=ATX,
        bullets="-",
        newline_style=BACKSLASH,
        sub_symbol="<sub>",
        sup_symbol="<sup>",
        autolinks=False,
        escape_misc=escapes_all,
    )


# The plainer first: most texts have nothing that must be escaped
CONVERTERS = (_converter(escapes_all=False), _converter(escapes_all=True))


def as_markdown(prose: str) -> str:
    """Return clean prose as Markdown. Read back and cleaned it is equal, but for white space between blocks."""
    for converter in CONVERTERS:
        written = _converted(converter, prose)
        if reads_back(written, prose):
            return written
    blocks = split_blocks(prose)
    written = _block_by_block(blocks)
    return written if reads_back(written, prose) else "\n\n".join(map(as_raw, blocks))


def of_plain(text: str) -> str:
    """Return plain text as Markdown that says the same."""
    return as_markdown(clean_prose(f"<p>{escape(text).replace(BLANK_LINE, '</p><p>').replace(NEW_LINE, '<br>')}</p>"))


def reads_back(written: str, prose: str) -> bool:
    """Whether Markdown says exactly what clean prose says."""
    return tidy(clean_prose(to_html(written))) == tidy(prose)


def tidy(prose: str) -> str:
    """Return prose without the white space that separates blocks in its source, so that two can be compared."""
    parts = PRE.split(prose)
    return "".join(part if part.startswith("<pre>") else AROUND.sub(r"\1", part).strip() for part in parts)


def as_raw(block: str) -> str:
    """Return a block of HTML as Markdown passes it through: without an empty line or a sign that begins a note."""
    block = GENERATED.sub("&#123;", block.replace("[^", "&#91;^"))
    if BEGINS_HTML.match(block) and not EMPTY_LINE.search(block):
        return block
    block = block.replace("\n", "&#10;")
    return block if BEGINS_HTML.match(block) else f"{A_COMMENT}{block}"


def _block_by_block(blocks: list[str]) -> str:
    """Return each block as Markdown where it reads back by itself and behind the one before it."""
    written: list[str] = []
    for number, block in enumerate(blocks):
        before, prose = (written[-1], blocks[number - 1]) if written else ("", "")
        tries = (_converted(converter, block) for converter in CONVERTERS)
        written.append(
            next((each for each in tries if reads_back(f"{before}\n\n{each}", prose + block)), None) or as_raw(block)
        )
    return "\n\n".join(written)


def _converted(converter: _Converter, prose: str) -> str:
    text: str = converter.convert(prose)
    return GENERATED.sub("&#123;", text.strip("\n"))
