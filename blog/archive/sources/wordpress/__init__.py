"""WordPress exports (WXR 1.0, 1.1 and 1.2), as WordPress and WordPress.com write them → records.

An export is a file, packed or not, or several of them in a folder or a zip. `volumes` opens them, `scanning` cuts them
into fragments (an item, an author, a term), `elements` reads a fragment, `index` keeps what must be known across items
while `indexing` fills it in a first pass; `export` then gives the records. `body` turns a text into HTML.
"""

from pathlib import Path

from blog.archive.sources.base import Source
from blog.archive.sources.wordpress.export import WordPressExport
from blog.archive.sources.wordpress.volumes import holds_exports


def recognises(path: Path, head: bytes) -> bool:
    """Whether this is a WordPress export: a file, of which `head` is the beginning, a zip of them, or a folder."""
    return holds_exports(path, head)


def open_export(path: Path, *, address: str = "") -> Source:
    """Return the export at `path`. `address` is where the blog was, if the file says it wrongly or not at all."""
    return WordPressExport(path, address=address)
