"""Small questions to an element of a Word file."""

from xml.etree import ElementTree as ET

from blog.word.names import VAL, W


def is_on(element: ET.Element | None) -> bool:
    """Whether a mark, such as bold, is there and not switched off."""
    return element is not None and element.get(VAL, "1") not in {"0", "false", "off"}


def text_of(element: ET.Element) -> str:
    """Return the text in an element, with its spaces."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def value_of(holder: ET.Element | None, name: str) -> str:
    """Return the value of a child, or "" where there is none."""
    element = holder.find(f"{W}{name}") if holder is not None else None
    return element.get(VAL, "") if element is not None else ""
