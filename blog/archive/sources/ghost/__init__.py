"""Ghost's own export, as “Settings → Labs → Export” gives it, of versions 1 to 6.

    export (the JSON, laid aside) → texts (lexical, mobiledoc, rendered → cards) → pieces → export.records

Ghost has tags and no categories: all tags come in as tags, and the category is left open, for an editor to choose.
Those that begin with “#” were never shown; the report names them. A piece that only members could read, or that went
out as a letter alone, comes in as a draft, so that nothing gets public by moving.
"""

from pathlib import Path

from blog.archive.sources.base import Source
from blog.archive.sources.ghost.export import GhostExport, recognises

__all__ = ["open_export", "recognises"]


def open_export(path: Path, *, member: str = "", address: str = "") -> Source:
    """Open an export: the JSON, or `member` of a zip or a folder. `address` is that of the old site."""
    return GhostExport(path, member=member, address=address)
