"""Shortcodes of plugins and page builders that only arrange or frame words: the words stay, in their order.

They stand in one another to any depth, those of one name as well, so each opening and each end goes by itself. What
has a title keeps it as a line of its own; pictures, links and players of page builders become what they are anywhere.
"""

import html
import re

from blog.archive.records import Weight
from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.pictures import gallery_of
from blog.archive.sources.wordpress.body.shortcodes import CLOSING, SHORTCODE, attributes

# WPBakery, Divi, Avada, Enfold, Shortcodes Ultimate: nobody writes words in brackets that begin so
BUILDERS = re.compile(r"(?:vc|et_pb|fusion|av|su)_[a-z0-9_]+")
# Words that anybody may write in brackets: shortcodes only where they have an end
FRAMES = re.compile(
    r"one_(?:half|third|fourth|fifth|sixth)(?:_last)?|two_(?:thirds?|fifths?)(?:_last)?|three_(?:fourths?|fifths?)"
    r"(?:_last)?|columns?|row|section|container|box|infobox|info|note|notice|alert|warning|error|success|tip|message"
    r"|toggle|toggles|accordion|accordions|tab|tabs|tabgroup|spoiler|expand|show-hide|dropcap|highlight|center|centre"
    r"|left|right|lead|well|panel"
)
PICTURES = ("src", "image", "image_url")
TITLES = ("title", "heading", "header", "admin_title")
PLAYED = ("link", "src", "video", "url")
NOTHING = re.compile(r"(?:vc|et_pb|fusion|av|su)_(?:separator|divider|empty_space|spacer|hr|raw_js|slider_?rev)")
RAW = re.compile(r"vc_raw_html|fusion_code|et_pb_code")
LINKS = re.compile(r"(?:vc|et_pb|fusion|av|su)_(?:btn|button|cta)2?")


def unboxed(text: str, context: Context) -> str:
    """Return a text without the frames around its words. Takes time in proportion to its length."""
    if "[" not in text:
        return text
    closings = {found[1].lower() for found in CLOSING.finditer(text)}

    def is_box(name: str) -> bool:
        return bool(BUILDERS.fullmatch(name) or (name in closings and FRAMES.fullmatch(name)))

    def opened(found: re.Match[str]) -> str:
        name = found[2].lower()
        if not is_box(name) or (found[1] and found[4]) or RAW.fullmatch(name):
            return found[0]
        context.lose("layout", "Boxes, columns or the like are not here; their words are.", Weight.NOTED)
        return f"{found[1]}{_shown(name, found[3], context)}{found[4]}"

    def closed(found: re.Match[str]) -> str:
        name = found[1].lower()
        return _around(name) if is_box(name) and not RAW.fullmatch(name) else found[0]

    return CLOSING.sub(closed, SHORTCODE.sub(opened, text))


def _around(name: str) -> str:
    """Return what stands between a frame and its words: nothing where it marks words in a line."""
    return "" if re.search(r"dropcap|highlight", name) else "\n\n"


def _shown(name: str, written: str, context: Context) -> str:
    """Return what an opening shows by itself."""
    named, _listed = attributes(written)
    if NOTHING.fullmatch(name):
        return "\n\n"
    title = next((named[key] for key in TITLES if named.get(key, "").strip()), "")
    address = next((named[key] for key in PICTURES if named.get(key, "").startswith(("http://", "https://"))), "")
    numbers = re.findall(r"\d+", named.get("image", "") or named.get("images", "") or named.get("image_id", ""))
    if "video" in name:
        played = next((named[key] for key in PLAYED if named.get(key, "").startswith(("http://", "https://"))), "")
        return f"\n\n{played}\n\n" if played else "\n\n"
    if re.search(r"image|gallery|carousel|photo", name) and (address or numbers):
        shown = f'<img src="{html.escape(address)}" alt="{html.escape(named.get("alt", ""))}">' if address else ""
        return f"\n\n{shown or gallery_of(numbers, context)}\n\n"
    if LINKS.fullmatch(name):
        target = html.unescape(named.get("button_url") or named.get("url") or named.get("link") or "")
        words = named.get("button_text") or title or named.get("label") or ""
        if words and target.startswith(("http://", "https://", "/")):
            return f'\n\n<a href="{html.escape(target)}">{html.escape(words)}</a>\n\n'
    if words := title or named.get("button_text", ""):
        return f"\n\n<strong>{html.escape(words)}</strong>\n\n"
    return _around(name)
