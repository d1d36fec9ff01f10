"""Ghost's cards → HTML of plain elements: what each one says stays, how it looked goes.

A card is a kind and its particulars, as Lexical and Mobiledoc have them alike (`kg-default-nodes`, `kg-default-cards`).
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from blog.archive.sources.findings import Findings
from blog.archive.sources.markdown_text import to_html
from blog.archive.sources.values import escaped, is_yes, line, listed, mapping, number, text

Particulars: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[Particulars, Findings], str]
MOST_PICTURES = 200


def card(kind: str, particulars: Particulars, findings: Findings) -> str:
    """Return a card as HTML; what is unknown is listed, with such words as it holds kept."""
    draw = CARDS.get(kind.removeprefix("card-"))
    if draw:
        return draw(particulars, findings)
    words = text(particulars.get("html")) or text(particulars.get("text"))
    findings.lost("card", f"A card of the kind “{line(kind)[:60]}” isn't known here.")
    return words


def _image(particulars: Particulars, findings: Findings) -> str:
    source = text(particulars.get("src")) or text(particulars.get("url"))
    if not source:
        return ""
    sizes = "".join(
        f' {name}="{size}"' for name in ("width", "height") if (size := number(particulars.get(name))) and size > 0
    )
    picture = f'<img src="{escaped(source)}" alt="{escaped(particulars.get("alt"))}"{sizes}>'
    if href := text(particulars.get("href")):
        picture = f'<a href="{escaped(href)}">{picture}</a>'
    return _figure(picture, particulars)


def _figure(inner: str, particulars: Particulars) -> str:
    caption = text(particulars.get("caption"))
    return f"<figure>{inner}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _gallery(particulars: Particulars, findings: Findings) -> str:
    pictures = [mapping(row) for row in listed(particulars.get("images"))]
    if len(pictures) > MOST_PICTURES:
        findings.lost("gallery", f"Only the first {MOST_PICTURES} of its {len(pictures)} pictures are brought.")
    shown = pictures[:MOST_PICTURES]
    caption = text(particulars.get("caption"))
    return "".join(_image(row, findings) for row in shown) + (f"<p>{caption}</p>" if caption else "")


def _bookmark(particulars: Particulars, findings: Findings) -> str:
    found = mapping(particulars.get("metadata")) | particulars
    address = text(found.get("url"))
    title = line(found.get("title")) or address
    source = line(found.get("publisher")) or line(found.get("author"))
    parts = [_link(address, title)]
    parts += [f" ({escaped(source)})"] if source else []
    parts += [f": {escaped(described)}" if (described := line(found.get("description"))) else ""]
    caption = text(found.get("caption"))
    return f"<p>{''.join(parts)}</p>{f'<p>{caption}</p>' if caption else ''}" if title else ""


def _embed(particulars: Particulars, findings: Findings) -> str:
    written, address = text(particulars.get("html")), text(particulars.get("url"))
    caption = text(particulars.get("caption"))
    shown = written or (f"<p>{_link(address, address)}</p>" if address else "")
    return shown + (f"<p>{caption}</p>" if caption else "")


def _html(particulars: Particulars, findings: Findings) -> str:
    return text(particulars.get("html"))


def _markdown(particulars: Particulars, findings: Findings) -> str:
    return to_html(text(particulars.get("markdown")))


def _callout(particulars: Particulars, findings: Findings) -> str:
    words = text(particulars.get("calloutText"))
    if not words:
        return ""
    findings.noted("callout", "Its words are a paragraph now, without the box around them.")
    sign = escaped(particulars.get("calloutEmoji"))
    return f"<p>{f'{sign} ' if sign else ''}{_inline(words)}</p>"


def _toggle(particulars: Particulars, findings: Findings) -> str:
    findings.noted("toggle", "What could be unfolded always shows now, under its heading.")
    return f"<h3>{_inline(text(particulars.get('heading')))}</h3>{_blocks(text(particulars.get('content')))}"


def _button(particulars: Particulars, findings: Findings) -> str:
    address, words = text(particulars.get("buttonUrl")), line(particulars.get("buttonText"))
    return f"<p>{_link(address, words or address)}</p>" if address else ""


def _header(particulars: Particulars, findings: Findings) -> str:
    title, below = text(particulars.get("header")), text(particulars.get("subheader"))
    shown = f"<h2>{_inline(title)}</h2>" if title else ""
    shown += f"<p>{_inline(below)}</p>" if below else ""
    if source := text(particulars.get("backgroundImageSrc")):
        shown += _image({"src": source}, findings)
    return shown + (_button(particulars, findings) if is_yes(particulars.get("buttonEnabled")) else "")


def _file(particulars: Particulars, findings: Findings) -> str:
    source = text(particulars.get("src"))
    words = line(particulars.get("fileTitle")) or line(particulars.get("fileName")) or source.rsplit("/", 1)[-1]
    caption = line(particulars.get("fileCaption"))
    return f"<p>{_link(source, words)}{f': {escaped(caption)}' if caption else ''}</p>" if source else ""


def _recording(particulars: Particulars, findings: Findings) -> str:
    source = text(particulars.get("src"))
    if not source:
        return ""
    name = line(particulars.get("title")) or line(particulars.get("fileName")) or source.rsplit("/", 1)[-1]
    caption = text(particulars.get("caption"))
    findings.changed("recording", f"“{name[:100]}” is a link now, without a player.")
    return f"<p>{_link(source, name)}</p>{f'<p>{caption}</p>' if caption else ''}"


def _product(particulars: Particulars, findings: Findings) -> str:
    shown = _image({"src": particulars.get("productImageSrc"), "alt": ""}, findings)
    if title := text(particulars.get("productTitle")):
        shown += f"<h3>{_inline(title)}</h3>"
    shown += _blocks(text(particulars.get("productDescription")))
    if is_yes(particulars.get("productRatingEnabled")) and (stars := number(particulars.get("productStarRating"))):
        shown += f"<p>{'★' * max(0, min(stars, 5))}</p>"
    if address := text(particulars.get("productUrl")):
        shown += f"<p>{_link(address, line(particulars.get('productButton')) or address)}</p>"
    return shown


def _code(particulars: Particulars, findings: Findings) -> str:
    caption = text(particulars.get("caption"))
    shown = f"<pre><code>{escaped(particulars.get('code'))}</code></pre>"
    return shown + (f"<p>{caption}</p>" if caption else "")


def _appeal(particulars: Particulars, findings: Findings) -> str:
    shown = _image({"src": particulars.get("imageUrl")}, findings)
    shown += _blocks(text(particulars.get("textValue")))
    return shown + (_button(particulars, findings) if particulars.get("showButton") is not False else "")


def _before_after(particulars: Particulars, findings: Findings) -> str:
    findings.changed("before and after", "The two pictures stand one below the other.")
    before, after = (mapping(particulars.get(name)) for name in ("beforeImage", "afterImage"))
    return _image(before, findings) + _image(after | {"caption": particulars.get("caption")}, findings)


def _letter_only(particulars: Particulars, findings: Findings) -> str:
    findings.noted("letter card", "It stood in letters alone and never on the page, so it isn't brought.")
    return ""


def _paywall(particulars: Particulars, findings: Findings) -> str:
    findings.noted("paywall", "What stood behind it is a part of the text now.")
    return ""


def _form(particulars: Particulars, findings: Findings) -> str:
    findings.lost("form", "A form to sign up by doesn't work here; its words are kept.")
    words = [text(particulars.get(name)) for name in ("header", "subheader", "disclaimer")]
    return "".join(f"<p>{_inline(part)}</p>" for part in words if part)


def _player(particulars: Particulars, findings: Findings) -> str:
    findings.lost("player", "A list of podcasts of another service can't be brought.")
    return ""


def _rule(particulars: Particulars, findings: Findings) -> str:
    return "<hr>"


def _link(address: str, words: str) -> str:
    return f'<a href="{escaped(address)}">{escaped(words)}</a>' if address else escaped(words)


def _inline(written: str) -> str:
    """Return words without the paragraph around them, in which fields keep them."""
    inner = written.strip()
    if inner.startswith("<p>") and inner.endswith("</p>") and inner.count("<p") == 1:
        return inner[3:-4]
    return inner.replace("</p><p>", "<br>").replace("<p>", "").replace("</p>", "")


def _blocks(written: str) -> str:
    """Return words as blocks."""
    inner = written.strip()
    return inner if not inner or inner.startswith("<") else f"<p>{inner}</p>"


CARDS: dict[str, Draw] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "html": _html,
    "markdown": _markdown,
    "callout": _callout,
    "toggle": _toggle,
    "button": _button,
    "header": _header,
    "file": _file,
    "audio": _recording,
    "video": _recording,
    "product": _product,
    "code": _code,
    "codeblock": _code,
    "call-to-action": _appeal,
    "before-after": _before_after,
    "email": _letter_only,
    "email-cta": _letter_only,
    "paywall": _paywall,
    "signup": _form,
    "transistor": _player,
    "hr": _rule,
    "horizontalrule": _rule,
}
