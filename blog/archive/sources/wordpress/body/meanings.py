"""What the shortcodes of WordPress, WordPress.com and Jetpack mean, as HTML."""

import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.pictures import figure, gallery_of, linked_media
from blog.archive.sources.wordpress.body.shortcodes import Meaning, Shortcode, Vocabulary

FORM = "form"
LIST = "list that WordPress makes"
GONE = {
    "contact-form": FORM, "contact-form-7": FORM, "contact-field": FORM, "contact_form": FORM, "gravityform": FORM,
    "gravityforms": FORM, "ninja_form": FORM, "ninja_forms": FORM, "wpforms": FORM, "formidable": FORM,
    "mc4wp_form": FORM, "blog_subscription_form": FORM, "jetpack_subscription_form": FORM, "subscribe2": FORM,
    "recent_posts": LIST, "display-posts": LIST, "archives": LIST, "sitemap": LIST, "tag_cloud": LIST,
    "blogroll": LIST, "jetpack-related-posts": LIST, "jetpack_top_posts_widget": LIST, "portfolio": LIST,
    "jetpack_portfolio": LIST, "testimonials": LIST, "polldaddy": "poll", "poll": "poll", "crowdsignal": "poll",
    "addtoany": "set of buttons", "sharethis": "set of buttons", "paypal": FORM, "simple-payment": FORM,
}  # fmt: skip
PLAYERS = {"w", "h", "rel", "fs", "hd", "showinfo", "showsearch", "iv_load_policy", "autoplay"}
SERVICES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "archiveorg": "https://archive.org/details/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "flickr": "https://www.flickr.com/photo.gne?id={}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "soundcloud": "", "spotify": "", "instagram": "", "facebook": "", "googlemaps": "",
    "googlevideo": "", "googleapps": "", "embed": "", "bandcamp": "", "kickstarter": "", "mixcloud": "",
    "medium": "", "pinterest": "", "twitchtv": "", "wufoo": "", "iframe": "", "tiktok": "", "figma": "", "loom": "",
}  # fmt: skip
# SyntaxHighlighter knows code by its language, CodeColorer by `cc` with letters for how it is shown
LANGUAGES = re.compile(
    r"actionscript3?|as3|bash|shell|c|cpp|csharp|c-sharp|clojure|clj|coldfusion|cf|css|delphi|diff|erl|erlang|fsharp|go"
    r"|golang|groovy|haskell|html|java|javafx|jfx|js|jscript|javascript|json|matlab|matlabkey|objc|obj-c|pas|pascal"
    r"|patch|perl|pl|php|plain|powershell|ps|py|python|r|splus|rails|rb|ror|ruby|scala|sql|swift|text|vb|vbnet|xhtml"
    r"|xml|xslt|yaml|yml"
)
COLOURED = re.compile(r"cc[bceilnostw]*(?:_[a-z0-9-]+)?")
INLINE = re.compile(r"cc[bcelnostw]*i[bceilnostw]*(?:_[a-z0-9-]+)?")
LISTED_AS = ("id", "video_id", "talk", "guid", "video", "tweet")


def _caption(shortcode: Shortcode, context: Context) -> str:
    """Return a picture with its caption, which stands behind it since WordPress 3.4 and was an attribute before."""
    content = shortcode.content
    picture = re.search(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", content, re.IGNORECASE)
    if not picture:
        return content
    words = shortcode.named.get("caption") or content[: picture.start()] + " " + content[picture.end() :]
    return f"\n\n{figure(picture[0], html.unescape(words) if 'caption' in shortcode.named else words)}\n\n"


def _gallery(shortcode: Shortcode, context: Context) -> str:
    named = shortcode.named
    wanted = named.get("ids") or named.get("include") or ""
    if wanted:
        found = gallery_of(re.findall(r"\d+", wanted), context)
    else:
        left_out = set(re.findall(r"\d+", named.get("exclude", "")))
        parent = named.get("id", "")
        files = context.index.attachments_of(parent) if parent and not context.is_full else context.attached
        keys = [file.key for file in files if file.key not in left_out]
        found = gallery_of(keys, context, only_pictures=True)
    if not found and not context.is_full:
        context.lose("gallery", f"No picture of it is in the export: {shortcode.typed[:200]}")
    return f"\n\n{found}\n\n"


def _media(shortcode: Shortcode, context: Context) -> str | None:
    """Return players, of a file by its address or of what hangs on the piece."""
    endings = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv", "wmv")
    if address := shortcode.address(*endings):
        return linked_media(address, shortcode.name)
    kind = "audio" if shortcode.name == "audio" else "video"
    ids = re.findall(r"\d+", shortcode.named.get("ids", "")) or [
        file.key for file in context.attached if is_media(file.address, kind)
    ]
    found = [file for key in ids if not context.is_full and (file := context.attachment(key))]
    return "".join(linked_media(file.address, kind, file.title) for file in found) or None


def is_media(address: str, kind: str) -> bool:
    """Whether an address ends as a file that is heard or seen."""
    endings = {"audio": r"mp3|m4a|ogg|oga|wav|flac", "video": r"mp4|m4v|webm|ogv|mov|wmv|avi|flv|3gp"}[kind]
    return bool(re.search(rf"\.(?:{endings})$", address.partition("?")[0], re.IGNORECASE))


def _embed(shortcode: Shortcode, context: Context) -> str | None:
    if address := shortcode.address("url", "src", "href", "permalink"):
        return linked(address)
    pattern = SERVICES.get(shortcode.name, "")
    named = [shortcode.named.get(name, "") for name in LISTED_AS]
    number = next((value for value in (*named, *shortcode.listed, shortcode.content.strip()) if value), "")
    number = number.partition("&")[0]  # [slideshare id=1&doc=…]
    if pattern and re.fullmatch(r"[\w.-]{1,80}", number):
        return linked(pattern.format(number))
    return None


def _quote(shortcode: Shortcode, context: Context) -> str:
    return f"\n\n<blockquote>\n\n{shortcode.content}\n\n</blockquote>\n\n"


def _code(shortcode: Shortcode, context: Context) -> str | None:
    if not shortcode.content.strip():
        return None
    # As it is kept, its signs may stand for themselves or be entities
    code = html.unescape(re.sub(r"^\s*\n|\s+$", "", shortcode.content))
    if INLINE.fullmatch(shortcode.name):
        return f"<code>{html.escape(code.strip(), quote=False)}</code>"
    return f"<pre><code>{html.escape(code, quote=False)}</code></pre>"


def _latex(shortcode: Shortcode, context: Context) -> str:
    return f"<code>{html.escape(html.unescape(shortcode.content.strip()), quote=False)}</code>"


def linked(address: str) -> str:
    """Return a paragraph that links to what was embedded, without the wishes for its player."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return html.escape(address)
    if "youtu" in parts.netloc:
        asked = [(name, value) for name, value in parse_qsl(parts.query) if name not in PLAYERS]
        address = urlunsplit(parts._replace(query=urlencode(asked)))
    shown = html.escape(address)
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'


def _unwrapped(shortcode: Shortcode, context: Context) -> str:
    return shortcode.content


_MEANINGS: dict[str, Meaning] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "slideshow": _gallery,
    "audio": _media,
    "video": _media,
    "playlist": _media,
    "quote": _quote,
    "blockquote": _quote,
    "pullquote": _quote,
    "code": _code,
    "sourcecode": _code,
    "latex": _latex,
    "wpml_string": _unwrapped,
    **dict.fromkeys(SERVICES, _embed),
}
VOCABULARY = Vocabulary(
    meanings=_MEANINGS,
    around=frozenset({"caption", "wp_caption", "audio", "video", "quote", "blockquote", "pullquote", "code"})
    | {"sourcecode", "latex", "embed", "googlemaps", "gist", "tweet", "instagram", "youtube", "vimeo", "soundcloud"},
    raw=frozenset({"code", "sourcecode", "latex"}),
    gone=GONE,
    alike=((LANGUAGES, "code"), (COLOURED, "code")),
)
