"""`manage.py export_blog`: the blog as Markdown, as WXR for WordPress, or as JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from blog.archive.formats.exporting import FORMATS, export
from blog.archive.formats.new_files import ExportError
from blog.archive.formats.outcome import silent


class Command(BaseCommand):
    """Write what readers see into one file that other systems, and this one, can read."""

    help = (
        "Write the blog into one file: Markdown with front matter (a zip), WXR for WordPress, or JSON (a zip; "
        "docs/archive.schema.json). Addresses of people and who is behind a pen name are never in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the format, the file, and what else belongs in it."""
        parser.add_argument("to", choices=sorted(FORMATS), help="the format")
        parser.add_argument("target", type=Path, help="the file to write: a .zip, or an .xml for WXR")
        parser.add_argument(
            "--with-unpublished",
            action="store_true",
            help="also what is scheduled, drafts and pieces with the editors, with their working text",
        )
        parser.add_argument("--replace", action="store_true", help="write over the file if it is there")
        parser.add_argument("--report", type=Path, help="a new file for the whole report")

    def handle(
        self, *args: Any, to: str, target: Path, with_unpublished: bool, replace: bool, report: Path | None, **more: Any
    ) -> None:
        """Export, and print the report."""
        if report is not None and (report.exists() or not report.parent.is_dir()):
            raise CommandError(f"“{report}” is there already, or its folder is not. Choose another for the report.")
        say = self.stderr.write if more["verbosity"] else silent
        try:
            outcome = export(
                to=to,
                target=target,
                at=timezone.now(),
                with_unpublished=with_unpublished,
                is_replaced=replace,
                say=say,
            )
        except ExportError as error:
            raise CommandError(str(error)) from error
        for line in outcome.lines():
            self.stdout.write(line)
        if report is not None:
            outcome.write(report)
            self.stdout.write(f"The whole report is in {report}.")
