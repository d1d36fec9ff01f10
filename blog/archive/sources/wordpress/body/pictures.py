"""Pictures in a text: at their full size, with the words for those who can't see them, and with their captions."""

import html
import re

from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.index import Attachment
from blog.archive.sources.wordpress.words import line

PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
LINKED = re.compile(r"<a\b[^<>]*>\s*(<img\b[^<>]*>)\s*</a>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s([a-zA-Z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
NUMBERED = re.compile(r"\bwp-image-(\d+)\b")
A_PICTURE = re.compile(r"\.(?:jpe?g|jpe|png|gif|webp|avif|bmp|tiff?|heic|svg)$", re.IGNORECASE)


def attribute(tag: str, name: str) -> str:
    """Return an attribute of a tag, decoded; nothing if it has none."""
    for found in ATTRIBUTE.finditer(tag):
        if found[1].lower() == name:
            return html.unescape(found[2] or found[3] or found[4] or "").strip()
    return ""


def figure(picture: str, caption: str) -> str:
    """Return a picture, linked or not, with its caption."""
    words = " ".join(re.sub(r"</?p\b[^<>]*>", " ", caption).split())
    return f"<figure>{picture}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"


def gallery_of(keys: list[str], context: Context, *, only_pictures: bool = False) -> str:
    """Return attachments as figures in a row. Those that aren't in the export are losses."""
    shown = []
    for key in keys:
        if context.is_full:
            break
        if file := context.attachment(key):
            if not only_pictures or A_PICTURE.search(file.address.partition("?")[0]):
                shown.append(shown_attachment(file))
        else:
            context.lose("picture", f"A gallery shows attachment {key}, which isn't in the export.")
    return "\n".join(shown)


def shown_attachment(file: Attachment) -> str:
    """Return an attachment as a figure."""
    picture = f'<img src="{html.escape(file.address)}" alt="{html.escape(file.alt)}">'
    return figure(picture, file.caption)


def linked_media(address: str, kind: str, title: str = "") -> str:
    """Return a player for a file, which becomes a link to it where texts are settled."""
    shown = html.escape(address)
    kind = "audio" if kind == "audio" else "video"
    words = html.escape(title or address.partition("?")[0].rsplit("/", 1)[-1])
    return f'\n\n<figure><{kind} src="{shown}" title="{words}"></{kind}></figure>\n\n'


def at_full_size(text: str, context: Context) -> str:
    """Return a text whose pictures are those that were uploaded, not smaller sizes, described as in the library.

    A link around a picture that leads to the same picture, or to the page that showed it alone, is taken away.
    """
    if "<img" not in text and "<IMG" not in text:
        return text
    text = LINKED.sub(lambda found: _unlinked(found, context), text)
    return PICTURE.sub(lambda found: _full_size(found[0], context), text)


def _attachment(tag: str, context: Context) -> Attachment | None:
    source = attribute(tag, "src")
    file = context.index.attachment_at(source) if source else None
    if file or not (number := NUMBERED.search(attribute(tag, "class"))):
        return file
    # The number tells only if the picture is one of the blog's own: texts get pasted from one blog into another
    numbered = context.index.attachment(number[1])
    name = numbered.address.rsplit("/", 1)[-1].rsplit(".", 1)[0] if numbered else ""
    return numbered if name and name in source else None


def _unlinked(found: re.Match[str], context: Context) -> str:
    target = attribute(found[0].partition(">")[0], "href")
    if not (file := _attachment(found[1], context)):
        source = attribute(found[1], "src")
        is_same = bool(set(context.index.places.file_keys(target)) & set(context.index.places.file_keys(source)))
        return found[1] if is_same and source else found[0]
    same = context.index.attachment_at(target)
    pages = {file.link.rstrip("/"), context.index.places.on(f"?attachment_id={file.key}")}
    leads_to_itself = (same is not None and same.key == file.key) or target.rstrip("/") in pages
    return found[1] if leads_to_itself or "rel=attachment" in target or "attachment_id=" in target else found[0]


def _full_size(tag: str, context: Context) -> str:
    if not (file := _attachment(tag, context)):
        return tag
    described = attribute(tag, "alt") or line(file.alt)
    return f'<img src="{html.escape(file.address)}" alt="{html.escape(described)}">'
