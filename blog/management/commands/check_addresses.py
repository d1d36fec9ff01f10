"""`manage.py check_addresses FILE`: walk a list of old addresses, and print those that lead nowhere."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser

from blog.archive.checking import addresses_in, at_site, here, walk
from blog.management.long_command import LongCommand
from blog.progress import Counting


class Command(LongCommand):
    """Print what fails, and how many lead somewhere."""

    help = (
        "Walk a list of old addresses (one a line, or a sitemap) and print those that lead nowhere on this site; if "
        "there are any, it ends with 1. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list, and where to ask."""
        parser.add_argument("file", help="the list; - reads it from standard input")
        parser.add_argument(
            "--site", default="", help="ask this site over the network (https://new.example), not the database here"
        )
        parser.add_argument("--all", action="store_true", help="print the others, too, and where they lead")
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Walk the list. Raises CommandError if an address leads nowhere."""
        file, site = options["file"], options["site"]
        if site and (urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).hostname):
            raise CommandError(f"{site!r} is no address of a site; write one like https://new.example.")
        try:
            lines = sys.stdin.readlines() if file == "-" else Path(file).read_text(errors="replace").splitlines()
        except OSError as error:
            raise CommandError(f"{file} can’t be read: {error.strerror}.") from error
        wanted = list(addresses_in(lines))
        if not wanted:
            raise CommandError("There is no address in this file. Write one a line.")
        progress = Counting(self.step, "addresses", len(wanted), every=self.every)
        said, failed = [], 0
        for walked in walk(wanted, at_site(site) if site else here):
            progress.add()
            if walked.why:
                failed += 1
                said.append(f"{walked.status or '---'}  {walked.address}  {walked.why}")
            elif options["all"]:
                said.append(f"{walked.status}  {walked.address}  {walked.ends_at}")
        self.tell([*said, f"{len(wanted):,} addresses asked for, {failed:,} of them lead nowhere."])
        if failed:
            raise CommandError("Not all of the addresses lead somewhere.")
