"""One export from beginning to end: written beside its place, read back, and only then put there."""

import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blog.archive import taking_out
from blog.archive.formats import json_zip, markdown, wxr
from blog.archive.formats.new_files import ExportError, new_file
from blog.archive.formats.outcome import Outcome, Say, silent
from blog.archive.sources.base import SourceError


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
    say: Say = silent,
) -> Outcome:
    """Write the blog in one of `FORMATS` and return what went out.

    In this order: checks that nothing is written over, writes a new file beside the target, reads it back from its
    first byte to its last, compares the counts, and gives it its name. Killed before that, or failing (ExportError), it
    leaves the target as it was.
    """
    with new_file(target, is_replaced=is_replaced) as path:
        outcome = Outcome(say=say, pieces=taking_out.how_many(at=at, with_unpublished=with_unpublished).pieces)
        records = taking_out.records(at=at, with_unpublished=with_unpublished)
        FORMATS[to].write(outcome.passing(records), path, open_file=taking_out.open_file, outcome=outcome)
        say("Written. Reading it back …")
        _verify(FORMATS[to], path, outcome)
    return outcome


def _verify(format_: Format, path: Path, outcome: Outcome) -> None:
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
        if count != outcome.counts[kind]:
            raise ExportError(
                f"What was written does not read back: {outcome.counts[kind]:,} × {kind} went in, {count:,} came out."
            )
