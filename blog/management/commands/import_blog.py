"""`manage.py import_blog`: brings a blog in from another system."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from blog.archive.bringing_in import OldSite, bring_in, site_of
from blog.archive.media import Media
from blog.archive.report import Report
from blog.archive.sources.base import Source, SourceError
from blog.archive.sources.choosing import open_source

SYSTEMS = ["wordpress", "ghost", "joomla", "feed", "folder", "wlg"]
EVERY_ON_SCREEN = 0.5  # Seconds between two lines of progress
EVERY_IN_A_LOG = 10.0
AGAIN = "What has come is here. Start the same command again to go on."


class Command(BaseCommand):
    """Bring a blog in: a trial first (`--dry-run`), then in earnest, as often as it takes."""

    help = (
        "Bring in a blog from WordPress, Ghost, Joomla, a feed, a folder of files, or an export of this software. "
        "Nobody gets a letter. It can be interrupted and started again, and run twice: what is here stays, what is new "
        "over there comes. Try it with --dry-run first. On SQLite nobody else can save anything while a dry run works."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take what to bring, where its files are, and how to report."""
        parser.add_argument("path", type=Path, help="the export: a file, a zip, a folder")
        parser.add_argument("--from", choices=SYSTEMS, default="", dest="system", help="what it comes from, if unclear")
        parser.add_argument("--address", default="", help="where the blog was, such as https://old.example")
        parser.add_argument(
            "--media", type=Path, nargs="+", action="extend", default=[], metavar="PATH",
            help="folders or zips with its pictures and documents",
        )  # fmt: skip
        parser.add_argument(
            "--fetch", nargs="*", metavar="HOST",
            help="fetch missing pictures and documents from the old site, or from these hosts",
        )  # fmt: skip
        parser.add_argument("--name", default="", help="what tells this archive from others; else the old address does")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, and report what would come")
        parser.add_argument("--report", type=Path, metavar="FILE", help="where the report goes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it in, and print and write the report."""
        report = Report()
        at = timezone.now()
        try:
            self._bring(report, at, options)
        except KeyboardInterrupt:
            self._say("")
            again = "Nothing was changed." if options["dry_run"] else AGAIN
            self._tell(report, at, options)
            raise CommandError(f"Interrupted. {again}", returncode=130) from None
        except SourceError as error:
            self._say("")
            self._tell(report, at, options)
            raise CommandError(f"{error}{'' if options['dry_run'] or not report.counts else f' {AGAIN}'}") from error
        except DatabaseError as error:
            self._say("")
            self._tell(report, at, options)
            raise CommandError(f"The database refused: {error}. {AGAIN}") from error
        except OSError as error:
            self._say("")
            self._tell(report, at, options)
            raise CommandError(f"A file can’t be read or written: {error}. {AGAIN}") from error
        self._say("")
        self._tell(report, at, options)

    def _bring(self, report: Report, at: dt.datetime, options: dict[str, Any]) -> None:
        path = options["path"]
        if not path.exists():
            raise CommandError(f"There is no {path}. Give the path of the export.")
        if options["report"] and options["report"].exists():
            raise CommandError(f"{options['report']} is there already. Name another file for the report.")
        source = open_source(path, system=options["system"], address=options["address"])
        places = options["media"]
        at_hand = Media(places) if places else None
        media = Media(places, self._hosts(source, options))
        self._is_screen = self.stderr.isatty()
        try:
            bring_in(
                source=source,
                media=media,
                at_hand=at_hand,
                name=options["name"],
                address=options["address"],
                at=at,
                is_dry_run=options["dry_run"],
                say=self._say,
                every=EVERY_ON_SCREEN if self._is_screen else EVERY_IN_A_LOG,
                report=report,
            )
        finally:
            media.close()
            if at_hand:
                at_hand.close()

    def _hosts(self, source: Source, options: dict[str, Any]) -> frozenset[str]:
        """Return the hosts that may be asked for files: those that were named, or else the old site's own."""
        if options["fetch"] is None:
            return frozenset()
        if options["fetch"]:
            return frozenset(host.strip().lower() for host in options["fetch"])
        hosts = OldSite(options["address"] or site_of(source).address).fetched_hosts
        if not hosts:
            raise CommandError("The export doesn’t say where the blog was. Name the host: --fetch old.example")
        return hosts

    def _say(self, line: str) -> None:
        """Show how far it has come: on a screen always in the same line, in a log below each other."""
        if getattr(self, "_is_screen", False):
            self.stderr.write(f"\r\x1b[K{line}", ending="")
            self.stderr.flush()
        elif line:
            self.stderr.write(line)

    def _tell(self, report: Report, at: dt.datetime, options: dict[str, Any]) -> None:
        if report.at is None:
            return  # It had not begun
        written = self._write(report, at, options)
        for line in report.lines():
            self.stdout.write(line)
        if written:
            self.stdout.write(f"\nThe whole report: {written}")

    def _write(self, report: Report, at: dt.datetime, options: dict[str, Any]) -> Path | None:
        for path in self._paths(report, at, options):
            try:
                report.write(path)
            except FileExistsError:
                continue
            except OSError as error:
                self.stderr.write(f"The report could not be written to {path}: {error}")
                return None
            return path
        return None

    def _paths(self, report: Report, at: dt.datetime, options: dict[str, Any]) -> list[Path]:
        """Return where the report may be written, so that none overwrites another."""
        if options["report"]:
            return [options["report"]]
        folder = Path(settings.VAR_DIR) / "reports"
        kind = "trial" if report.is_dry_run else "import"
        name = f"{kind}-{at:%Y-%m-%d-%H%M%S}"
        return [folder / f"{name}.txt", *(folder / f"{name}-{number}.txt" for number in range(2, 100))]
