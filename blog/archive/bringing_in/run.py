"""One run: what all of its parts share."""

import datetime as dt
from dataclasses import dataclass, field

from blog.archive.bringing_in.files import Files
from blog.archive.bringing_in.old_site import OldSite
from blog.archive.records import Loss, Weight
from blog.archive.report import Report
from blog.editorial.arriving import archives
from blog.editorial.arriving.arrivals import Note
from blog.models import Archive
from blog.progress import Progress


@dataclass
class Run:
    """One run of an archive. What it holds grows with the names and topics of a blog, never with its texts."""

    archive: Archive
    at: dt.datetime
    report: Report
    site: OldSite
    files: Files
    progress: Progress
    was_interrupted: bool = False
    people: dict[str, int] = field(default_factory=dict)  # Keys of authors here by those over there
    topics: dict[tuple[str, str], int] = field(default_factory=dict)
    topic_names: dict[str, str] = field(default_factory=dict)  # Of categories, for those that become tags
    changed: list[int] = field(default_factory=list)  # Keys of pieces that came or followed
    replies: list[tuple[str, str]] = field(default_factory=list)  # Keys over there: of a piece, of what it answers
    new_pages: dict[str, int] = field(default_factory=dict)
    dated: int = 0  # New pieces whose old address has a day
    on_another_day: int = 0  # Those of them that have another here
    pieces_read: int = 0
    remarks_read: int = 0

    def keep(self) -> None:
        """Write down how far it has come, in the transaction of what has come."""
        archives.keep_report(archive=self.archive, report=self.report.kept())

    def add_notes(self, what: str, notes: list[Note]) -> None:
        """Take what the writing rooms have to say into the report."""
        weights = {True: Weight.CHANGED, False: Weight.NOTED}
        self.report.add(*(Loss(what, note.which, note.why, weights[note.is_changed]) for note in notes))

    def tell(self) -> None:
        """Say how far it has come."""
        self.progress.tell(f"{self.pieces_read:,} pieces, {self.remarks_read:,} comments, {self.files.read:,} files")
