"""`manage.py export_site`: the whole site as plain files."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from blog.plain_files import exporting, zipping
from blog.plain_files.folder import ExportError
from blog.plain_files.making import right_address


class Command(BaseCommand):
    """Write every public page, feed and file into a folder that any web server can host."""

    help = (
        "Write the whole public site into a folder as plain files: every page, feed, picture and old address, with a "
        "search that needs no server. Run again, it writes only what has changed. README.txt in the folder says how to "
        "host it. Ends with 1 if a link leads nowhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and what differs from the usual."""
        parser.add_argument("target", type=Path, help="the folder; a new or empty one, or that of a former export")
        parser.add_argument("--address", default="", help="where the files will be, such as https://blog.example")
        parser.add_argument("--zip", action="store_true", help="also pack the folder as one file beside it")
        parser.add_argument("--check-only", action="store_true", help="write nothing; go through a finished export")
        parser.add_argument(
            "--processes",
            type=int,
            default=min(8, os.cpu_count() or 1),
            help="how many make pages at once (%(default)s)",
        )
        parser.add_argument("--report", type=Path, help="where to write the report (otherwise beside the folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export or check, and say what came of it."""
        target = Path(options["target"]).absolute()
        try:
            address = right_address(options["address"] or settings.SITE_URL)
        except ValueError as error:
            raise CommandError("Give the address of a site without a path, such as https://blog.example.") from error
        try:
            if options["check_only"]:
                found = exporting.check_only(target)
                lines, is_well = exporting.told_of(found), found.is_well
            else:
                say = self.stdout.write if options["verbosity"] else (lambda _line: None)
                report = exporting.export(
                    target=target, address=address, now=timezone.now(), processes=options["processes"], say=say
                )
                if options["zip"]:
                    zipping.pack(target, target.with_name(f"{target.name}.zip"))
                lines, is_well = report.lines(), report.is_well
            place = Path(options["report"] or target.with_name(f"{target.name}.report.txt"))
            place.write_text("\n".join([*lines, ""]), encoding="utf-8")
        except ExportError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Run it again: what is there already is not written anew.") from error
        except OSError as error:
            raise CommandError(f"A file can’t be read or written: {error}") from error
        for line in lines[:60]:
            self.stdout.write(line)
        self.stdout.write(f"The report is in {place}.")
        if not is_well:
            raise CommandError("Not everything is well; the report says what.")
