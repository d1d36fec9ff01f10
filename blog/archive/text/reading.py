"""HTML of any source → a tree, with bounded work.

libxml2 reads HTML in its own way: it closes `<b>` and headings at the next paragraph and ends a document at `</body>`.
What it would lose by that is renamed or taken out before it sees the text.
"""

import re

from lxml import etree

from blog.prose import clean_text

MOST_CHARACTERS = 20_000_000
MOST_ELEMENTS = 500_000
MOST_DEPTH = 150  # Elements left open; nobody's editor comes to a tenth of it

MISREAD = re.compile(
    r"<(/?)(html|body|head|frameset|b|i|u|s|big|small|strike|tt|h[1-6])(?=[\s/>])([^<>]*>)?", re.IGNORECASE
)
RENAMED = {
    "b": "strong", "i": "em", "u": "span", "s": "del", "strike": "del", "tt": "code", "big": "span", "small": "span",
    **{f"h{level}": f"h-{level}" for level in range(1, 7)},
}  # fmt: skip
OPENING = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
# As the tokenizer of the HTML standard sees them (13.2.5.8 and 13.2.5.32); names come in pieces, so that the search for
# a tag takes no longer than the tag
ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]{0,999}+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]{0,9999}+)?+)?+"""
# Attributes are kept in a chain that is gone through for each: of a hundred thousand in one tag it takes minutes
OVERLOADED = re.compile(rf"<[a-z][^\s/>]{{0,99}}+(?:{ATTRIBUTE}){{500}}", re.IGNORECASE)
# Never left open around what follows
CLOSED = frozenset(
    {"br", "hr", "img", "input", "col", "p", "li", "dt", "dd", "tr", "td", "th", "param", "source", "wbr", "meta",
     "link", "embed", "option", "area", "track"}
)  # fmt: skip
BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|dl|table|blockquote|pre|figure|section|article|br|hr|iframe|center|form|html|body)\b",
    re.IGNORECASE,
)
BLANK_LINES = re.compile(r"(<[^<>]*>)|\n[ \t]*\n\s*")  # Those within a tag are part of it
TAG = re.compile("<[^<>]*>")
UNREAD = ("script", "style")


def prepare(html: str) -> str:
    """Return a text without what no reader can use: control characters, and a comment that is never closed."""
    html = clean_text(html)
    closed = html.rfind("-->")
    if html.rfind("<!--") > closed:
        html = html[: closed + 1] + html[closed + 1 :].replace("<!--", "")
    return html


def tree(html: str, *, has_paragraphs: bool = False) -> "etree._Element | None":
    """Return the body of a prepared text, or None for one that would take too long, or would lose words, in reading.

    With `has_paragraphs`, blank lines part paragraphs in a text that has no blocks of its own.
    """
    if len(html) > MOST_CHARACTERS or _is_tangled(html) or OVERLOADED.search(html):
        return None
    if has_paragraphs and not BLOCK.search(html):
        html = BLANK_LINES.sub(lambda found: found[1] or "<p>", html)
    html = MISREAD.sub(_rename, html)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = etree.fromstring(f"<html><body>{html}".encode("utf-8", "ignore"), parser)
    last = parser.error_log.last_error
    if root is None or (last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        return None
    return root


def _rename(tag: "re.Match[str]") -> str:
    renamed = RENAMED.get(tag[2].lower())
    if renamed is None:
        return " " if tag[3] else tag[0]
    return f"<{tag[1]}{renamed}{tag[3] or ''}"


def _is_tangled(html: str) -> bool:
    """Whether more is left open than a tree can be that deep, or there is more of it than anybody writes."""
    depth = elements = 0
    for tag in OPENING.finditer(html):
        if tag[1]:
            depth -= tag[2].lower() not in CLOSED and depth > 0
            continue
        elements += 1
        depth += tag[2].lower() not in CLOSED
        if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
            return True
    return False


def words_only(html: str) -> str:
    """Return the words of a text that can't be read as HTML: its tags become blank lines. Takes time by its length."""
    lowered = html.lower()
    kept, at = [], 0
    while True:
        starts = [(lowered.find(f"<{name}", at), name) for name in UNREAD]
        start, name = min(((place, name) for place, name in starts if place >= 0), default=(-1, ""))
        end = lowered.find(f"</{name}", start) if start >= 0 else -1
        if start < 0 or end < 0:
            break
        kept.append(html[at:start])
        at = end
    return TAG.sub("\n\n", "".join([*kept, html[at:]]))
