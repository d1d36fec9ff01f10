"""Making a page once for all who ask for it, and keeping it unless a change has overtaken it meanwhile."""

import datetime as dt
import gzip
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from django.db import DatabaseError
from django.utils import timezone

from blog import keys
from blog.models import Purge
from blog.reading import shown
from blog.reading.baking.addresses import COMPRESSED, Place
from blog.reading.baking.generations import Bakery, Generation, bakery
from blog.reading.baking.locks import held, pause, tried

LOOKBACK = dt.timedelta(minutes=10)  # The longest that a change may take from its moment to its commit
PATIENCE = 5.0  # Seconds to wait for somebody else who is making the same page
BROTLI_QUALITY = 5
GZIP_LEVEL = 6

Build = Callable[[dt.datetime], str | bytes]
logger = logging.getLogger(__name__)
_complaints: dict[str, float] = {}


@dataclass(frozen=True)
class Page:
    """A page as it is sent. `second` is that of its file, since 1970; None for a page that was not kept."""

    content: bytes
    second: int | None = None


def page(place: Place | None, build: Build) -> Page:
    """Return the page that is kept at a place, or make it.

    Of many who ask at once, one makes it and the others wait for it, though not for ever. `build` gets the moment and
    reads everything anew, so it must not run inside a transaction; what it raises is passed on.

    Nothing that goes wrong with keeping hinders the answer.
    """
    at = bakery()
    if at is None or place is None or not at.is_trusted:
        return _make(build)
    slot, lock = at.baking(place.address)
    until = time.monotonic() + PATIENCE
    while generation := at.generation():
        kept = kept_in(generation, place)
        if kept:
            return kept
        with tried(lock) as is_ours:
            if is_ours:
                # It may have been put there since we looked
                return kept_in(generation, place) or _bake(at, generation, place, build, slot)
        if is_ours is None or time.monotonic() > until:
            break
        pause()
    return _make(build)


def _make(build: Build) -> Page:
    return Page(_bytes(build(timezone.now())))


def kept_in(generation: Generation, place: Place) -> Page | None:
    """Return the page that is kept at a place, if there is one."""
    try:
        with (generation.folder / place.file).open("rb") as file:
            return Page(file.read(), int(os.fstat(file.fileno()).st_mtime))
    except OSError:
        return None


def _bake(at: Bakery, generation: Generation, place: Place, build: Build, slot: int) -> Page:
    """Make a page, and keep it unless a purge has come that this making may not have seen."""
    try:
        # Before anything is read and before the clock is: what was carried out by now, the page will have seen
        latest = generation.index.latest_seen()
    except sqlite3.Error as error:
        complain("The index of the pages can’t be read", error)
        return _make(build)
    moment = timezone.now()
    with shown.collected() as shows:
        content = _bytes(build(moment))
    try:
        drafts = _write(generation, place, content, slot)
        with held(at.purging):
            if at.generation() != generation or _is_overtaken(generation, shows, latest, since=moment - LOOKBACK):
                return Page(content)
            return Page(content, _put(generation, place, shows, drafts))
    except (OSError, sqlite3.Error, DatabaseError) as error:
        complain("A page can’t be kept", error)
        return Page(content)


def _is_overtaken(generation: Generation, shows: set[str], latest: int, *, since: dt.datetime) -> bool:
    """Say whether a purge touches these keys that had not been carried out before the page was made.

    `purging` is held: a purge that this query does not find will find the page.
    """
    rows = Purge.objects.filter(key__in={*shows, keys.EVERYTHING}, due_at__gt=since, due_at__lte=timezone.now())
    found = [(pk, due_at.timestamp()) for pk, due_at in rows.values_list("pk", "due_at")]
    return bool(generation.index.unseen(found, until=latest))


def _write(generation: Generation, place: Place, content: bytes, slot: int) -> dict[str, str]:
    """Write the files of a page beside the others, and return the ending of each with where it is.

    Drafts are named after the lock that their maker holds, so what a killed process leaves is written over.
    """
    files = {"": content}
    if place.is_text:
        files[COMPRESSED["gzip"]] = gzip.compress(content, GZIP_LEVEL, mtime=0)
        files[COMPRESSED["br"]] = brotli.compress(content, brotli.MODE_TEXT, BROTLI_QUALITY)
    drafts: dict[str, str] = {}
    for ending, written in files.items():
        draft = generation.drafts / f"{slot:02}{ending}"
        draft.write_bytes(written)
        drafts[ending] = str(draft)
    return drafts


def _put(generation: Generation, place: Place, shows: set[str], drafts: dict[str, str]) -> int:
    """Note what a page shows, then put its files in their places, the one that makes it visible last."""
    second = max(int(time.time()), generation.first_second())
    second = generation.index.note(place.address, place.file, shows, second=second)
    target = generation.folder / place.file
    target.parent.mkdir(parents=True, exist_ok=True)
    for ending in sorted(drafts, reverse=True):
        os.utime(drafts[ending], (second, second))
        os.replace(drafts[ending], f"{target}{ending}")  # noqa: PTH105 (plain words cost a third)
    return second


def take_away(generation: Generation, files: list[str]) -> None:
    """Remove pages, of each the file first that makes it visible."""
    for file in files:
        for ending in ("", *COMPRESSED.values()):
            (generation.folder / f"{file}{ending}").unlink(missing_ok=True)


def complain(what: str, error: Exception) -> None:
    """Log what is wrong with the folder once a minute, not with every page."""
    now = time.monotonic()
    if now - _complaints.get(what, -60.0) >= 60:
        _complaints[what] = now
        logger.error("%s: %s", what, error)


def _bytes(built: str | bytes) -> bytes:
    return built.encode() if isinstance(built, str) else built
