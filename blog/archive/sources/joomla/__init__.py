"""Joomla → records, from a database dump, from what its web services answer, or from what the extension J2XML writes.

    sql, api_json, j2xml → gathering (rows laid aside, alike for all three) → export (people, topics, menus)
    → articles (articles and K2's items) → braces (what plugins would have done), remarks (JComments, Komento, K2)

An article is a piece. One that a menu leads straight to and that is in no category (“Uncategorised”) is a page. The
name “written by” stands instead of the account's, as it did over there, and never beside it.
"""

from pathlib import Path

from blog.archive.sources.base import Source
from blog.archive.sources.joomla.export import JoomlaExport
from blog.archive.sources.joomla.gathering import is_joomla, recognises

__all__ = ["is_joomla", "open_export", "recognises"]


def open_export(path: Path, *, members: tuple[str, ...] = (), address: str = "") -> Source:
    """Open an export: one file, or some of a zip or a folder. `address` is that of the old site."""
    return JoomlaExport(path, members=members, address=address)
