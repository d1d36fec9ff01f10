"""Block markup (`<!-- wp:name {…} -->`) → HTML. Most blocks hold the HTML that they show, the others don’t.

How blocks are written: WordPress, `WP_Block_Parser`. Dynamic ones hold nothing, so what they showed is lost with them.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from blog.archive.sources.wordpress.body.block_meanings import DYNAMIC, MEANINGS
from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.paragraphs import paragraphs
from blog.archive.sources.wordpress.words import shortened

DELIMITER = re.compile(
    r"<!--\s+(/)?wp:((?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+(\{(?:(?!<!--).)*?\}\s+)?(/)?-->", re.DOTALL
)
MOST_DEPTH = 100
MOST_REUSED = 5  # In one another
MOST_ATTRIBUTES = 200_000  # Characters


@dataclass
class _Open:
    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)


def has_blocks(text: str) -> bool:
    """Whether a text is in block markup."""
    return "<!-- wp:" in text


def rendered(text: str, context: Context) -> str:
    """Return a text in block markup as HTML, and put into the context what couldn't be rendered."""
    stack = [_Open("")]
    at = 0
    for found in DELIMITER.finditer(text):
        _take(text[at : found.start()], stack)
        at = found.end()
        name = found[2].removeprefix("core/")
        if found[4]:
            stack[-1].parts.append(_meaning(_Open(name, _attributes(found[3])), context))
        elif found[1]:
            _close(name, stack, context)
        elif len(stack) < MOST_DEPTH:
            stack.append(_Open(name, _attributes(found[3])))
    _take(text[at:], stack)
    while len(stack) > 1:
        _close(stack[-1].name, stack, context)
    return "".join(stack[0].parts)


def _take(words: str, stack: list[_Open]) -> None:
    """Take what stands between two marks: part of a block, or text from before there were blocks."""
    is_classic = len(stack) == 1 and words.strip() and not re.search(r"<p\b", words)
    stack[-1].parts.append(paragraphs(words) if is_classic else words)


def _close(name: str, stack: list[_Open], context: Context) -> None:
    """End a block. One that isn't open is passed over; those that were left open in it end with it."""
    if not any(block.name == name for block in stack[1:]):
        return
    while len(stack) > 1:
        block = stack.pop()
        stack[-1].parts.append(_meaning(block, context))
        if block.name == name:
            return


def _meaning(block: _Open, context: Context) -> str:
    inner = "".join(block.parts)
    if block.name == "block":
        return _reused(block, context)
    if meaning := MEANINGS.get(block.name):
        return meaning(block.attributes, inner, context)
    if not inner.strip():
        what = DYNAMIC.get(block.name, "")
        why = f"The block “{block.name}” is made by WordPress as it is read{f': {what}' if what else ''}."
        context.lose("block", why)
    return inner


def _reused(block: _Open, context: Context) -> str:
    key = str(block.attributes.get("ref", ""))
    row = context.index.one("block", key)
    has_room = bool(row) and context.has_room_for(row["text"])
    if not has_room or key in context.opened or len(context.opened) >= MOST_REUSED:
        why = "It holds itself." if key in context.opened else "It isn't in the export, or there is too much of it."
        context.lose("reusable block", f"Number {shortened(key, 20)}: {why}")
        return ""
    context.opened.append(key)
    inner = rendered(row["text"], context) if has_blocks(row["text"]) else paragraphs(row["text"])
    context.opened.pop()
    return inner


def _attributes(written: str | None) -> dict[str, Any]:
    if not written or len(written) > MOST_ATTRIBUTES:
        return {}
    try:
        attributes = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return attributes if isinstance(attributes, dict) else {}
