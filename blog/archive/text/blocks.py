"""Paragraphs, headings, lists, quotations, figures: what a text is built of."""

from lxml import etree

from blog.archive.text import tables
from blog.archive.text.walking import HEADINGS, Walker
from blog.archive.text.writing import Mark, Part, Writer, as_blocks, as_item, as_line, attribute

MOST_NESTED = 12  # Lists, quotations and cells in one another; deeper ones are opened
CAPTION_BOXES = ("wp-caption", "gallery-item", "captioned-image", "image-caption-wrapper")
CAPTIONS = ("wp-caption-text", "gallery-caption", "wp-element-caption", "image-caption", "img_caption")


def block(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write what stands in a box, by itself; bare words in it are a paragraph."""
    writer.end()
    was, writer.is_paragraph = writer.is_paragraph, False
    classes = (element.get("class") or "").split()
    if any(name in classes for name in CAPTION_BOXES):
        figure(walker, element, writer)
    else:
        walker.styled(element, writer)
    writer.end()
    writer.is_paragraph = was


def paragraph(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a paragraph; a block in it ends it."""
    writer.end()
    was, writer.is_paragraph = writer.is_paragraph, True
    walker.styled(element, writer)
    writer.end()
    writer.is_paragraph = was


def heading(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a heading of one of the house's two levels; blocks in it follow it."""
    writer.end()
    level = HEADINGS.get(str(element.tag), walker.top + 1)
    tag = "h2" if level == walker.top else "h3"
    was, walker.is_in_heading = walker.is_in_heading, True
    line, blocks = as_line(walker.parts_in(element, [mark for mark in writer.marks if mark.tag != "strong"]))
    walker.is_in_heading = was
    if line:
        writer.block(f"<{tag}>{line}</{tag}>")
        walker.headings += 1
    writer.add(blocks)


def rule(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a line across."""
    writer.block("<hr>")
    walker.children(element, writer)


def quotation(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a quotation."""
    writer.end()
    parts = walker.parts_in(element, writer.marks)
    if walker.depth > MOST_NESTED:
        writer.add(parts)
    elif parts:
        writer.block(f"<blockquote>{as_blocks(parts)}</blockquote>")


def preformatted(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a text whose lines and spaces stay."""
    writer.end()
    line, blocks = as_line(walker.parts_in(element, writer.marks, is_pre=True), "\n")
    if line:
        writer.block(f"<pre>{line}</pre>")
    writer.add(blocks)


def items(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a list; what stands in it beside its items joins the one before."""
    writer.end()
    made: list[list[Part]] = []
    loose = Writer(writer.marks)

    def take_loose() -> None:
        loose.end()
        if loose.parts and made:
            made[-1] = made[-1] + loose.parts
        elif loose.parts:
            made.append(loose.parts)
        loose.parts = []

    loose.text(element.text or "")
    for child in element:
        if child.tag == "li":
            take_loose()
            made.append(walker.parts_in(child, writer.marks))
        else:
            walker.element(child, loose)
        loose.text(child.tail or "")
    take_loose()
    _write_list(walker, element, made, writer)


def _write_list(walker: Walker, element: "etree._Element", made: list[list[Part]], writer: Writer) -> None:
    if not any(made):
        return
    if walker.depth > MOST_NESTED:
        writer.add([part for parts in made for part in parts])
        return
    tag = "ol" if element.tag == "ol" else "ul"
    start = (element.get("start") or "").strip()
    is_number = tag == "ol" and start.isascii() and start.isdigit() and len(start) < 6
    number = attribute("start", start) if is_number else ""
    writer.block(f"<{tag}{number}>{''.join(f'<li>{as_item(parts)}</li>' for parts in made)}</{tag}>")


def lone_item(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write an item that stands in no list; those after one another are one list."""
    writer.end()
    parts = walker.parts_in(element, writer.marks)
    if not parts:
        return
    before = element.getprevious()
    last = writer.parts[-1].html if writer.parts else ""
    follows = (
        before is not None and before.tag == "li" and not (before.tail or "").strip() and last.endswith("</li></ul>")
    )
    if follows:
        writer.parts.pop()
    start = last.removesuffix("</ul>") if follows else "<ul>"
    writer.block(f"{start}<li>{as_item(parts)}</li></ul>")


def term(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a term that is explained in what follows, as a strong paragraph."""
    writer.end()
    marks = [mark for mark in writer.marks if mark.tag != "strong"]
    marks += [] if walker.is_in_heading else [Mark("strong")]
    line, blocks = as_line(walker.parts_in(element, marks))
    if line:
        writer.paragraph(line)
    writer.add(blocks)


def table(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a table, or what stands in one that only arranges a page."""
    writer.end()
    if tables.is_layout(element) or walker.depth > MOST_NESTED:
        block(walker, element, writer)
        return
    marks = list(writer.marks)

    def bare_words(text: str) -> list[Part]:
        line = Writer(marks)
        line.text(text)
        line.end()
        return line.parts

    writer.add(tables.parts_of(element, lambda inner: walker.parts_in(inner, marks), bare_words))


def figure(walker: Walker, element: "etree._Element", writer: Writer) -> None:
    """Write a picture, table or whatever else with the caption that belongs to it."""
    writer.end()
    lines: list[str] = []
    blocks: list[Part] = []
    for caption in [inner for inner in element.iter("figcaption", "p", "dd", "div", "span") if _is_caption(inner)]:
        if _figure_of(caption) is not element:
            continue  # Of two figures in one another each has its own
        line, others = as_line(walker.parts_in(caption, writer.marks))
        lines += [line] if line else []
        blocks += others
        caption.text = None
        for child in list(caption):
            caption.remove(child)
    writer.add(_with_caption(walker.parts_in(element, writer.marks), "<br>".join(lines)) + blocks)


def _is_caption(element: "etree._Element") -> bool:
    return element.tag == "figcaption" or any(name in CAPTIONS for name in (element.get("class") or "").split())


def _figure_of(caption: "etree._Element") -> "etree._Element | None":
    for around in caption.iterancestors():
        if around.tag == "figure" or any(name in CAPTION_BOXES for name in (around.get("class") or "").split()):
            return around
    return None


def _with_caption(parts: list[Part], line: str) -> list[Part]:
    if not line:
        return parts
    if len(parts) == 1:
        html = parts[0].html
        if html.startswith("<figure>") and "<figcaption>" not in html:
            return [Part("block", f"{html.removesuffix('</figure>')}<figcaption>{line}</figcaption></figure>")]
        if html.startswith("<table>") and "<caption>" not in html:
            return [Part("block", f"<table><caption>{line}</caption>{html.removeprefix('<table>')}")]
    return [*parts, Part("paragraph", line)]
