"""One export from beginning to end: written beside its place, read back, and only then put there."""

import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blog.archive import taking_out
from blog.archive.formats import json_zip, markdown, wxr
from blog.archive.formats.new_files import ExportError, new_file, refuse_if_there
from blog.archive.formats.report import ExportReport
from blog.archive.sources.base import SourceError
from blog.progress import EVERY, Say, silent
from blog.snapshot import snapshot


@dataclass(frozen=True)
class Format:
    """What writes records, and what reads back how many there are."""

    write: Callable[..., None]
    read_back: Callable[[Path], Counter[str]]


FORMATS = {
    "markdown": Format(markdown.write, markdown.read_back),
    "wxr": Format(wxr.write, wxr.read_back),
    "json": Format(json_zip.write, json_zip.read_back),
}


def export(
    *,
    to: str,
    target: Path,
    at: dt.datetime,
    with_unpublished: bool = False,
    is_replaced: bool = False,
    is_dry_run: bool = False,
    say: Say = silent,
    every: float = EVERY,
) -> ExportReport:
    """Write the blog in one of `FORMATS` and return what went out, or in a dry run what would.

    In this order: checks that nothing is written over, writes a new file beside the target, reads it back from its
    first byte to its last, compares the counts, and gives it its name. Killed before that, or failing (ExportError), it
    leaves the target as it was. All is read as it was at one moment, while others go on writing. `say` gets a line
    about every `every` seconds.
    """
    pieces = taking_out.how_many(at=at, with_unpublished=with_unpublished)
    report = ExportReport(is_dry_run=is_dry_run, pieces=pieces, say=say, every=every)
    records = taking_out.records(at=at, with_unpublished=with_unpublished)
    if is_dry_run:
        refuse_if_there(target, is_replaced=is_replaced)
        with snapshot():
            for _record in report.passing(records):
                pass
        return report
    # What nobody may read yet is for its owner alone
    with new_file(target, is_replaced=is_replaced, mode=0o600 if with_unpublished else 0o644) as path:
        with snapshot():
            FORMATS[to].write(report.passing(records), path, open_file=taking_out.open_file, report=report)
        say("Written. Reading it back …")
        _verify(FORMATS[to], path, report)
    return report


def _verify(format_: Format, path: Path, report: ExportReport) -> None:
    """Raise ExportError unless what stands on disk says the same."""
    try:
        found = format_.read_back(path)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as zipped:
                if broken := zipped.testzip():
                    raise ExportError(f"What was written does not read back: “{broken}” is damaged. Is the disk sound?")
    except SourceError as error:
        raise ExportError(f"What was written does not read back: {error}") from error
    for kind, count in found.items():
        if count != report.counts[kind]:
            raise ExportError(
                f"What was written does not read back: {report.counts[kind]:,} × {kind} went in, {count:,} came out."
            )
