"""Lists beside the texts, as our own Markdown has them: `moved.yaml`, `files.yaml`, and comments too many for a front.

They come from us or from strangers, so they are bounded like everything else; only their limits are wider.
"""

from collections.abc import Iterator
from typing import Any

from blog.archive.packed import Packed
from blog.archive.records import File, Loss, Moved, Record
from blog.archive.sources.base import SourceError
from blog.archive.sources.folder.fields import labels
from blog.archive.sources.folder.site import Folder
from blog.archive.sources.safe_yaml import YamlError, load_yaml
from blog.archive.sources.values import line, listed, mapping, on_site, text

MOST = 32 * 1024 * 1024  # Bytes
MOST_PARTS = 2_000_000
COMMENTS = ".comments.yaml"


def moved(packed: Packed, folder: Folder) -> Iterator[Record]:
    """Give the addresses that lead on to others."""
    for row in _rows(packed, f"{folder.root}moved.yaml"):
        if isinstance(row, Loss):
            yield row
        elif (old := line(row.get("from"))) and (new := line(row.get("to"))):
            yield Moved(on_site(folder.address, old), new)


def files(packed: Packed, folder: Folder) -> Iterator[Record]:
    """Give what is said of files."""
    for row in _rows(packed, f"{folder.root}files.yaml"):
        if isinstance(row, Loss):
            yield row
        elif path := line(row.get("path")):
            yield File(
                address=on_site(folder.address, path),
                alt=text(row.get("alt")),
                caption=text(row.get("caption")),
                credit=text(row.get("credit")),
                name=line(row.get("name")),
                addresses=tuple(on_site(folder.address, other) for other in labels(row.get("aliases"))),
            )


def comments(packed: Packed, name: str) -> list[dict[str, Any] | Loss]:
    """Return the comments in the file beside a text."""
    return list(_rows(packed, f"{name.rsplit('.', 1)[0]}{COMMENTS}"))


def _rows(packed: Packed, name: str) -> Iterator[dict[str, Any] | Loss]:
    if name not in packed:
        return
    try:
        written = packed.read(name, most=MOST).decode("utf-8", "replace")
        found = load_yaml(written, most_characters=MOST, most_parts=MOST_PARTS)
    except (SourceError, YamlError) as error:
        yield Loss("list", name, f"It can't be read: {error}")
        return
    yield from (mapping(row) for row in listed(found))
