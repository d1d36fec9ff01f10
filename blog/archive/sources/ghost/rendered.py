"""Texts as Ghost rendered them: its cards, by their classes, become the plain elements of `cards`."""

from collections.abc import Callable
from typing import TypeAlias

import lxml.html
from lxml import etree

from blog.archive.sources.findings import Findings
from blog.archive.sources.ghost.cards import Particulars, card

Element: TypeAlias = lxml.html.HtmlElement
MOST_CARDS = 5_000


def plain_cards(written: str, findings: Findings) -> str:
    """Return rendered HTML with its cards as plain elements. What can't be taken apart stays as it is."""
    if "kg-" not in written:
        return written
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
        root = lxml.html.fragment_fromstring(
            written.replace("\x00", "").encode("utf-8", "replace"), create_parent="div", parser=parser
        )
    except (etree.LxmlError, ValueError):
        return written
    # A tree that is too deep for the parser ends where it gave up
    if any("depth" in (row.message or "").lower() for row in parser.error_log):
        return written
    for found, kind in _cards(root):
        drawn = card(kind, READ[kind](found), findings)
        _replace(found, drawn)
    return _inner(root)


def _cards(root: Element) -> list[tuple[Element, str]]:
    """Return the outermost cards with their kinds."""
    cards: list[tuple[Element, str]] = []
    inside: set[Element] = set()
    for element in root.iter():
        if not isinstance(element.tag, str) or element in inside or len(cards) > MOST_CARDS:
            continue
        kind = next((CLASSES[name] for name in (element.get("class") or "").split() if name in CLASSES), "")
        if kind:
            cards.append((element, kind))
            inside.update(element.iterdescendants())
    return cards


def _replace(element: Element, drawn: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    try:
        new = lxml.html.fragment_fromstring(drawn or "<br>", create_parent="div") if drawn else None
    except (etree.LxmlError, ValueError):
        return
    place, tail = parent.index(element), element.tail or ""
    if new is not None:
        new.tail, element.tail = tail, None
        parent.replace(element, new)
        new.drop_tag()
    else:
        element.drop_tree()
        del place


def _first(element: Element, *classes: str) -> Element | None:
    """Return the first element within that has one of the classes, which are names of our own."""
    for name in classes:
        found = element.xpath(".//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} ")
        if found:
            return found[0]
    return None


def _inner(element: Element | None) -> str:
    if element is None:
        return ""
    parts = [_escape(element.text or "")]
    parts += [lxml.html.tostring(child, encoding="unicode") for child in element]
    return "".join(parts).strip()


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(element: Element | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _tagged(element: Element, *names: str) -> Element | None:
    return next(element.iter(*names), None)


def _attribute(element: Element | None, name: str) -> str:
    return (element.get(name) or "") if element is not None else ""


def _caption(element: Element) -> str:
    return _inner(_tagged(element, "figcaption"))


def _bookmark(element: Element) -> Particulars:
    return {
        "url": _attribute(_tagged(element, "a"), "href"),
        "title": _words(_first(element, "kg-bookmark-title")),
        "description": _words(_first(element, "kg-bookmark-description")),
        "publisher": _words(_first(element, "kg-bookmark-publisher", "kg-bookmark-author")),
        "caption": _caption(element),
    }


def _gallery(element: Element) -> Particulars:
    return {"images": [_picture(picture) for picture in element.iter("img")], "caption": _caption(element)}


def _picture(picture: Element | None) -> Particulars:
    if picture is None:
        return {}
    around = picture.getparent()
    href = _attribute(around, "href") if around is not None and around.tag == "a" else ""
    return {name: _attribute(picture, name) for name in ("src", "alt", "width", "height")} | {"href": href}


def _callout(element: Element) -> Particulars:
    return {
        "calloutEmoji": _words(_first(element, "kg-callout-emoji")),
        "calloutText": _inner(_first(element, "kg-callout-text")),
    }


def _toggle(element: Element) -> Particulars:
    return {
        "heading": _inner(_first(element, "kg-toggle-heading-text")),
        "content": _inner(_first(element, "kg-toggle-content")),
    }


def _button(element: Element) -> Particulars:
    link = _tagged(element, "a")
    return {"buttonUrl": _attribute(link, "href"), "buttonText": _words(link), "buttonEnabled": True}


def _header(element: Element) -> Particulars:
    return _button(element) | {
        "header": _inner(_first(element, "kg-header-card-header", "kg-header-card-heading")),
        "subheader": _inner(_first(element, "kg-header-card-subheader", "kg-header-card-subheading")),
        "backgroundImageSrc": _attribute(_tagged(element, "img"), "src"),
    }


def _file(element: Element) -> Particulars:
    return {
        "src": _attribute(_tagged(element, "a"), "href"),
        "fileTitle": _words(_first(element, "kg-file-card-title")),
        "fileCaption": _words(_first(element, "kg-file-card-caption")),
        "fileName": _words(_first(element, "kg-file-card-filename")),
    }


def _recording(element: Element) -> Particulars:
    return {
        "src": _attribute(_tagged(element, "audio", "video"), "src") or _attribute(_tagged(element, "source"), "src"),
        "title": _words(_first(element, "kg-audio-title")),
        "caption": _caption(element),
    }


def _product(element: Element) -> Particulars:
    link = _tagged(element, "a")
    stars = element.xpath(".//*[contains(@class, 'kg-product-card-rating-active')]")
    return {
        "productImageSrc": _attribute(_tagged(element, "img"), "src"),
        "productTitle": _inner(_first(element, "kg-product-card-title")),
        "productDescription": _inner(_first(element, "kg-product-card-description")),
        "productRatingEnabled": bool(stars),
        "productStarRating": len(stars),
        "productUrl": _attribute(link, "href"),
        "productButton": _words(link),
    }


def _appeal(element: Element) -> Particulars:
    return _button(element) | {
        "imageUrl": _attribute(_tagged(element, "img"), "src"),
        "textValue": _inner(_first(element, "kg-cta-text")),
    }


def _form(element: Element) -> Particulars:
    return {
        "header": _inner(_first(element, "kg-signup-card-heading")),
        "subheader": _inner(_first(element, "kg-signup-card-subheading")),
        "disclaimer": _inner(_first(element, "kg-signup-card-disclaimer")),
    }


def _before_after(element: Element) -> Particulars:
    pictures = [_picture(picture) for picture in element.iter("img")][:2]
    after, before = ([*pictures, {}, {}])[:2]
    return {"beforeImage": before, "afterImage": after, "caption": _caption(element)}


CLASSES = {
    "kg-bookmark-card": "bookmark",
    "kg-gallery-card": "gallery",
    "kg-callout-card": "callout",
    "kg-toggle-card": "toggle",
    "kg-button-card": "button",
    "kg-header-card": "header",
    "kg-file-card": "file",
    "kg-audio-card": "audio",
    "kg-video-card": "video",
    "kg-product-card": "product",
    "kg-cta-card": "call-to-action",
    "kg-signup-card": "signup",
    "kg-before-after-card": "before-after",
}
READ: dict[str, Callable[[Element], Particulars]] = {
    "bookmark": _bookmark,
    "gallery": _gallery,
    "callout": _callout,
    "toggle": _toggle,
    "button": _button,
    "header": _header,
    "file": _file,
    "audio": _recording,
    "video": _recording,
    "product": _product,
    "call-to-action": _appeal,
    "signup": _form,
    "before-after": _before_after,
}
