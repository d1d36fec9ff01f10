"""Markdown with front matter: a zip that other systems read with little ado, and `sources.folder` brings in equal.

README.txt      what all this is
site.yaml       title, strapline, address
posts/          2013-12-10-slug.md; what has no date by its slug alone. Comments stand in the front matter, or,
                too many for it, in a file beside it, 2013-12-10-slug.comments.yaml
pages/          slug.md
authors/, categories/, tags/, series/
                slug.md: what there is to say about a name or a topic
files.yaml      a list of path, name, alt, caption, credit, aliases, for whoever wants to know
moved.yaml      a list of from and to: addresses that lead on to others
media/          as it lies on the site

What says nothing is left out. Paths begin with a slash, and what begins otherwise is a whole address.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml
from django.utils import timezone

from blog.archive.formats.markdown import front
from blog.archive.formats.markdown.bodies import as_markdown, of_plain
from blog.archive.formats.media import OpensFile, add_files
from blog.archive.formats.readme import MARKDOWN as README
from blog.archive.formats.readme import NAME, readme
from blog.archive.formats.report import ExportReport
from blog.archive.formats.zipping import NewZip
from blog.archive.packed import Packed
from blog.archive.records import File, Moved, Page, Person, Piece, Record, Site, Topic
from blog.archive.sources.base import SourceError

BEGIN, END = "---\n", "\n---\n"
MOST = 256 * 1024 * 1024
# What `sources.safe_yaml` reads of strangers: characters, and about twenty parts of YAML to a comment
MOST_FRONT = 200_000
MOST_COMMENTS = 800
COMMENTS = ".comments.yaml"
KINDS = {"posts": "piece", "pages": "page", "authors": "author", "categories": "category", "tags": "tag"}


def write(records: Iterable[Record], path: Path, *, open_file: OpensFile, report: ExportReport) -> None:
    """Write the records into a new zip, then the files that they name."""
    with NewZip(path) as zipped:
        book = _Book(zipped)
        for record in records:
            book.add(record)
        book.finish()
        add_files(zipped, book.known.files.values(), open_file=open_file, report=report)


def read_back(path: Path) -> Counter[str]:
    """Return how many of each kind are in what was written. Raises SourceError where it can't be read."""
    counts: Counter[str] = Counter()
    with Packed(path) as packed:
        for name in packed.names:
            if name.endswith((".md", ".yaml")):
                _count(name, packed.read(name, most=MOST).decode(), counts)
    return counts


def _count(name: str, text: str, counts: Counter[str]) -> None:
    is_text = name.endswith(".md")
    if is_text and not (text.startswith(BEGIN) and END in text):
        raise SourceError(f"“{name}” has no front matter.")
    try:
        found = yaml.load(text[len(BEGIN) :].partition(END)[0] if is_text else text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        raise SourceError(f"“{name}” is no YAML: {error}.") from error
    folder = name.partition("/")[0]
    if is_text:
        counts[KINDS.get(folder, folder)] += 1
        counts["comment"] += len(found.get("comments", ()))
    elif name.endswith(COMMENTS):
        counts["comment"] += len(found)
    elif kind := {"files.yaml": "file", "moved.yaml": "address"}.get(name):
        counts[kind] += len(found)


class _Book:
    """What was written so far, and what later records name."""

    def __init__(self, zipped: NewZip) -> None:
        self._zip = zipped
        self._moved: list[front.Row] = []
        self.known = front.Known()

    def add(self, record: Record) -> None:
        """Write a record, or keep it for the end."""
        known = self.known
        match record:
            case Site():
                known.site = record.address
                self._zip.add_text(NAME, readme(README, title=record.title, address=record.address))
                row = front.said(title=record.title, strapline=record.strapline, address=record.address)
                self._zip.add_text("site.yaml", front.as_yaml(row))
            case Person():
                known.people[record.key] = record
                self._text(f"authors/{record.slug}", front.of_person(record, known), of_plain(record.about))
            case Topic():
                known.topics[record.key] = record
                name = f"{front.FOLDERS[record.kind]}/{record.slug}"
                self._text(name, front.of_topic(record, known), of_plain(record.description))
            case File():
                known.files[record.address] = record
            case Piece():
                self._piece(record)
            case Page():
                self._text(f"pages/{record.slug}", front.of_page(record, known), as_markdown(record.body))
            case Moved():
                self._moved.append({"from": known.path(record.address), "to": known.path(record.to)})
            case _:
                pass

    def finish(self) -> None:
        """Write the lists."""
        files = [front.of_file(row, self.known) for row in self.known.files.values()]
        for name, rows in (("files.yaml", files), ("moved.yaml", self._moved)):
            if rows:
                self._zip.add_text(name, front.as_yaml(rows))

    def _piece(self, piece: Piece) -> None:
        day = f"{timezone.localdate(piece.published_at)}-" if piece.published_at else ""
        name = self._free(f"posts/{day}{piece.slug or piece.key.replace(':', '-')}")
        row = front.of_piece(piece, self.known)
        remarks = [front.of_remark(remark, self.known) for remark in piece.remarks]
        size = sum(len(remark.text) + 200 for remark in piece.remarks) + len(piece.introduction)
        if len(remarks) > MOST_COMMENTS or size > MOST_FRONT:
            self._zip.add_text(f"{name}{COMMENTS}", front.as_yaml(remarks))
        elif remarks:
            row["comments"] = remarks
        self._text(name, row, as_markdown(piece.body))

    def _text(self, name: str, row: front.Row, body: str) -> None:
        self._zip.add_text(f"{self._free(name)}.md", f"{BEGIN}{front.as_yaml(row).rstrip()}{END}\n{body}\n")

    def _free(self, name: str) -> str:
        """Return a name that is not taken: two drafts may be called alike, and two addresses but for their letters."""
        free, number = name, 1
        while f"{free}.md" in self._zip:
            number += 1
            free = f"{name}-{number}"
        return free
