"""`manage.py export_site`: the whole site as plain files."""

import os
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from blog.management.long_command import LongCommand
from blog.plain_files import exporting, zipping
from blog.plain_files.folder import ExportError
from blog.plain_files.making import right_address

MOST_SAID = 60  # Lines; the report has them all


class Command(LongCommand):
    """Write every public page, feed and file into a folder that any web server can host."""

    help = (
        "Write the whole public site into a folder as plain files: every page, feed, picture and old address, with a "
        "search that needs no server. Run again, it writes only what has changed. README.txt in the folder says how to "
        "host it. If a link leads nowhere, it ends with 1."
    )
    refusals = (ExportError,)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and what differs from the usual."""
        parser.add_argument("target", type=Path, help="the folder; a new or empty one, or that of a former export")
        parser.add_argument("--address", default="", help="where the files will be, such as https://blog.example")
        parser.add_argument("--zip", action="store_true", help="also pack the folder as one file beside it")
        parser.add_argument("--check-only", action="store_true", help="write nothing, and go through a finished export")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, and say how many pages there are")
        parser.add_argument(
            "--processes", type=int, default=min(8, os.cpu_count() or 1), metavar="N",
            help="how many make pages at once (%(default)s)",
        )  # fmt: skip
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Export, check or count, and say what came of it. Raises CommandError if not everything is well."""
        target = Path(options["target"]).absolute()
        try:
            address = right_address(options["address"] or settings.SITE_URL)
        except ValueError as error:
            raise CommandError("Give the address of a site without a path, such as https://blog.example.") from error
        if options["dry_run"]:
            count = exporting.plan(target=target, now=timezone.now())
            trial = f"A trial: nothing was written. Without --dry-run {count:,} pages and feeds would be in {target}."
            self.tell([trial])
            return
        if options["check_only"]:
            found = exporting.check_only(target)
            lines, is_well = exporting.told_of(found), found.is_well
        else:
            report = exporting.export(
                target=target, address=address, now=timezone.now(), processes=options["processes"], say=self.step
            )
            if options["zip"]:
                zipping.pack(target, target.with_name(f"{target.name}.zip"))
            lines, is_well = report.lines(), report.is_well
        self.tell(islice(lines, MOST_SAID), whole=lines, usual=target.with_name(f"{target.name}.report.txt"))
        if not is_well:
            raise CommandError("Not everything is well; the report says what.")

    def after_a_stop(self) -> str:
        """Return how to go on."""
        return "Start the same command again: what is there already is not written anew."
