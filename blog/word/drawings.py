"""What a drawing in a Word file is: a picture, or something else that is counted and left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from blog.word.findings import Findings
from blog.word.names import PIC, WP, A, R, V, W

CHART, DIAGRAM = "/chart", "/diagram"
# Word puts the name of the file, or what it guesses to see, where a description belongs
FILE_NAME = re.compile(
    r"\\|\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|webp|svg|heic)$|^(?:picture|image|img)[ _-]?\d*$", re.IGNORECASE
)
GUESSED = re.compile(r"automatically generated|AI-generated content may be incorrect", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A picture in a drawing: the key of its relationship, and its description if somebody wrote one."""

    key: str
    description: str


def pictures_in(element: ET.Element, findings: Findings) -> Iterator[Found]:
    """Return the pictures of a `w:drawing` or an older `w:pict`; count what else is in it."""
    uris = [row.get("uri", "") for row in element.iter(f"{A}graphicData")]
    boxes = [box for box in element.iter(f"{W}txbxContent") if "".join(t.text or "" for t in box.iter(f"{W}t")).strip()]
    if boxes:
        findings.note("text_boxes", has_place=True)
    found = list(_pictures(element, findings))
    yield from found
    if found or boxes:
        return
    if any(uri.endswith(CHART) or "chart" in uri for uri in uris):
        findings.note("charts", has_place=True)
    elif any(uri.endswith(DIAGRAM) for uri in uris):
        findings.note("diagrams", has_place=True)
    elif any("wordprocessing" in uri for uri in uris) or element.tag == f"{W}pict":
        findings.note("shapes")


def draw(number: int) -> ET.Element:
    """Return the plainest drawing that shows a picture, under the key “picture<number>”."""
    drawing = ET.Element(f"{W}drawing")
    inline = ET.SubElement(drawing, f"{WP}inline")
    graphic = ET.SubElement(ET.SubElement(inline, f"{A}graphic"), f"{A}graphicData")
    fill = ET.SubElement(ET.SubElement(graphic, f"{PIC}pic"), f"{PIC}blipFill")
    ET.SubElement(fill, f"{A}blip", {f"{R}embed": f"picture{number}"})
    return drawing


def _pictures(element: ET.Element, findings: Findings) -> Iterator[Found]:
    about = element.find(f".//{WP}docPr")
    written = about.get("descr", "") if about is not None else ""
    for blip in element.iter(f"{A}blip"):
        key = blip.get(f"{R}embed") or blip.get(f"{R}link")
        if key:
            yield Found(key, _description(written))
        else:
            findings.note("pictures_missing", has_place=True)
    for old in element.iter(f"{V}imagedata"):
        key = old.get(f"{R}id") or old.get(f"{R}href") or old.get(f"{R}pict")
        if key:
            yield Found(key, "")


def _description(written: str) -> str:
    written = " ".join(written.split())
    return "" if FILE_NAME.search(written) or GUESSED.search(written) else written[:500]
