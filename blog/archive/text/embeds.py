"""Players, frames and other things from elsewhere: a paragraph with a link to what a person would open."""

from django.utils.translation import gettext as _
from lxml import etree

from blog.archive.text.addresses import DOCUMENTS, PICTURES, ending_of, for_people, is_link, name_of, whole
from blog.archive.text.findings import Findings
from blog.archive.text.writing import Part, Writer, attribute, escape

# What takes the place of an address in AMP's own elements
AMP = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "{}"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
}
ADDRESSES = ("src", "data-src", "data-lazy-src", "data", "data-url", "data-href", "href")
TITLES = ("title", "data-title", "aria-label", "alt")


def is_embed(element: "etree._Element") -> bool:
    """Whether an element of AMP shows something from elsewhere; its pictures are pictures."""
    tag = element.tag
    return tag in AMP or (tag.startswith("amp-") and bool(raw_address(element)))


def show_frame(element: "etree._Element", writer: Writer, findings: Findings) -> bool:
    """Write a link to what a frame or player shows; False if it shows nothing that has an address."""
    raw = raw_address(element)
    address = for_people(whole(raw, findings.base)) if raw else ""
    if not is_link(address) or address.startswith("mailto:") or findings.is_this_page(address):
        return False
    words = _title(element) or _told(address)
    if not findings.is_ours(address):
        _link(address, words, writer)
        findings.lose_embed(address)
        return True
    here = findings.file(address) if ending_of(address) in PICTURES | DOCUMENTS else None
    _link(here.url if here else findings.was_at(address), words, writer)
    if here is None:
        findings.lose_embed(address)
    return True


def player_address(element: "etree._Element", base: str) -> str:
    """Return the whole address of the sound or film that an element plays, or nothing if it plays none."""
    addresses = [element.get("src") or element.get("data-src") or ""]
    addresses += [source.get("src") or "" for source in element.iter("source")]
    for raw in addresses:
        address = whole(raw, base).partition("#")[0] if raw.strip() and not raw.startswith(("data:", "blob:")) else ""
        if is_link(address) and address != base.partition("#")[0] and not address.startswith("mailto:"):
            return address
    return ""


def show_player(element: "etree._Element", writer: Writer, findings: Findings) -> bool:
    """Write a link to the sound or film that an element plays; False if it plays none."""
    address = player_address(element, findings.base)
    if not address:
        return False
    here = findings.file(address) if findings.is_ours(address) else None
    said = _("Sound: {name}") if element.tag == "audio" else _("Film: {name}")
    _link(here.url if here else findings.was_at(address), _title(element) or said.format(name=name_of(address)), writer)
    if here is None:
        findings.lose(str(element.tag), address, _("The text links to where it was."))
    return True


def _link(url: str, words: str, writer: Writer) -> None:
    html = f"<a{attribute('href', url)}>{escape(words)}</a>"
    if writer.is_at_start:
        writer.paragraph(html)
    else:
        writer.later([Part("paragraph", html)])


def raw_address(element: "etree._Element") -> str:
    """Return the address that a frame or player is loaded from, as it stands there; nothing if it has none."""
    if element.tag in AMP:
        name, pattern = AMP[element.tag]
        value = (element.get(name) or "").strip()
        return pattern.format(value) if value else ""
    for name in ADDRESSES:
        value = (element.get(name) or "").strip()
        if value and not value.startswith(("about:", "data:", "javascript:")):
            return value
    for inner in element.iter("param", "embed", "iframe"):
        is_named = inner.tag == "param" and (inner.get("name") or "").lower() in {"movie", "src", "url", "filename"}
        value = (inner.get("value") if is_named else inner.get("src")) or ""
        if value.strip():
            return value.strip()
    return ""


def _title(element: "etree._Element") -> str:
    for name in TITLES:
        words = " ".join((element.get(name) or "").split())
        if words:
            return words
    return ""


def _told(address: str) -> str:
    """Return an address as it is read out: without its scheme."""
    return address.partition("://")[2].rstrip("/") or address
