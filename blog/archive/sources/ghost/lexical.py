"""Lexical, the tree in which Ghost keeps texts since version 5 → HTML."""

import json
from typing import Any

from blog.archive.sources.findings import Findings
from blog.archive.sources.ghost.cards import CARDS, card
from blog.archive.sources.values import escaped, listed, mapping, number, text

MOST_DEPTH = 60
# The bits of a text's format, as lexical's LexicalConstants has them
FORMATS = ("strong", "em", "s", "u", "code", "sub", "sup", "mark")
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BLOCKS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "table": "table",
    "tablerow": "tr",
}
WORDS = {"text", "extended-text", "code-highlight", "tk", "emoji"}
WITHOUT_WORDS = {"at-link-search": "", "zwnj": "", "linebreak": "<br>", "tab": "\t"}
PASSED_THROUGH = {"root", "at-link"}


class UnreadableError(Exception):
    """A text isn't in the form that it says it is in."""


def lexical_to_html(written: str, findings: Findings) -> str:
    """Return a text as HTML. Raises UnreadableError."""
    try:
        root = mapping(mapping(json.loads(written)).get("root"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    if not root:
        raise UnreadableError
    return _children(root, findings, 0)


def _children(node: dict[str, Any], findings: Findings, depth: int) -> str:
    return "".join(_node(mapping(child), findings, depth + 1) for child in listed(node.get("children")))


def _node(node: dict[str, Any], findings: Findings, depth: int) -> str:
    if depth > MOST_DEPTH:
        raise UnreadableError
    kind = text(node.get("type"))
    if kind in WORDS:
        return _words(node)
    if kind in CARDS:
        return card(kind, node, findings)
    if kind in BLOCKS:
        name = BLOCKS[kind]
        return f"<{name}>{_children(node, findings, depth)}</{name}>"
    return _other(kind, node, findings, depth)


def _other(kind: str, node: dict[str, Any], findings: Findings, depth: int) -> str:
    if kind in WITHOUT_WORDS:
        return WITHOUT_WORDS[kind]
    if kind == "list":
        return _list(node, findings, depth)
    if kind not in PASSED_THROUGH and "children" not in node:
        return card(kind, node, findings)
    return _around(kind, node, _children(node, findings, depth))


def _around(kind: str, node: dict[str, Any], inner: str) -> str:
    """Return what an element holds, with the element around it."""
    name, attributes = "", ""
    if kind in {"heading", "extended-heading"}:
        name = HEADINGS.get(text(node.get("tag")), "h2")
    elif kind in {"link", "autolink"} and (address := text(node.get("url"))):
        name, attributes = "a", f' href="{escaped(address)}"'
    elif kind == "tablecell":
        name = "th" if number(node.get("headerState")) else "td"
    elif kind == "code":
        return f"<pre><code>{inner}</code></pre>"
    return f"<{name}{attributes}>{inner}</{name}>" if name else inner


def _list(node: dict[str, Any], findings: Findings, depth: int) -> str:
    """Return a list. An item that holds nothing but a list belongs to the item before it."""
    is_numbered = text(node.get("tag")) == "ol" or text(node.get("listType")) == "number"
    items: list[str] = []
    for child in listed(node.get("children")):
        item = mapping(child)
        within = [mapping(row) for row in listed(item.get("children"))]
        is_list = bool(within) and all(text(row.get("type")) == "list" for row in within)
        inner = _children(item, findings, depth + 1)
        if is_list and items:
            items[-1] += inner
        else:
            items.append(inner)
    start = number(node.get("start"))
    begins = f' start="{start}"' if is_numbered and start and start > 1 else ""
    name = "ol" if is_numbered else "ul"
    return f"<{name}{begins}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"


def _words(node: dict[str, Any]) -> str:
    shown = escaped(node.get("text"))
    form = number(node.get("format")) or 0
    for bit, name in enumerate(FORMATS):
        if form & 1 << bit:
            shown = f"<{name}>{shown}</{name}>"
    return shown
