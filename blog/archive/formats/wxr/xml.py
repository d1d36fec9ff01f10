"""XML as WordPress' readers want it, the one with regular expressions among them: an element a line, texts in CDATA."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from django.utils import timezone

from blog.prose import CONTROLS

NEVER = "0000-00-00 00:00:00"  # What WordPress says of a draft


def text(value: str) -> str:
    """Return text for an element. What XML can't say at all is left out (XML 1.0, 2.2)."""
    if not value:
        return ""
    value = CONTROLS.sub("", value).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{value}]]>"


def plain(value: str) -> str:
    """Return plain text for an element in which WordPress expects HTML, such as a title."""
    return text(escape(value, quote=False))


def element(name: str, content: str, **attributes: str) -> str:
    """Return an element of what is XML already."""
    shown = "".join(f" {key}={quoteattr(CONTROLS.sub('', value))}" for key, value in attributes.items())
    return f"<{name}{shown}>{content}</{name}>\n"


def meta(kind: str, fields: Mapping[str, str]) -> Iterator[str]:
    """Give custom fields of a post, a comment or a term; those that say nothing are left out."""
    for key, value in fields.items():
        if value:
            pair = f"<wp:meta_key>{text(key)}</wp:meta_key><wp:meta_value>{text(value)}</wp:meta_value>"
            yield f"<wp:{kind}meta>{pair}</wp:{kind}meta>\n"


def as_json(value: Any) -> str:
    """Return a custom field of several values; nothing for nothing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def local(moment: dt.datetime | None) -> str:
    """Return a moment by the blog's clock, as WordPress writes it."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else NEVER


def in_utc(moment: dt.datetime | None) -> str:
    """Return a moment by Greenwich, as WordPress writes it."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}" if moment else NEVER


def exact(moment: dt.datetime | None) -> str:
    """Return a moment in full, where WordPress' way of writing leaves something out."""
    return moment.astimezone(dt.UTC).isoformat() if moment and moment.microsecond else ""
