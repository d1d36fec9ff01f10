"""Feeds of any system, from a file: RSS 0.9 to 2.0, Atom (Blogger's exports too), JSON Feed 1.0 and 1.1 → records.

    reading (the file, entry by entry) → entries (one form for all kinds) → export.records

What a feed holds is what it shows: often the last ten pieces, and of these an extract. The report says so.
"""

import re
from pathlib import Path

from blog.archive.sources.base import Source
from blog.archive.sources.export_file import ExportFile
from blog.archive.sources.feeds.export import Feed

ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF)\b")
FORMATS = re.compile(rb"http://www\.w3\.org/2005/Atom|purl\.org/(?:rss|atom)|<rss\b|my\.netscape\.com/rdf")
WORDPRESS_EXPORT = re.compile(rb"wordpress\.org/export/|<wp:wxr_version")
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version')

__all__ = ["open_export", "recognises"]


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is a feed, by how it begins. WordPress's own export looks like one and isn't."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"{"):
        return bool(JSON_FEED.search(begins))
    if not begins.startswith(b"<"):
        return False
    return bool(ROOT.search(begins[:4_000])) and bool(FORMATS.search(begins)) and not WORDPRESS_EXPORT.search(begins)


def open_export(path: Path, *, member: str = "", address: str = "") -> Source:
    """Open a feed: the file, or `member` of a zip or a folder. `address` is that of the old site."""
    return Feed(ExportFile(path, member), address=address)
