"""What blocks of WordPress and Jetpack mean, where their HTML doesn't say it by itself."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from blog.archive.records import Weight
from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.meanings import linked
from blog.archive.sources.wordpress.body.pictures import PICTURE, attribute, figure, gallery_of

Attributes: TypeAlias = Mapping[str, Any]
BlockMeaning: TypeAlias = Callable[[Attributes, str, Context], str]

DYNAMIC = {
    "latest-posts": "the newest pieces",
    "latest-comments": "the newest comments",
    "archives": "a list of months",
    "calendar": "a calendar",
    "categories": "a list of categories",
    "tag-cloud": "a cloud of tags",
    "search": "a field for searching",
    "rss": "entries of a feed",
    "page-list": "a list of pages",
    "navigation": "a menu",
    "query": "a list of pieces",
    "loginout": "a link for signing in",
    "template-part": "a part of the theme",
    "pattern": "a part of the theme",
    "jetpack/contact-form": "a form",
    "jetpack/subscriptions": "a form",
    "jetpack/related-posts": "related pieces",
    "jetpack/sharing-buttons": "a set of buttons",
}
# Each had a block of its own before WordPress 5.6
EMBEDDED = (
    "youtube", "vimeo", "twitter", "facebook", "instagram", "wordpress", "soundcloud", "spotify", "flickr",
    "animoto", "cloudup", "collegehumor", "crowdsignal", "polldaddy", "dailymotion", "hulu", "imgur",
    "issuu", "kickstarter", "meetup-com", "mixcloud", "reddit", "reverbnation", "screencast", "scribd",
    "slideshare", "smugmug", "speaker", "speaker-deck", "tiktok", "ted", "tumblr", "videopress",
    "wordpress-tv", "amazon-kindle", "photobucket", "funnyordie",
)  # fmt: skip
SHOWN = re.compile(
    r"(<img\b[^<>]*>)(?:\s*</a>)?(?:\s*</div>)?(?:\s*<figcaption\b[^<>]*>((?:(?!<img\b).)*?)</figcaption>)?",
    re.DOTALL | re.IGNORECASE,
)
FIGCAPTION = re.compile(r"<figcaption\b[^<>]*>((?:(?!<figcaption).)*?)</figcaption>", re.DOTALL | re.IGNORECASE)
OUTER_FIGURE = re.compile(r"^\s*<figure\b[^<>]*>(.*)</figure>\s*$", re.DOTALL | re.IGNORECASE)
LINK = re.compile(r"<a\b([^<>]*)>((?:(?!<a\b).)*?)</a>", re.DOTALL | re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"]{3,1900}")
BACKGROUND = re.compile(
    r"background-image\s*:\s*url\(\s*(?:&quot;|['\"])?(https?://[^'\"()\s&]{3,1900})", re.IGNORECASE
)


def _nothing(attributes: Attributes, inner: str, context: Context) -> str:
    return ""


def _next_page(attributes: Attributes, inner: str, context: Context) -> str:
    parted(context)
    return ""


def parted(context: Context) -> None:
    """Note that a text was shown on several pages."""
    context.lose("page break", "The text was shown on several pages; here it is one.", Weight.NOTED)


def _gallery(attributes: Attributes, inner: str, context: Context) -> str:
    """Several figures in a row, and what stood under all of them as a paragraph."""
    shown = [figure(found[1], found[2] or "") for found in SHOWN.finditer(inner)]
    if not shown:
        ids = attributes.get("ids")
        return gallery_of([str(key) for key in ids[:500]] if isinstance(ids, list) else [], context)
    rest = SHOWN.sub("", inner)
    words = [found[1].strip() for found in FIGCAPTION.finditer(rest)]
    return "\n".join([*shown, *(f"<p>{caption}</p>" for caption in words if caption)])


def _cover(attributes: Attributes, inner: str, context: Context) -> str:
    """Return a picture with words on it as the picture, then the words."""
    picture = next((tag[0] for tag in PICTURE.finditer(inner) if "wp-block-cover__" in attribute(tag[0], "class")), "")
    address = attributes.get("url") or next((found[1] for found in BACKGROUND.finditer(inner)), "")
    rest = inner.replace(picture, "", 1) if picture else inner
    if attributes.get("backgroundType") == "video":
        return rest
    if not picture and isinstance(address, str) and ADDRESS.fullmatch(address):
        number = f' class="wp-image-{attributes["id"]}"' if isinstance(attributes.get("id"), int) else ""
        picture = f'<img src="{html.escape(address)}"{number} alt="{html.escape(str(attributes.get("alt") or ""))}">'
    return f"{figure(picture, '') if picture else ''}\n{rest}"


def _embed(attributes: Attributes, inner: str, context: Context) -> str:
    address = attributes.get("url")
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        found = ADDRESS.search(FIGCAPTION.sub("", inner))
        if not found:
            return inner
        address = html.unescape(found[0])
    captions = [found[1].strip() for found in FIGCAPTION.finditer(inner)]
    return linked(address) + "".join(f"<p>{caption}</p>" for caption in captions if caption)


def _file(attributes: Attributes, inner: str, context: Context) -> str:
    """Return a link to a file, without the button that leads to the same."""
    links = [found for found in LINK.finditer(inner) if "wp-block-file__button" not in found[1]]
    named = next((found for found in links if found[2].strip()), None)
    address = attributes.get("href") or (attribute(f"<a {named[1]}>", "href") if named else "")
    if not isinstance(address, str) or not address:
        return inner
    words = named[2] if named else html.escape(address.partition("?")[0].rsplit("/", 1)[-1])
    return f'<p><a href="{html.escape(address)}">{words}</a></p>'


def _pullquote(attributes: Attributes, inner: str, context: Context) -> str:
    found = OUTER_FIGURE.match(inner)
    return found[1] if found else inner


def _table(attributes: Attributes, inner: str, context: Context) -> str:
    """Return a table with its caption in it, where HTML has it, rather than in a figure around it."""
    found = OUTER_FIGURE.match(inner)
    if not found:
        return inner
    caption = FIGCAPTION.search(found[1])
    table = FIGCAPTION.sub("", found[1])
    return (
        re.sub(r"(<table\b[^<>]*>)", rf"\1<caption>{_kept(caption[1])}</caption>", table, count=1) if caption else table
    )


def _verse(attributes: Attributes, inner: str, context: Context) -> str:
    """Lines of a poem: set as text, not as a program."""
    words = re.sub(r"</?pre\b[^<>]*>", "", inner).strip()
    stanzas = [
        stanza.replace("\n", "<br>") for stanza in re.split(r"(?:\n|<br\s*/?>)\s*(?:\n|<br\s*/?>)", words) if stanza
    ]
    return "".join(f"<p>{stanza}</p>" for stanza in stanzas)


def _social_link(attributes: Attributes, inner: str, context: Context) -> str:
    address = attributes.get("url")
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        return ""
    words = str(attributes.get("label") or attributes.get("service") or address)[:200]
    return f'<p><a href="{html.escape(address)}">{html.escape(words)}</a></p>'


def _footnotes(attributes: Attributes, inner: str, context: Context) -> str:
    notes = [f"<li>{note}</li>" for note in context.notes]
    return f"<ol>{''.join(notes)}</ol>" if notes else ""


def _kept(words: str) -> str:
    """Return words so that a pattern takes them as they are."""
    return words.strip().replace("\\", r"\\")


MEANINGS: dict[str, BlockMeaning] = {
    "more": _nothing,
    "spacer": _nothing,
    "nextpage": _next_page,
    "gallery": _gallery,
    "jetpack/tiled-gallery": _gallery,
    "jetpack/slideshow": _gallery,
    "cover": _cover,
    "cover-image": _cover,
    "embed": _embed,
    "file": _file,
    "pullquote": _pullquote,
    "table": _table,
    "verse": _verse,
    "social-link": _social_link,
    "footnotes": _footnotes,
    **{f"core-embed/{service}": _embed for service in EMBEDDED},
}
