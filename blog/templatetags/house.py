"""Template filters of the house: text from people, shown safely; names and numbers, set as the house sets them."""

import datetime as dt
import functools
import re
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog import illustrations, prose
from blog.editorial.letters.kinds import uk_time
from blog.illustrations import Illustrations
from blog.models import Masthead, Picture
from blog.reading.lasting import Lasting, lasting
from blog.words import Piece

register = template.Library()

MOST_STANDING = 50
_standing: dict[tuple[str, str, str, Lasting | None], SafeString] = {}

# As wide as static/site.css shows them
PORTRAIT_SIZES = {52: "(min-width: 78rem) 4.5rem, 3.25rem", 88: "5.5rem"}

# A mail address, or a web address, in plain text
REACHABLE = re.compile(
    r"(?P<local>[\w.+%'-]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)|(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”])"
)


@register.filter(name="prose")
def prose_filter(text: str, pictures: Illustrations | None = None) -> SafeString:
    """Show stored rich text, with what is known of the pictures in it."""
    return prose.show(text, pictures)


@register.filter
def addressed(shown: SafeString) -> SafeString:
    """Give each heading of shown prose an address of its own."""
    return prose.with_addresses(shown)


@register.simple_tag(takes_context=True)
def standing(context: Context, partial: str) -> SafeString:
    """Show a partial that depends on the masthead and the section of the site alone: rendered once for each."""
    masthead: Masthead = context["masthead"]
    section = str(context.get("section", ""))
    lasts = lasting()
    given = {"masthead": masthead, "section": section, "lasting": lasts}
    made = functools.partial(render_to_string, partial, given)
    if settings.DEBUG:
        return made()
    key = partial, section, masthead.wording, lasts
    if key not in _standing:
        # Few at a time: one for each wording, and wordings hardly ever change
        if len(_standing) > MOST_STANDING:
            _standing.clear()
        _standing[key] = made()
    return _standing[key]


@register.simple_tag
def lead_picture(picture: Picture) -> SafeString:
    """Show the picture above a text, which is what readers see first."""
    return illustrations.picture(picture.illustration, alt=picture.alt, is_first=True)


@register.simple_tag
def portrait(picture: Picture, side: int = 52) -> SafeString:
    """Show the portrait beside a name, on a side of 52 CSS pixels, or of 88 at the head of a page."""
    return illustrations.portrait(picture.illustration, side=side, sizes=PORTRAIT_SIZES[side])


@register.filter(name="plain")
def plain_filter(text: str) -> SafeString:
    """Show plain text as paragraphs, with addresses as links."""
    return prose.show_plain(text)


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Show a text in which words were looked for, with those that were found marked."""
    shown = (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text for piece in pieces)
    return format_html_join("", "{}", ((part,) for part in shown))


register.filter(uk_time)


@register.filter
def dated(moment: dt.datetime) -> SafeString:
    """Show the day of a moment, in words and for programs: 14 March 2026."""
    date = timezone.localdate(moment)
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), _in_words(date))


@register.filter
def minute(moment: dt.datetime) -> SafeString:
    """Show a moment to the minute, in words and for programs: 14 March 2026, 08.00."""
    local = timezone.localtime(moment)
    words = f"{_in_words(local.date())}, {local:%H.%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@functools.lru_cache(maxsize=512)
def _in_words(date: dt.date) -> str:
    return date_format(date, "j F Y")


@register.filter
def day(moment: dt.datetime | dt.date) -> str:
    """Write a day in full: Tuesday 17 March."""
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    return date_format(local, "l j F")


@register.filter
def sheltered(text: str) -> SafeString:
    """Show plain text as paragraphs, with every mail address in it written so that only people can read it."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return format_html_join("", "<p>{}</p>", ((sheltered_line(block),) for block in blocks))


@register.filter
def sheltered_line(text: str) -> SafeString:
    """Show a line of plain text without an @: the stylesheet draws it, and copying still gives “name at domain”."""
    parts: list[SafeString] = []
    end = 0
    for found in REACHABLE.finditer(text):
        parts += [_without_at(text[end : found.start()]), _sheltered(found)]
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, _without_at(text[end:]))))


def _sheltered(found: re.Match[str]) -> SafeString:
    if found["link"]:
        return format_html('<a href="{0}">{0}</a>', found["link"])
    return format_html(
        '<span data-mail>{}<span class="at"> {} </span>{}</span>', found["local"], _("at"), found["domain"]
    )


def _without_at(text: str) -> SafeString:
    return escape(text.replace("@", f" {_('at')} "))
