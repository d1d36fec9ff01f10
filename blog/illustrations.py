"""A picture as a reader's browser gets it: kinds and widths to choose from, and its size before it is there.

Works on clean prose alone (`prose.clean_prose`), and puts nothing into it but what the rows of our own pictures say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

IMG = re.compile(r'<img((?:\s[a-z]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
LAZY = 'loading="lazy" decoding="async"'
AT_ONCE = 'loading="eager" fetchpriority="high" decoding="async"'

# How wide the column of text is (static/site.css): the window less its gutters, 31 times the size of the text, and that
# at its largest. In rem, for it grows with the reader's own size of text
COLUMN = "(min-width: 74.5rem) 38.75rem, (min-width: 37rem) calc(30.3rem + 11.35vw), calc(100vw - 2.5rem)"
# So many characters into a text a picture is likely to be seen before anybody scrolls
NEAR_TOP = 1200


@dataclass(frozen=True)
class Illustration:
    """One picture: the original's address and size in pixels, and its renditions as `srcset`s (HTML, 4.8.4.2.1).

    `sources` has one for each kind that only some browsers know, by media type; `srcset` is the one for all others.
    """

    src: str
    width: int
    height: int
    sources: Mapping[str, str] = field(default_factory=dict)
    srcset: str = ""


@dataclass(frozen=True)
class Illustrations:
    """The pictures in a text by their addresses, and whether the first may be what readers see first."""

    by_address: Mapping[str, Illustration] = field(default_factory=dict)
    is_first_near_top: bool = False


def picture(shown: Illustration, *, alt: str, sizes: str = COLUMN, is_first: bool = False) -> SafeString:
    """Return the element of a picture in a text. Only the one that readers see first is fetched before it is needed."""
    described = 'alt="{}" width="{}" height="{}" ' + (AT_ONCE if is_first else LAZY)
    return _element(shown, sizes, format_html(described, alt, shown.width, shown.height))


def portrait(shown: Illustration, *, side: int, sizes: str) -> SafeString:
    """Return the element of a portrait beside the name that it belongs to, which says all that there is to say."""
    size = format_html('alt="" width="{0}" height="{0}" class="portrait" decoding="async"', side)
    return _element(shown, sizes, size)


def _element(shown: Illustration, sizes: str, attributes: SafeString) -> SafeString:
    if not shown.srcset:
        return format_html('<img src="{}" {}>', shown.src, attributes)
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((kind, srcset, sizes) for kind, srcset in shown.sources.items()),
    )
    img = format_html('<img src="{}" srcset="{}" sizes="{}" {}>', shown.src, shown.srcset, sizes, attributes)
    return format_html("<picture>{}{}</picture>", sources, img)


def addresses(prose: str) -> list[str]:
    """Return the addresses of the pictures in clean prose, each once."""
    found = (_attributes(tag).get("src", "") for tag in IMG.finditer(prose))
    return list(dict.fromkeys(address for address in found if address))


def illustrate(prose: str, pictures: Illustrations) -> str:
    """Return clean prose with each of these pictures in its renditions; others are only loaded when needed."""
    is_first = pictures.is_first_near_top

    def show(tag: re.Match[str]) -> str:
        nonlocal is_first
        given = _attributes(tag)
        known = pictures.by_address.get(given.get("src", ""))
        is_near_top = is_first and tag.start() < NEAR_TOP
        is_first = False
        if known is None:
            return f"<img {LAZY}{tag[1]}>"
        return picture(known, alt=given.get("alt", ""), is_first=is_near_top)

    return IMG.sub(show, prose)


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag[1])}
