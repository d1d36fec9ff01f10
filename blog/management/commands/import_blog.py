"""`manage.py import_blog`: brings a blog in from another system."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from blog.archive.bringing_in import OldSite, bring_in, site_of
from blog.archive.media import Media
from blog.archive.packed import is_packed
from blog.archive.report import Report
from blog.archive.sources.base import Source, SourceError
from blog.archive.sources.choosing import open_source, systems
from blog.management.long_command import LongCommand

AGAIN = "What has come is here. Start the same command again to go on."


class Command(LongCommand):
    """Bring a blog in: a trial first (`--dry-run`), then in earnest, as often as it takes."""

    help = (
        "Bring in a blog from WordPress, Ghost, Joomla, a feed, a folder of files, or an export of this software. "
        "Nobody gets a letter. It can be interrupted and started again, and run twice: what is here stays, what is new "
        "over there comes. Try it with --dry-run first. On SQLite nobody else can save anything while a dry run works."
    )
    is_dry_run = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to bring, where its files are, and how to report."""
        parser.add_argument("path", type=Path, help="the export: a file, a zip, a folder")
        parser.add_argument(
            "--from", choices=systems(), default="", dest="system", help="what it comes from, if that is unclear"
        )
        parser.add_argument("--address", default="", help="where the blog was, such as https://old.example")
        parser.add_argument(
            "--media", type=Path, nargs="+", action="extend", default=[], metavar="PATH",
            help="folders or zips with its pictures and documents; those in the export itself are found anyway",
        )  # fmt: skip
        parser.add_argument(
            "--fetch", nargs="*", metavar="HOST",
            help="fetch missing pictures and documents from the old site, or from these hosts",
        )  # fmt: skip
        parser.add_argument("--name", default="", help="what tells this archive from others; else the old address does")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, and report what would come")
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Bring it in, and report; also what came before something stood in the way."""
        self.is_dry_run = options["dry_run"]
        report = Report()
        try:
            self._bring(report, options)
        except SourceError as error:
            raise CommandError(f"{error} {AGAIN if report.counts and not self.is_dry_run else ''}".strip()) from error
        finally:
            if report.at:
                self.tell(report.lines(), whole=report.lines(is_whole=True), usual=_usual_place(report))

    def after_a_stop(self) -> str:
        """Return how to go on."""
        return "Nothing was changed." if self.is_dry_run else AGAIN

    def _bring(self, report: Report, options: dict[str, Any]) -> None:
        path: Path = options["path"]
        source = open_source(path, system=options["system"], address=options["address"])
        # A zip or a folder may hold what its texts show
        places = [*options["media"], *([path] if is_packed(path) else [])]
        at_hand = Media(places) if places else None
        media = Media(places, _hosts(source, options))
        try:
            bring_in(
                source=source,
                media=media,
                at_hand=at_hand,
                name=options["name"],
                address=options["address"],
                at=timezone.now(),
                is_dry_run=self.is_dry_run,
                say=self.step,
                every=self.every,
                report=report,
            )
        finally:
            media.close()
            if at_hand:
                at_hand.close()


def _hosts(source: Source, options: dict[str, Any]) -> frozenset[str]:
    """Return the hosts that may be asked for files: those that were named, or else the old site's own."""
    if options["fetch"] is None:
        return frozenset()
    if options["fetch"]:
        return frozenset(host.strip().lower() for host in options["fetch"])
    hosts = OldSite(options["address"] or site_of(source).address).fetched_hosts
    if not hosts:
        raise CommandError("The export doesn’t say where the blog was. Name the host: --fetch old.example")
    return hosts


def _usual_place(report: Report) -> Path:
    """Return a file for a report that nobody named one for; each run gets its own."""
    folder = Path(settings.VAR_DIR) / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{'trial' if report.is_dry_run else 'import'}-{report.at:%Y-%m-%d-%H%M%S}"
    places = [folder / f"{name}.txt", *(folder / f"{name}-{number}.txt" for number in range(2, 100))]
    return next((place for place in places if not place.exists()), places[-1])
