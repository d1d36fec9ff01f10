"""Values as other systems write them → plain ones. Nothing here raises: what makes no sense becomes nothing."""

import datetime as dt
import hashlib
import html
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MOST_KEY = 180  # Characters; a longer key is shortened to a digest
LARGEST = 2**31 - 1
LATEST = 3000  # The first year of which no date is read
NUMBER = re.compile(r"\s*[+-]?\d{1,15}\s*")
YEARS_FIRST = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")


def text(value: Any) -> str:
    """Return what is text or a number, as text; nothing for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value) if abs(value) < 10**18 else ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return ""


def line(value: Any) -> str:
    """Return text as one line, without spaces around it."""
    return " ".join(text(value).split())


def mapping(value: Any) -> dict[str, Any]:
    """Return a mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """Return a list; a lone value as a list of itself, nothing as an empty one."""
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value is None or value == "" else [value]


def number(value: Any) -> int | None:
    """Return a whole number no larger than databases hold, or nothing."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return int(value) if abs(value) <= LARGEST else None
    if isinstance(value, str):
        value = int(value) if NUMBER.fullmatch(value) else None
    return value if isinstance(value, int) and abs(value) <= LARGEST else None


def is_yes(value: Any) -> bool:
    """Whether a value means yes: true, 1, "1", "true", "yes"."""
    return value is True or line(value).lower() in {"1", "true", "yes", "on"}


def zone(name: Any) -> dt.tzinfo:
    """Return a time zone by its name; UTC if there is none of that name."""
    try:
        return ZoneInfo(line(name) or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def moment(value: Any, *, at_home: dt.tzinfo = dt.UTC) -> dt.datetime | None:
    """Return a moment with its zone: a date of ISO 8601, SQL or RFC 2822, or seconds or milliseconds since 1970.

    What names no zone is in that of `at_home`. Nothing for what is no date, such as `0000-00-00`, or lies outside the
    years 1900 to 2999.
    """
    found = _moment(value, at_home)
    try:
        return found.astimezone(dt.UTC) if found and 1900 <= found.year < LATEST else None
    except (OverflowError, ValueError):
        return None


def is_never(value: Any) -> bool:
    """Whether a date lies beyond the years that are read: people set such a one so that something never appears."""
    year = re.match(r"\s*(\d{4,9})[-/.]", text(value)[:60])
    return year is not None and int(year[1]) >= LATEST


def _moment(value: Any, at_home: dt.tzinfo) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=at_home)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=at_home)
    try:
        return _written(line(value)[:60], at_home)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _written(value: str, at_home: dt.tzinfo) -> dt.datetime | None:
    if found := YEARS_FIRST.fullmatch(value):
        return _from_parts(found, at_home)
    if value.isdigit() and 9 <= len(value) <= 14:
        seconds = int(value) / (1000 if len(value) > 11 else 1)
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    if not value or (value[0].isdigit() and "-" in value):
        return None
    posted = parsedate_to_datetime(value)
    return posted if posted.tzinfo else posted.replace(tzinfo=at_home)


def _from_parts(found: re.Match[str], at_home: dt.tzinfo) -> dt.datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    offset = (found[7] or "").upper()
    if offset in {"Z", "UTC", "GMT"}:
        at_home = dt.UTC
    elif offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        ahead = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        at_home = dt.timezone(-ahead if offset[0] == "-" else ahead)
    # A leap second is the second before it
    return dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=at_home)


def key_of(value: Any) -> str:
    """Return text as a key: one line, shortened to a digest where it is very long."""
    key = line(value)
    if len(key) <= MOST_KEY:
        return key
    return f"{key[:80]}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}"


def shown(value: Any) -> str:
    """Return text as the report names it: one line, without tags, no longer than a line."""
    words = line(html.unescape(TAG.sub("", text(value)[:2_000])))
    return f"{words[:117]}…" if len(words) > 120 else words


def site_of(address: str) -> str:
    """Return a site's address without the slash at its end; empty if it is no address of the web."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def on_site(site: str, path: str) -> str:
    """Return the address of a path on a site; where no site is known, the path itself. Whole addresses stay."""
    path = path.strip()
    if not path or path.startswith(("http://", "https://", "//", "data:", "mailto:", "#")):
        return path
    return f"{site}/{path.lstrip('/')}"


def in_address(name: str) -> str:
    """Return a name as a part of an address, with the signs quoted that can't stand in one."""
    return quote(unquote(name), safe="~()!*',;:@&=+$-._")


def escaped(value: Any) -> str:
    """Return text as HTML."""
    return html.escape(text(value), quote=True)
