"""JSON: a zip with `blog.jsonl`, one record a line, and the files. Described by `docs/archive.schema.json`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from blog.archive.formats.lines import NAMES, first_line, last_line, line_of
from blog.archive.formats.media import OpensFile, add_files
from blog.archive.formats.readme import JSON_LINES, NAME, readme
from blog.archive.formats.report import ExportReport
from blog.archive.formats.zipping import NewZip
from blog.archive.records import File, Record, Site
from blog.archive.sources.own import MEMBER, open_export


def write(records: Iterable[Record], path: Path, *, open_file: OpensFile, report: ExportReport) -> None:
    """Write the records into a new zip, then the files that they name."""
    files: list[File] = []
    counts: Counter[str] = Counter()
    site = Site()
    with NewZip(path) as zipped:
        with zipped.text(MEMBER) as written:
            written.write(f"{first_line()}\n")
            for record in records:
                if type(record) not in NAMES:
                    continue
                counts[NAMES[type(record)]] += 1
                written.write(f"{line_of(record)}\n")
                if isinstance(record, File):
                    files.append(record)
                elif isinstance(record, Site):
                    site = record
            written.write(f"{last_line(counts)}\n")
        zipped.add_text(NAME, readme(JSON_LINES, title=site.title, address=site.address))
        add_files(zipped, files, open_file=open_file, report=report)


def read_back(path: Path) -> Counter[str]:
    """Return how many of each kind are in what was written. Raises SourceError where it can't be read."""
    again = ExportReport()
    for _record in again.passing(open_export(path).records()):
        pass
    return again.counts
