"""The way of a text from how WordPress keeps it to HTML, in the order in which WordPress does it."""

import html
import re

from blog.archive.sources.wordpress.body.block_meanings import parted
from blog.archive.sources.wordpress.body.blocks import has_blocks, rendered
from blog.archive.sources.wordpress.body.boxes import unboxed
from blog.archive.sources.wordpress.body.context import Context
from blog.archive.sources.wordpress.body.meanings import VOCABULARY, linked
from blog.archive.sources.wordpress.body.paragraphs import paragraphs
from blog.archive.sources.wordpress.body.pictures import at_full_size
from blog.archive.sources.wordpress.body.shortcodes import CLOSING, SHORTCODE, Verbatim, expand

MORE = re.compile(r"<!--(?:more(?:[ \t][^<>]{0,500}?)?|noteaser)-->")
NEXT_PAGE = "<!--nextpage-->"
# What WordPress makes a player of: an address alone on its line, or in a paragraph (`WP_Embed::autoembed`)
ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"]{3,1900})[ \t]*$", re.MULTILINE)
ALONE_IN_PARAGRAPH = re.compile(r"<p\b[^<>]*>\s*(https?://[^\s<>\"]{3,1900})\s*</p>", re.IGNORECASE)
MOST_CHARACTERS = 2_000_000


def render(text: str, context: Context) -> str:
    """Return a text as HTML. What of it can't be brought as it was stands in the context's losses."""
    if len(text) > MOST_CHARACTERS:
        context.lose("text", f"Of {len(text):,} characters, the first {MOST_CHARACTERS:,} are brought.")
        text = text[:MOST_CHARACTERS]
    verbatim = Verbatim()
    is_in_blocks = has_blocks(text)
    if is_in_blocks:
        text = rendered(text, context)
    if NEXT_PAGE in text:
        parted(context)
    text = MORE.sub("\n\n" if not is_in_blocks else "", text.replace(NEXT_PAGE, "\n\n"))
    text = expand(text, VOCABULARY, context, verbatim=verbatim, before=unboxed)
    text = ALONE_IN_PARAGRAPH.sub(_linked, text)
    if not is_in_blocks:
        text = paragraphs(verbatim.put_back(ALONE.sub(_linked, text)))
    return at_full_size(verbatim.put_back(text), context).strip()


def without_shortcodes(text: str) -> str:
    """Return a short text, such as a standfirst, without the shortcodes in it."""
    if "[" not in text:
        return text
    known = {*VOCABULARY.meanings, *VOCABULARY.gone}
    text = SHORTCODE.sub(lambda found: "" if found[2].lower() in known else found[0], text)
    return CLOSING.sub(lambda found: "" if found[1].lower() in known else found[0], text)


def _linked(found: re.Match[str]) -> str:
    return linked(html.unescape(found[1]))
