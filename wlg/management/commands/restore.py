"""`manage.py restore`: brings the site back from a backup."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wlg.backups import BackupError
from wlg.backups.progress import in_words, size_in_words
from wlg.backups.restoring import Restored, restore, verify
from wlg.backups.telling import Telling


class Command(BaseCommand):
    """Restore a backup onto an empty machine, or in the place of what is there."""

    help = (
        "Bring the site back from a file that `manage.py backup` wrote, on SQLite or PostgreSQL, whichever it was made"
        " on. Stop the site and its worker before. Checked first, then done whole or not at all. Backups of older"
        " versions come up in this version. docs/backups.md says more."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether something may be replaced."""
        parser.add_argument("file", metavar="FILE", help="the backup")
        parser.add_argument("--dry-run", action="store_true", help="check the backup whole, and change nothing")
        parser.add_argument(
            "--replace", action="store_true", help="remove what the database and the folder of files hold; asks first"
        )
        parser.add_argument("--report", default="", metavar="FILE", help="write the report into this file as well")

    def handle(self, *args: Any, file: str, dry_run: bool, replace: bool, report: str, **options: Any) -> None:
        """Restore or check it, and say what came back."""
        telling = Telling(self.stdout, self.stderr, is_quiet=options["verbosity"] < 1)
        path = Path(file).expanduser()
        began = time.monotonic()

        def may_replace(held: list[str]) -> bool:
            return self._may_replace(held, replace=replace)

        try:
            if dry_run:
                done = verify(path, telling.step)
                _tell_backup(telling, done)
                telling.report("It is whole, and this version can restore it. Nothing was changed.")
            else:
                done = restore(path, at=timezone.now(), say=telling.step, may_replace=may_replace)
                _tell_backup(telling, done)
                _tell(telling, done, time.monotonic() - began)
            for warning in done.warnings:
                telling.warn(warning)
            telling.write(report)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _may_replace(self, held: list[str], *, replace: bool) -> bool:
        """Ask for the name of the site to be typed; raise CommandError where replacing was not asked for."""
        what = " and ".join(held)
        if not replace:
            raise CommandError(
                f"This is no empty site; it holds {what}. Nothing was changed. To lose that database, add --replace."
            )
        name = urlsplit(settings.SITE_URL).netloc
        self.stdout.write(f"{name} holds {what}. The rows will be removed for good, files are moved aside.")
        try:
            typed = input(f"Type {name} to go on: ")
        except EOFError:
            typed = ""
        return typed.strip() == name


def _tell_backup(telling: Telling, done: Restored) -> None:
    manifest = done.manifest
    media = manifest.media
    files = f"{media.files:,} files ({size_in_words(media.size)})" if media else "no uploaded files"
    telling.report(
        f"The backup of {manifest.site}, made at {manifest.made_at} by version {manifest.version} on"
        f" {manifest.database}: {manifest.rows:,} rows of {len(manifest.tables)} tables, {files}."
    )


def _tell(telling: Telling, done: Restored, seconds: float) -> None:
    if done.migrated:
        telling.report(f"Brought from its version to this one by {done.migrated} migrations.")
    telling.report(
        "Restored: " + ", ".join(f"{count:,} {what}" for what, count in done.counts.items())
        + f"; {done.found:,} pieces are in the index of search. Every count and hash is as in the backup."
    )  # fmt: skip
    if done.aside:
        telling.report(f"The files that were here are now in {done.aside}; remove them when you miss nothing.")
    telling.report(f"Done in {in_words(seconds)}. Now start the site; start the worker when you have looked.")
