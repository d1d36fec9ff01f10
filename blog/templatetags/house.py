"""Template filters of the house: text from people, shown safely; names and numbers, set as the house sets them."""

import datetime as dt
import re

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog import prose

register = template.Library()

# A mail address, or a web address, in plain text
REACHABLE = re.compile(
    r"(?P<local>[\w.+%'-]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)|(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”])"
)


@register.filter(name="prose")
def prose_filter(text: str) -> SafeString:
    """Show stored rich text."""
    return prose.show(text)


@register.filter(name="plain")
def plain_filter(text: str) -> SafeString:
    """Show plain text as paragraphs, with addresses as links."""
    return prose.show_plain(text)


@register.filter
def uk_time(moment: dt.datetime) -> str:
    """Write a moment with its zone in words: Saturday 14 March 2026 at 08.00 (UK time)."""
    local = timezone.localtime(moment)
    return _("{day} at {time} (UK time)").format(day=date_format(local, "l j F Y"), time=date_format(local, "H.i"))


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
