"""HTML as plain text."""

import re
from html import unescape

from lxml import etree

from blog.archive.text import reading
from blog.archive.text.addresses import for_people
from blog.archive.text.walking import HEADINGS
from blog.prose import clean_text

HAS_LINES = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
SPACES = re.compile("[ \t\n\r\f\xa0]+")
UNSEEN = frozenset({"script", "style", "template", "title", "link", "meta", "noframes", "noembed"})
BLOCKS = frozenset(
    {"body", "html", "p", "div", "section", "article", "header", "footer", "aside", "address", "center", "figure",
     "figcaption", "table", "tr", "dl", "dt", "dd", "form", "fieldset", "details", "summary", "hr", "pre", "ul", "ol",
     "menu", "li", "blockquote", *HEADINGS}
)  # fmt: skip
MOST_QUOTED = 3  # As deep as the house shows it


def plain(html: str) -> str:
    """Return HTML as plain text: blocks as paragraphs, links as “text (address)”, quotations behind “> ”.

    Where a text has neither paragraphs nor breaks, its own lines stay, as WordPress keeps comments. Never raises,
    whatever the text.
    """
    if "<" not in html:
        return clean_text(unescape(html))
    html = reading.prepare(html)
    try:
        body = reading.tree(html)
        written = _Plain(keeps_lines=not HAS_LINES.search(html)).read(body) if body is not None else None
    except RecursionError:
        written = None
    return clean_text(unescape(reading.words_only(html)) if written is None else written)


class _Plain:
    """Writes lines; each is kept with how deep it is quoted, and whether a paragraph begins with it."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._keeps_lines = keeps_lines
        self._lines: list[tuple[int, str]] = []
        self._line = ""
        self._depth = 0
        self._is_pre = False

    def read(self, body: "etree._Element") -> str:
        self._children(body)
        self._end()
        written: list[str] = []
        depth, is_apart = 0, False
        for quoted, line in self._lines:
            if not line:
                is_apart = True
                continue
            if written and (is_apart or quoted != depth):
                written.append(">" * min(quoted, depth))
            written.append(f"{'>' * quoted}{' ' if quoted else ''}{line}")
            depth, is_apart = quoted, False
        return "\n".join(written)

    def _children(self, element: "etree._Element") -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not (self._is_pre or self._keeps_lines):
            self._line += SPACES.sub(" ", text)
            return
        first, *others = text.split("\n")
        self._line += first
        for line in others:
            self._break()
            self._line = line

    def _break(self) -> None:
        line = self._line.rstrip() if self._is_pre else SPACES.sub(" ", self._line).strip()
        self._lines.append((self._depth, line))
        self._line = ""

    def _end(self, *, is_paragraph: bool = True) -> None:
        if self._line.strip():
            self._break()
        self._line = ""
        if is_paragraph:
            self._lines.append((self._depth, ""))

    def _element(self, element: "etree._Element") -> None:
        tag = str(element.tag)
        if tag in UNSEEN:
            return
        if tag == "br":
            self._break()
            self._children(element)
        elif tag == "a":
            self._link(element)
        elif tag in {"img", "iframe", "embed", "video", "audio", "object"}:
            self._shown(element)
        elif tag == "blockquote":
            self._quoted(element)
        elif tag == "li":
            self._item(element)
        elif tag in {"td", "th"}:
            self._children(element)
            self._line += " "
        elif tag in BLOCKS:
            self._block(element, tag)
        else:
            self._children(element)

    def _block(self, element: "etree._Element", tag: str) -> None:
        is_apart = tag not in {"ul", "ol"} or next(element.iterancestors("li"), None) is None
        self._end(is_paragraph=is_apart and tag not in {"tr", "dd"})
        was, self._is_pre = self._is_pre, self._is_pre or tag == "pre"
        self._children(element)
        self._end(is_paragraph=is_apart and tag not in {"tr", "dt"})
        self._is_pre = was

    def _link(self, element: "etree._Element") -> None:
        address = (element.get("href") or "").strip()
        words = "".join(element.itertext()).strip()
        self._children(element)
        is_said = address.partition("://")[2].rstrip("/") in words if "://" in address else False
        if words and address.startswith(("http://", "https://", "/")) and not is_said:
            self._line += f" ({address})"

    def _shown(self, element: "etree._Element") -> None:
        words = " ".join((element.get("alt") or element.get("title") or "").split())
        address = for_people((element.get("src") or element.get("data") or "").strip())
        if "smiley" in (element.get("class") or "") or not address.startswith(("http://", "https://", "/")):
            self._line += words
        else:
            self._line += f"{words} ({address})" if words else address

    def _quoted(self, element: "etree._Element") -> None:
        self._end()
        was, self._depth = self._depth, min(self._depth + 1, MOST_QUOTED)
        self._children(element)
        self._end(is_paragraph=False)
        self._depth = was
        self._end()

    def _item(self, element: "etree._Element") -> None:
        self._end(is_paragraph=False)
        parent = element.getparent()
        if parent is not None and parent.tag == "ol":
            number = 1 + sum(1 for before in element.itersiblings("li", preceding=True))
            self._line = f"{number}. "
        else:
            self._line = "- "
        self._children(element)
        self._end(is_paragraph=False)
