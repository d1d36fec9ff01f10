"""WXR 1.2: what WordPress' own importer reads, and our own reader brings in equal (`names` says by which fields).

Files stand in it by their addresses, from which WordPress fetches them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from blog.archive.formats.media import OpensFile
from blog.archive.formats.report import ExportReport
from blog.archive.formats.wxr import names
from blog.archive.formats.wxr.items import Known, of_file, of_page, of_piece
from blog.archive.formats.wxr.terms import author, term
from blog.archive.formats.wxr.xml import element, plain, text
from blog.archive.records import File, Moved, Page, Person, Piece, Record, Site, Topic
from blog.archive.sources.base import SourceError

WP = "http://wordpress.org/export/1.2/"
NAMESPACES = {
    "excerpt": f"{WP}excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": WP,
    "wlg": names.NAMESPACE,
}
KINDS = {"post": "piece", "page": "page", "attachment": "file"}
COUNTED = {
    f"{{{WP}}}author": "author",
    f"{{{WP}}}category": "category",
    f"{{{WP}}}tag": "tag",
    f"{{{WP}}}term": "series",
    f"{{{WP}}}comment": "comment",
    f"{{{names.NAMESPACE}}}{names.MOVED}": "address",
}


def write(records: Iterable[Record], path: Path, *, open_file: OpensFile, report: ExportReport) -> None:
    """Write the records into a new file. The bytes of files stay where they are."""
    known = Known()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        shown = "".join(f'\n\txmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{shown}>\n<channel>\n')
        for record in records:
            file.writelines(_written(record, known))
        file.write("</channel>\n</rss>\n")


def read_back(path: Path) -> Counter[str]:
    """Return how many of each kind are in what was written. Raises SourceError where it can't be read."""
    counts: Counter[str] = Counter()
    try:
        with path.open("rb") as file:
            _count(file, counts)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"It is no XML: {error}.") from error
    return counts


def _count(file: IO[bytes], counts: Counter[str]) -> None:
    parts: Any = etree.iterparse(file, events=("end",), resolve_entities=False, no_network=True, huge_tree=True)
    for _event, part in parts:
        if part.tag in COUNTED:
            counts[COUNTED[part.tag]] += 1
        elif part.tag == "item":
            counts[KINDS[part.findtext(f"{{{WP}}}post_type")]] += 1
            part.clear()
            while part.getprevious() is not None:
                del part.getparent()[0]


def _written(record: Record, known: Known) -> Iterator[str]:
    match record:
        case Site():
            known.site = record.address
            yield from _channel(record)
        case Person():
            known.people[record.key] = record
            yield author(record, len(known.people))
        case Topic():
            known.topics[record.key] = record
            yield term(record, len(known.topics))
        case File():
            yield from of_file(record, known)
        case Piece():
            yield from of_piece(record, known)
        case Page():
            yield from of_page(record, known)
        case Moved():
            pair = element("wlg:from", text(record.address)) + element("wlg:to", text(record.to))
            yield element(f"wlg:{names.MOVED}", pair)
        case _:
            pass


def _channel(site: Site) -> Iterator[str]:
    yield element("title", plain(site.title)) + element("link", text(site.address))
    yield element("description", plain(site.strapline)) + element("generator", "wlg")
    yield element("wp:wxr_version", "1.2")
    yield element("wp:base_site_url", site.address) + element("wp:base_blog_url", site.address)
