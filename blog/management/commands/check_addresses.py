"""`manage.py check_addresses FILE`: walk a list of old addresses, and print those that lead nowhere."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from blog.archive.checking import addresses_in, at_site, here, walk


class Command(BaseCommand):
    """Print what fails, and how many lead somewhere; exit with 1 if anything fails."""

    help = "Walk a list of old addresses (one a line, or a sitemap) and print those that lead nowhere on this site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list, and where to ask."""
        parser.add_argument("file", help="the list; - reads it from standard input")
        parser.add_argument(
            "--site", default="", help="ask this site over the network (https://new.example), not the database here"
        )
        parser.add_argument("--all", action="store_true", help="print the others, too, and where they lead")

    def handle(self, *, file: str, site: str, **options: Any) -> None:
        """Walk the list."""
        if site and (urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).hostname):
            raise CommandError(f"{site!r} is no address of a site; write one like https://new.example.")
        try:
            lines = sys.stdin.readlines() if file == "-" else Path(file).read_text(errors="replace").splitlines()
        except OSError as error:
            raise CommandError(f"{file} can’t be read: {error.strerror}.") from error
        asked = failed = 0
        for walked in walk(addresses_in(lines), at_site(site) if site else here):
            asked += 1
            failed += bool(walked.why)
            if walked.why:
                self.stdout.write(f"{walked.status or '---'}  {walked.address}  {walked.why}")
            elif options["all"]:
                self.stdout.write(f"{walked.status}  {walked.address}  {walked.ends_at}")
        if not asked:
            raise CommandError("There is no address in this file. Write one a line.")
        self.stdout.write(f"{asked:,} addresses asked for, {failed:,} of them lead nowhere.")
        if failed:
            sys.exit(1)
