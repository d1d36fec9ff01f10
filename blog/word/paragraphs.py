"""Paragraphs of a Word file, once their parts are plain: pictures apart, runs joined, drop caps put back."""

from xml.etree import ElementTree as ET

from blog.word.names import VAL, W


def take_figures(paragraph: ET.Element) -> list[ET.Element]:
    """Take the drawings out of a paragraph, and return a paragraph for each."""
    figures = []
    for holder in list(paragraph.iter()):
        for child in list(holder):
            if child.tag == f"{W}drawing":
                holder.remove(child)
                figure = ET.Element(f"{W}p")
                ET.SubElement(ET.SubElement(figure, f"{W}pPr"), f"{W}pStyle", {VAL: "figure"})
                ET.SubElement(figure, f"{W}r").append(child)
                figures.append(figure)
    return figures


def join_runs(paragraph: ET.Element) -> None:
    """Join neighbours that look the same: Word begins a new run wherever somebody stopped typing for a while."""
    last: ET.Element | None = None
    for run in list(paragraph):
        text, last_text = _only_text(run), _only_text(last)
        if last is not None and text is not None and last_text is not None and _look_of(last) == _look_of(run):
            last_text.text = f"{last_text.text or ''}{text.text or ''}"
            paragraph.remove(run)
        else:
            last = run


def _only_text(run: ET.Element | None) -> ET.Element | None:
    """Return the text of a run that holds one and nothing else; fields begin and end in runs of their own."""
    if run is None or run.tag != f"{W}r":
        return None
    parts = [part for part in run if part.tag != f"{W}rPr"]
    return parts[0] if len(parts) == 1 and parts[0].tag == f"{W}t" else None


def _look_of(run: ET.Element) -> list[tuple[str, str]]:
    about = run.find(f"{W}rPr")
    return [(mark.tag, mark.get(VAL, "")) for mark in about] if about is not None else []


def merge_drop_caps(blocks: list[ET.Element]) -> list[ET.Element]:
    """Put a large first letter, which Word keeps in a paragraph of its own, before the words that it begins."""
    made: list[ET.Element] = []
    letter: ET.Element | None = None
    for block in blocks:
        if block.attrib.pop("is-drop-cap", None):
            letter = block
            continue
        if letter is not None:
            if block.tag == f"{W}p":
                for place, run in enumerate(letter.findall(f"{W}r"), 1):
                    block.insert(place, run)
            else:
                made.append(letter)
            letter = None
        made.append(block)
    return [*made, letter] if letter is not None else made
