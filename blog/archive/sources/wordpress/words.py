"""Titles, names and captions of WordPress: HTML, of which the words are wanted."""

import html
import re

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--(?:(?!<!--).)*?-->", re.DOTALL)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")


def line(text: str) -> str:
    """Return a title or a name as one line of plain text."""
    return " ".join(decoded(TAG.sub("", text)).split())


def decoded(text: str) -> str:
    """Return text with its entities decoded; nothing but whole ones, so that `AT&T` and `?a=1&copy=2` stay."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def shortened(text: str, most: int = 80) -> str:
    """Return a text's first words, for the report."""
    words = line(text[: most * 20])
    if len(words) <= most:
        return words
    whole = words[:most].rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else words[: most - 1]).rstrip(' ,;:–-')}…"


def is_mail(text: str) -> bool:
    """Whether a name is a mail address."""
    return bool(MAIL.fullmatch(text.strip()))
