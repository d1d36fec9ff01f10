"""Words and what stands among them: marks, links, pictures and breaks."""

import re
from html import escape as quoted_escape
from urllib.parse import unquote

from django.utils.translation import gettext as _
from lxml import etree

from blog.archive.records import Weight
from blog.archive.text import pictures
from blog.archive.text.addresses import DOCUMENTS, PICTURES, ending_of, is_link, path_and_more, whole
from blog.archive.text.places import PLACE
from blog.archive.text.walking import Walker
from blog.archive.text.writing import Mark, Writer, attribute
from blog.prose import clean_line

MARKS = {
    "strong": "strong", "em": "em", "dfn": "em", "var": "em", "cite": "cite", "code": "code", "kbd": "code",
    "samp": "code", "sup": "sup", "sub": "sub",
}  # fmt: skip
NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE)
NOT_SLANTED = re.compile(r"font-style\s*:\s*normal", re.IGNORECASE)
BACK = re.compile(r"[\s\[(]*[↑↩⏎⤴⮌^]\ufe0e?\ufe0f?[\s\])]*")
NOTE = re.compile(r"\[?\d{1,3}\]?")
WORDS_ONLY = ("tel:", "javascript:", "sms:", "callto:")


def mark(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write words that are strong, emphasised, code, raised, lowered or a title."""
    tag = MARKS[str(element.tag)]
    style = element.get("style") or ""
    is_undone = (tag == "strong" and NOT_BOLD.search(style)) or (tag == "em" and NOT_SLANTED.search(style))
    if is_undone or (tag == "strong" and walker.is_in_heading):
        walker.children(element, writer)
    else:
        walker.marked(element, writer, Mark(tag))


def quoted(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write words in quotation marks."""
    writer.text("“")
    walker.children(element, writer)
    writer.text("”")


def struck(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write words that were struck through; here they stand as all others."""
    walker.findings.count("struck")
    walker.children(element, writer)


def abbreviation(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write an abbreviation without what it says on hovering."""
    if (element.get("title") or "").strip():
        walker.findings.count("explanation")
    walker.children(element, writer)


def reading_aid(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write what stands above a word in Chinese or Japanese, in brackets behind it (HTML, 4.5.12)."""
    parent = element.getparent()
    has_brackets = parent is not None and parent.find("rp") is not None
    if not has_brackets:
        writer.text("(")
    walker.children(element, writer)
    if not has_brackets:
        writer.text(")")


def line_break(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Go to a new line."""
    writer.line_break()
    walker.children(element, writer)


def picture(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a picture."""
    walker.last_picture = pictures.show(element, writer, walker.findings, last=walker.last_picture)
    if element.tag != "img":
        walker.children(element, writer)


def link(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a link, or the words of one that leads nowhere."""
    raw = (element.get("href") or "").strip()
    if _is_button_beside(element, raw):
        return
    if "#" in raw and (raw.startswith("#") or walker.findings.is_this_page(whole(raw, walker.findings.base))):
        _link_within(raw.partition("#")[2], walker, element, writer)
        return
    url, address = _destination(raw, walker, element) if raw else ("", "")
    _write_link(url, address, walker, element, writer)


def _is_button_beside(element: "etree._Element", raw: str) -> bool:
    """Whether a link is only the button beside another one to the same file, as WordPress offers files."""
    if "wp-block-file__button" not in (element.get("class") or ""):
        return False
    before = element.getprevious()
    return before is not None and before.tag == "a" and (before.get("href") or "").strip() == raw


def _write_link(url: str, address: str, walker: Walker, element: "etree._Element", writer: Writer) -> None:
    if not url:
        walker.children(element, writer)
        return
    around = list(writer.marks)
    writer.marks = [mark for mark in around if mark.tag != "a"]
    href = f' href="{quoted_escape(url)}"' if url.startswith(PLACE) else attribute("href", url)
    writer.marks.append(Mark("a", href, address))
    walker.children(element, writer)
    writer.marks = around


def _destination(raw: str, walker: Walker, element: "etree._Element") -> tuple[str, str]:
    """Return where a link leads here, and where it led; both empty if it leads nowhere."""
    findings = walker.findings
    address = whole(raw, findings.base)
    if not is_link(address):
        if not raw.lower().startswith(WORDS_ONLY):
            why = _("The blog makes no such links. Its words are here.")
            findings.lose("link", raw[:200], why, Weight.CHANGED)
        return "", ""
    ending = ending_of(address)
    if (ending in PICTURES or _is_to_attachment(element, raw)) and is_only_a_picture(element):
        return "", ""  # To the picture itself, in its full size: that is what is shown here
    if address.startswith("mailto:") or not findings.is_ours(address):
        return address, address
    if ending in PICTURES | DOCUMENTS:
        return _file(raw, address, walker), address
    return path_and_more(address), address


def _file(raw: str, address: str, walker: Walker) -> str:
    """Return where a file of the old site is here; else where it was."""
    here = walker.findings.file(address)
    if here is not None:
        return here.url
    if pictures.is_own(raw):
        return raw
    walker.findings.lose("file", address, _("The text links to where it was."))
    return walker.findings.was_at(address)


def _is_to_attachment(element: "etree._Element", raw: str) -> bool:
    """Whether a link leads to the page that WordPress makes around each file."""
    return "attachment_id=" in raw or "attachment" in (element.get("rel") or "").split()


def is_only_a_picture(element: "etree._Element") -> bool:
    """Whether nothing but pictures stands in an element."""
    return element.find(".//img") is not None and not "".join(element.itertext()).strip()


def _link_within(name: str, walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a link to a place in the same text: a note's number is raised, an arrow back from a note goes."""
    words = "".join(element.itertext()).strip()
    if BACK.fullmatch(words):
        return
    is_raised = any(mark.tag == "sup" for mark in writer.marks) or element.find(".//sup") is not None
    if NOTE.fullmatch(words):
        if is_raised or not writer.has_words:
            walker.children(element, writer)
        else:
            walker.marked(element, writer, Mark("sup"))
    elif name and words:
        _write_link(PLACE + clean_line(unquote(name)), "", walker, element, writer)
    else:
        walker.children(element, writer)
