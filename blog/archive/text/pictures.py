"""Pictures in a text: which address a picture really has, and how it stands in the house's vocabulary."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from blog.archive.text.addresses import PICTURES, ending_of, is_link, name_of, unscaled, whole, without_scaling
from blog.archive.text.findings import Findings
from blog.archive.text.writing import Mark, Part, Writer, attribute, escape

# Where scripts that load pictures late keep the address meanwhile
LATE = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-src", "data-hi-res-src")
TRACKERS = re.compile(
    r"//(?:[\w-]+\.)*(?:pixel\.wp\.com|stats\.wordpress\.com|doubleclick\.net|google-analytics\.com|quantserve\.com"
    r"|scorecardresearch\.com|statcounter\.com|feedsportal\.com|feeds\.feedburner\.com|feeds\.wordpress\.com"
    r"|b\.wordpress\.com|facebook\.com/tr)\b"
)
BLANK = re.compile(r"/(?:spacer|blank|clear|transparent|pixel|trans|1x1(?:\.trans)?)\.(?:gif|png)$", re.IGNORECASE)
SIDE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*")
SMALL = 48  # Pixels: a picture no higher than a line or two stands in it like a word
# Names that we give, once and at random: what has such a name is here already
OWN = re.compile(r"(?:pictures|documents)/\d{4}/\d\d/[^/?#]+")


def address_of(element: "etree._Element", base: str) -> str:
    """Return the whole address of the picture that an element shows, or nothing if it shows none."""
    given = element.get("src") or ""
    for name in LATE:
        late = element.get(name) or ""
        if late and not late.startswith("data:"):
            given = late
            break
    if not given:
        given = (element.get("srcset") or element.get("data-srcset") or "").strip().partition(" ")[0].rstrip(",")
    if not given.strip():
        return ""
    if given.startswith("data:"):
        return given if given.startswith("data:image/") and len(given) > 500 else ""
    address = whole(given, base).partition("#")[0]
    is_none = address == base.partition("#")[0] or address.startswith("mailto:") or not is_link(address)
    return "" if is_none else without_scaling(address)


def is_tracker(element: "etree._Element", address: str) -> bool:
    """Whether a picture is there to count readers, or to hold a place open."""
    sides = [_side(element.get(name)) for name in ("width", "height")]
    is_dot = all(side is not None and side <= 2 for side in sides)
    return is_dot or bool(TRACKERS.search(address) or BLANK.search(address.partition("?")[0]))


def is_own(address: str) -> bool:
    """Whether an address, as it stands in a text, is that of a file which the house itself has named."""
    url = settings.MEDIA_URL
    return address.startswith(url) and ".." not in address and bool(OWN.fullmatch(address[len(url) :]))


def show(element: "etree._Element", writer: Writer, findings: Findings, *, last: str = "") -> str:
    """Write a picture, and return its address. `last` is the one before: the same again, for want of a script, goes."""
    address = address_of(element, findings.base)
    alt = " ".join((element.get("alt") or "").split())
    if "smiley" in (element.get("class") or "") or "emoji" in (element.get("class") or ""):
        writer.text(alt)
        return last
    if not address:
        if element.get("src") and not element.get("src", "").startswith("data:"):
            findings.lose("picture", element.get("src", "")[:200], _("Its address leads nowhere."))
            writer.text(alt)
        return last
    if is_tracker(element, address):
        findings.count("script")
        return last
    if address == last and _is_in_noscript(element):
        return last
    given = (element.get("src") or "").strip()
    here = findings.file(address)
    if here is not None and here.kind == "picture":
        width, height = here.width, here.height
        html = _element(here.url, alt or here.alt or _words(element.get("title")), width, height)
    elif is_own(given):
        width, height = _side(element.get("width")), _side(element.get("height"))
        html = _element(given, alt, width, height)
    else:
        _show_missing(address, alt, writer, findings, url=here.url if here else findings.was_at(address))
        return address
    _place(html, width or _side(element.get("width")), address, writer)
    return address


def _place(html: str, width: int | None, address: str, writer: Writer) -> None:
    if width is not None and width <= SMALL:
        writer.inline(html)
        return
    link = next((mark for mark in writer.marks if mark.tag == "a"), None)
    if link is not None and not _is_of(link, address):
        html = f"{link.opening}{html}{link.closing}"
    figure = [Part("block", f"<figure>{html}</figure>")]
    if writer.is_at_start:
        writer.add(figure)
    else:
        writer.later(figure)


def _is_of(link: Mark, address: str) -> bool:
    """Whether a link around a picture leads to nothing but the picture itself."""
    return unscaled(link.address) == unscaled(address) or ending_of(link.address) in PICTURES


def _show_missing(address: str, alt: str, writer: Writer, findings: Findings, *, url: str) -> None:
    findings.lose_picture(address)
    if address.startswith("data:"):
        writer.text(alt)
        return
    words = alt or _("Picture: {name}").format(name=name_of(address))
    if any(mark.tag == "a" for mark in writer.marks):
        # A link in a link is none: the one around it, which leads to where the picture was shown, stays
        writer.text(words)
        return
    link = Part("paragraph", f"<a{attribute('href', url)}>{escape(words)}</a>")
    if writer.is_at_start:
        writer.add([link])
    else:
        writer.later([link])


def _element(url: str, alt: str, width: int | None, height: int | None) -> str:
    sides = [attribute(name, str(side)) for name, side in (("width", width), ("height", height)) if side]
    return f"<img{attribute('src', url)}{attribute('alt', alt)}{''.join(sides)}>"


def _side(value: str | None) -> int | None:
    """Return a side in pixels; None for another unit, or none at all."""
    found = SIDE.fullmatch(value or "")
    return int(found[1]) if found else None


def _words(title: str | None) -> str:
    """Return a title that was written by somebody; most are names of files."""
    words = " ".join((title or "").split())
    return words if " " in words else ""


def _is_in_noscript(element: "etree._Element") -> bool:
    return next(element.iterancestors("noscript"), None) is not None
