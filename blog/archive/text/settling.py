"""HTML of any source → the house's vocabulary, with a list of what could not stay."""

from collections.abc import Callable
from html import unescape

from django.utils.translation import gettext as _
from lxml import etree

from blog.archive.records import Loss, Weight
from blog.archive.text import reading
from blog.archive.text.addresses import DOCUMENTS, PICTURES, ending_of, is_link, whole
from blog.archive.text.embeds import player_address, raw_address
from blog.archive.text.findings import Findings
from blog.archive.text.notes import as_list
from blog.archive.text.pictures import address_of, is_tracker
from blog.archive.text.places import link_places
from blog.archive.text.results import FileHere, Settled
from blog.archive.text.walking import Walker
from blog.archive.text.ways import WAYS
from blog.archive.text.writing import as_blocks, escape
from blog.prose import clean_text

REFERRING = ("img", "image", "amp-img", "amp-anim", "a", "video", "audio", "iframe", "object", "embed", "amp-iframe")
MOST_OPEN = 900_000  # As `prose.clean_prose` counts it: tags times depth


def settle(
    html: str,
    *,
    base: str,
    is_ours: Callable[[str], bool],
    file_at: Callable[[str], FileHere | None],
) -> Settled:
    """Return a text as the house writes it, and what was lost or changed on the way.

    `base` is the whole address that the text stood at; relative addresses are made whole against it. `is_ours` says
    whether a whole address is one of the old site: links to these become the paths that they had there, from which
    `OldPath` leads on. `file_at` (whole address → file) is asked for every picture on any host, and for links to files
    and players of the old site; for `x-300x200.jpg` it is asked for `x.jpg` first. None means that it isn't here, and
    then the text links to where it was. Settling what was settled changes nothing. Never raises: a text too tangled to
    be read as HTML in good time becomes plain paragraphs, with a loss that says so.
    """
    findings = Findings(base=base, is_ours=is_ours, file_at=file_at)
    html = reading.prepare(html)
    if not html:
        return Settled("")
    try:
        body = reading.tree(html, has_paragraphs=True)
        made = _written(body, findings) if body is not None else None
    except RecursionError:
        made = None
    if made is None:
        why = _("Its HTML is too tangled to be read. Its words are here, as plain paragraphs.")
        return Settled(_as_paragraphs(html), (Loss("text", "", why, Weight.CHANGED),))
    return Settled(made, findings.summary(), tuple(findings.wanted))


def wanted_files(html: str, *, base: str, is_ours: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the whole addresses of pictures (on any host) and of our own files in a text, each once, in order.

    These are what `settle` asks `file_at` for, so that files can be brought before texts. Tracking pixels are
    not among them.
    """
    if "<" not in html:
        return ()
    html = reading.prepare(html)
    body = reading.tree(html)
    if body is None:
        return ()

    findings = Findings(base=base, is_ours=is_ours, file_at=lambda _address: None)
    for element in body.iter(*REFERRING):
        _want(element, findings)
    return tuple(findings.wanted)


def _want(element: "etree._Element", findings: Findings) -> None:
    if element.tag == "a":
        raw = element.get("href") or ""
        if (
            ending_of(raw) in PICTURES
            and element.find(".//img") is not None
            and not "".join(element.itertext()).strip()
        ):
            return
        _want_own(raw, findings)
    elif element.tag in {"video", "audio"}:
        address = player_address(element, findings.base)
        if address and findings.is_ours(address):
            findings.file(address)
    elif element.tag in {"iframe", "object", "embed", "amp-iframe"}:
        _want_own(raw_address(element), findings)
    else:
        address = address_of(element, findings.base)
        if address and not is_tracker(element, address) and "smiley" not in (element.get("class") or ""):
            findings.file(address)


def _want_own(raw: str, findings: Findings) -> None:
    address = whole(raw, findings.base) if "." in raw else ""
    if ending_of(address) in PICTURES | DOCUMENTS and is_link(address) and findings.is_ours(address):
        findings.file(address)


def _written(body: "etree._Element", findings: Findings) -> str | None:
    walker = Walker(findings, body, WAYS)
    made, are_all_linked = link_places(as_blocks(as_list(walker.parts_in(body))), walker.places, findings)
    if made.count("<") * walker.deepest > MOST_OPEN:
        return None
    if not are_all_linked:
        # Where a link became words, marks on both sides of it may now be one
        again = reading.tree(made)
        return _written(again, findings.anew()) if again is not None else None
    return made


def _as_paragraphs(html: str) -> str:
    words = clean_text(reading.words_only(html).replace("\xa0", " "))
    blocks = [" ".join(block.split()) for block in words.split("\n\n")]
    return "".join(f"<p>{block}</p>" for block in map(_unescaped, blocks) if block)


def _unescaped(block: str) -> str:
    return escape(clean_text(unescape(block)))
