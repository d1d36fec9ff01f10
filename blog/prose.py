"""Text from people → safe HTML. The only module that marks HTML as safe.

Two doors in, used on every save: `clean_prose` for rich text and `clean_line` / `clean_text` for plain fields. One
door out: `show` and its relatives, used by the template filters. What is stored is clean already; what is shown is
never cleaned in a second way.
"""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from blog.headings import link_headings
from blog.illustrations import Illustrations, illustrate
from blog.typesetting import typeset

BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "hr", "pre", "figure", "figcaption"}
TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
INLINE = {"strong", "em", "a", "br", "code", "sup", "sub", "cite", "img"}
TAGS = BLOCKS | TABLES | INLINE
CHANGE_MARKS = {"ins", "del"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
NUMERIC = {"width", "height", "colspan", "rowspan", "start"}
LINK_SCHEMES = {"http", "https", "mailto"}

# What ends a line in Unicode and in texts taken over from word processors, beside the newline
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# Control characters say nothing to a reader and break feeds (XML 1.0, 2.2), mail headers and PostgreSQL (NUL)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
# Marks that turn the direction of what follows; in a name they could disguise one as another
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
HAS_MARKUP = re.compile(
    r"</?(?:p|br|h[1-6]|ul|ol|li|strong|em|b|i|a|table|figure|blockquote|div|pre|hr)\b", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”]")
QUOTED = re.compile(r"(?:> ?){1,3}")
BLANK_LINES = re.compile(r"\n\s*\n")
# What needs composing (NFC), in short runs: sorting a long run of accents takes time by the square of its length
NOT_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]{1,200}")
TAG = re.compile("<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
WHOLE_TAG = re.compile("<[^<>]*>")
# The title is the page's h1, and the house has two kinds of headings below it
OTHER_HEADING = re.compile(r"<(/?)h([1456])\b", re.IGNORECASE)
# Never left open around what follows: they hold nothing, or the next of their kind closes them
CLOSED_IN_PASSING = {
    "br", "hr", "img", "input", "col", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
}  # fmt: skip
MOST_OPEN = 1_000_000  # Tags times the depth to which they are left open; a long text comes to a tenth of it
# As django.utils.html.json_script writes them
JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")


def clean_text(text: str) -> str:
    """Return plain text of several lines: no control characters, NFC, line ends as newlines, no spaces around it."""
    text = CONTROLS.sub("", LINE_ENDS.sub("\n", text))
    # Python knows at once whether a text is ASCII, and looking for what needs composing takes most of the time here
    return (text if text.isascii() else NOT_ASCII.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)).strip()


def clean_line(text: str) -> str:
    """Return plain text of one line, for titles, names and subjects."""
    return " ".join(DIRECTIONS.sub("", clean_text(text)).split())


def clean_prose(text: str) -> str:
    """Return rich text with nothing but the house's own vocabulary: no script, style, class, remote picture or frame.

    Text without any markup becomes paragraphs at its blank lines, so that the plain field of a browser without
    script is enough to write in. So does text whose tags are left open deeper than anybody writes.
    """
    text = OTHER_HEADING.sub(lambda tag: f"<{tag[1]}{'h2' if tag[2] == '1' else 'h3'}", clean_text(text))
    is_plain = not HAS_MARKUP.search(text)
    if _is_tangled(text):
        text, is_plain = html.unescape(WHOLE_TAG.sub("\n\n", text)), True
    if text and is_plain:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(escape(text)))
    text = _sanitise(text, TAGS)
    while (emptied := EMPTY_PARAGRAPH.sub("", text)) != text:
        text = emptied  # What held an empty paragraph may be empty now
    return text.strip()


def _is_tangled(text: str) -> bool:
    """Whether a parser would take minutes and gigabytes: what is left open is opened anew in each paragraph after it.

    See the HTML standard, 13.2.4.3, “The list of active formatting elements”.
    """
    still_open: Counter[str] = Counter()
    tags = depth = deepest = 0
    for tag in TAG.finditer(text):
        tags += 1
        is_end, name = bool(tag[1]), tag[2].lower()
        if name in CLOSED_IN_PASSING or (is_end and not still_open[name]):
            continue
        still_open[name] += -1 if is_end else 1
        depth += -1 if is_end else 1
        deepest = max(deepest, depth)
    return tags * deepest > MOST_OPEN


def _sanitise(text: str, tags: set[str]) -> str:
    return nh3.clean(
        text,
        tags=tags,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=LINK_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value.strip() if _is_link(value) else None
    if name == "src":
        return value if _is_own_picture(value) else None
    if name in NUMERIC:
        return value if value.isdigit() and len(value) < 6 else None
    if name == "scope":
        return value if value in {"col", "row", "colgroup", "rowgroup"} else None
    return value


def _is_link(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or a path on this site (never `//elsewhere`)."""
    address = address.strip()
    if "\\" in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and address[:1] in {"/", "#"} and not address.startswith("//")


def _is_own_picture(address: str) -> bool:
    return address.startswith(settings.MEDIA_URL) and ".." not in address and "%" not in address


def _paragraphs(text: str) -> list[str]:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return [block.replace("\n", "<br>") for block in blocks]


def as_plain(prose: str) -> str:
    """Return clean prose as plain text, a line a block; for counting, extracts and letters."""
    spaced = re.sub(r"</(?:p|h2|h3|li|td|th|tr|caption|figcaption|blockquote|pre)>|<br>|<hr>", "\n", prose)
    lines = html.unescape(nh3.clean(spaced, tags=set())).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def count_words(prose: str) -> int:
    """Return the number of words in clean prose."""
    return len(as_plain(prose).split())


def pictures_without_description(prose: str) -> int:
    """Return how many pictures in clean prose have no alternative text (WCAG 2.2, 1.1.1)."""
    pictures: list[str] = re.findall(r"<img\b[^>]*>", prose)
    return sum(not re.search(r'\balt="[^"]*[^"\s][^"]*"', picture) for picture in pictures)


def show(prose: str, pictures: Illustrations | None = None) -> SafeString:
    """Return stored prose for a page: tables and notes typeset, pictures loaded when needed.

    `pictures` are those of ours in it that a page knows the size and the renditions of.
    """
    prose = illustrate(typeset(prose), pictures or Illustrations())
    return mark_safe(prose)  # noqa: S308  It was cleaned on save, and what is added here is ours


def show_each(blocks: list[str], split: Callable[[str], list[str]]) -> list[SafeString]:
    """Return stored prose for a page, block by block, each as `show` gives it within the whole text.

    `split` parts prose into its blocks. Where showing would make more or fewer of them, each is shown on its own.
    """
    shown = split(show("".join(blocks)))
    if len(shown) != len(blocks):
        return [show(block) for block in blocks]
    return [mark_safe(block) for block in shown]  # noqa: S308  Parts of what `show` gave


def with_addresses(shown: str) -> SafeString:
    """Return prose as `show` gives it, with an address for each heading."""
    return mark_safe(link_headings(shown))  # noqa: S308  What is added to what was shown is ours


def show_marked(prose: str) -> SafeString:
    """Return prose with changes marked by `ins` and `del`; cleaned here, for it was made from two texts."""
    return mark_safe(_sanitise(prose, TAGS | CHANGE_MARKS))  # noqa: S308  Cleaned in this very line


def show_plain(text: str) -> SafeString:
    """Return plain text, as in a comment or a reason, as paragraphs in which addresses are links.

    Lines that begin with “>”, as in letters, are a quotation, with “>>” one in another, three deep at the most. Takes
    time in proportion to the length of the text, whatever it says.
    """
    shown: list[str] = []
    now = 0
    for depth, block in _quoted_blocks(text):
        shown += ["<blockquote>"] * (depth - now) + ["</blockquote>"] * (now - depth) + [f"<p>{_linked(block)}</p>"]
        now = depth
    shown += ["</blockquote>"] * now
    return mark_safe("".join(shown))  # noqa: S308  Every part is escaped


def show_facts(facts: object) -> SafeString:
    """Return facts for programs as a block of JSON-LD, which no browser runs. No text in it can end the block."""
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # noqa: S308  No < is left


def _quoted_blocks(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of plain text, each with how deep it is quoted."""
    if ">" not in text:
        return [(0, block) for block in BLANK_LINES.split(text) if block.strip()]
    blocks: list[tuple[int, list[str]]] = []
    is_new = True
    for line in text.split("\n"):
        sign = QUOTED.match(line)
        depth, words = (sign[0].count(">"), line[sign.end() :]) if sign else (0, line)
        if not words.strip():
            is_new = True
            continue
        if is_new or blocks[-1][0] != depth:
            blocks.append((depth, []))
        blocks[-1][1].append(words)
        is_new = False
    return [(depth, "\n".join(lines)) for depth, lines in blocks]


def _linked(block: str) -> str:
    parts: list[str] = []
    end = 0
    for match in ADDRESS.finditer(block):
        parts.append(escape(block[end : match.start()]))
        parts.append(format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', match.group()))
        end = match.end()
    parts.append(escape(block[end:]))
    return "".join(parts).strip().replace("\n", "<br>")
