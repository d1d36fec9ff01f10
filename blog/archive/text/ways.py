"""Which way each element of HTML is written."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from lxml import etree

from blog.archive.records import Weight
from blog.archive.text import blocks, embeds, inline
from blog.archive.text.walking import HEADINGS, Walker, Way
from blog.archive.text.writing import Writer

BOXES = (
    "body", "html", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center",
    "fieldset", "legend", "details", "hgroup", "dialog", "search", "tr", "td", "th", "tbody", "thead", "tfoot",
    "caption", "dl", "dd", "figcaption", "marquee", "optgroup", "option",
)  # fmt: skip
GONE = (
    "link", "meta", "title", "base", "noframes", "noembed", "param", "source", "track", "col", "colgroup", "datalist",
)  # fmt: skip
CONTROLS = ("input", "select", "textarea", "output", "progress", "meter")
SHORT = 600  # Characters: a form with fewer holds nothing but its own labels


def frame(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a link in place of a frame or player; of an `object` also what it says where it can't be shown."""
    if not _is_said_before(element) and not embeds.show_frame(element, writer, walker.findings):
        walker.findings.lose("embed", "", _("It shows something that has no address."))
    if element.tag == "object":
        walker.children(element, writer)


def inner_frame(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write an `embed`; within an `object` it is the same thing again."""
    if next(element.iterancestors("object"), None) is None:
        frame(walker, element, writer)


def _is_said_before(element: "etree._Element") -> bool:
    """Whether a frame shows what the quotation before it links to, as WordPress embeds other people's posts."""
    before = element.getprevious()
    return before is not None and "wp-embedded-content" in (before.get("class") or "").split()


def player(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a link in place of sound or film; what else stands there is for browsers that can't play it."""
    if not embeds.show_player(element, writer, walker.findings):
        walker.children(element, writer)


def program(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Leave a script or style out."""
    walker.findings.count("script")


def nothing(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write nothing: no reader ever saw it."""


def form(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Leave a form out, but not the text of a page that stands in one."""
    words = " ".join("".join(element.itertext()).split())
    if element.find(".//p") is None and element.find(".//img") is None and len(words) < SHORT:
        writer.end()
        walker.findings.lose("form", words[:100], _("Forms of the old site can't work here."))
        return
    walker.findings.lose("form", "", _("Forms of the old site can't work here. The words around its fields are here."))
    blocks.block(walker, element, writer)


def control(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Leave a field out; a box to tick in a list of tasks becomes a sign."""
    if next(element.iterancestors("form"), None) is not None:
        return
    if element.tag == "input" and (element.get("type") or "").lower() == "checkbox":
        writer.text("☑ " if element.get("checked") is not None else "☐ ")
        return
    words = " ".join("".join(element.itertext()).split()) or element.get("value") or ""
    walker.findings.lose("form field", words[:100], _("Forms of the old site can't work here."))


def drawing(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write the words of a drawing."""
    words = [
        " ".join("".join(part.itertext()).split()) for part in element.iter("title", "desc", "text", "foreignobject")
    ]
    walker.findings.lose("drawing", " ".join(words)[:100], _("It is drawn in SVG, which can hold programs."))
    writer.text(f" {' '.join(words)} " if words else "")


def formula(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a formula as its author typed it, or else what is in it."""
    typed = next((note.text or "" for note in element.iter("annotation")), "").strip()
    words = (element.get("alttext") or "").strip() or typed or " ".join(" ".join(element.itertext()).split())
    why = _("The blog sets no formulas. It stands as plain text.")
    walker.findings.lose("formula", words[:100], why, Weight.CHANGED)
    writer.text(f" {words} ")


WAYS: Mapping[str, Way] = {
    **dict.fromkeys(inline.MARKS, inline.mark),
    "a": inline.link,
    "q": inline.quoted,
    **dict.fromkeys(("del", "s", "strike"), inline.struck),
    **dict.fromkeys(("abbr", "acronym"), inline.abbreviation),
    "rt": inline.reading_aid,
    "br": inline.line_break,
    **dict.fromkeys(("img", "image", "amp-img", "amp-anim"), inline.picture),
    "p": blocks.paragraph,
    **dict.fromkeys(BOXES, blocks.block),
    **dict.fromkeys(HEADINGS, blocks.heading),
    "summary": blocks.heading,
    "hr": blocks.rule,
    "blockquote": blocks.quotation,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), blocks.preformatted),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), blocks.items),
    "li": blocks.lone_item,
    "dt": blocks.term,
    "table": blocks.table,
    "figure": blocks.figure,
    **dict.fromkeys(("iframe", "object", "applet", "frame"), frame),
    "embed": inner_frame,
    **dict.fromkeys(("video", "audio"), player),
    **dict.fromkeys(("script", "style", "template"), program),
    **dict.fromkeys(GONE, nothing),
    "form": form,
    **dict.fromkeys(CONTROLS, control),
    "svg": drawing,
    "math": formula,
}
