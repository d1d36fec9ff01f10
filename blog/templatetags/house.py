"""Template filters of the house: text from people, shown safely; names and numbers, set as the house sets them."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog import prose

register = template.Library()


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
def address_parts(address: str) -> list[str]:
    """Split a mail address at the @, so that a page can show it without containing it."""
    return address.split("@", 1)
