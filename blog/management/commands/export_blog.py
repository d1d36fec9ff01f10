"""`manage.py export_blog`: the blog as Markdown, as WXR for WordPress, or as JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from blog.archive.formats.exporting import FORMATS, export
from blog.archive.formats.new_files import ExportError
from blog.management.long_command import LongCommand


class Command(LongCommand):
    """Write what readers see into one file that other systems, and this one, can read."""

    help = (
        "Write the blog into one file: Markdown with front matter (a zip), WXR for WordPress, or JSON (a zip; "
        "docs/archive.schema.json). Addresses of people and who is behind a pen name are never in it. The file is read "
        "back before it gets its name; interrupted, nothing is left of it."
    )
    refusals = (ExportError,)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the format, the file, and what else belongs in it."""
        parser.add_argument("to", choices=sorted(FORMATS), help="the format")
        parser.add_argument("target", type=Path, help="the file to write: a .zip, or an .xml for WXR")
        parser.add_argument(
            "--with-unpublished",
            action="store_true",
            help="also what is scheduled, drafts and pieces with the editors, with their working text",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, and report what would be written")
        parser.add_argument("--replace", action="store_true", help="write over the file if it is there")
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Export, and report."""
        report = export(
            to=options["to"],
            target=options["target"],
            at=timezone.now(),
            with_unpublished=options["with_unpublished"],
            is_replaced=options["replace"],
            is_dry_run=options["dry_run"],
            say=self.step,
            every=self.every,
        )
        self.tell(report.lines(), whole=report.lines(is_whole=True))

    def after_a_stop(self) -> str:
        """Say that there is no file."""
        return "Nothing was written."
