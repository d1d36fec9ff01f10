"""`manage.py restore`: brings the site back from a backup."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from blog.management.long_command import LongCommand
from blog.progress import size_in_words, taken
from wlg.backups import BackupError
from wlg.backups.restoring import Restored, restore, verify


class Command(LongCommand):
    """Restore a backup onto an empty machine, or in the place of what is there."""

    help = (
        "Bring the site back from a file that `manage.py backup` wrote, on SQLite or PostgreSQL, whichever it was made "
        "on. Stop the site and its worker before. Checked first, then done whole or not at all. Backups of older "
        "versions come up in this version. docs/backups.md says more."
    )
    requires_system_checks = []
    requires_migrations_checks = False
    refusals = (BackupError,)
    is_dry_run = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether something may be replaced."""
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, and check the backup whole")
        parser.add_argument(
            "--replace", action="store_true", help="remove what the database and the folder of files hold; asks first"
        )
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Restore or check it, and say what came back."""
        path = options["file"].expanduser()
        self.is_dry_run = options["dry_run"]
        if self.is_dry_run:
            done = verify(path, self.step)
            whole = "It is whole, and this version can restore it. Nothing was changed."
            self.tell([_backup(done), whole], warnings=done.warnings)
            return

        def may_replace(held: list[str]) -> bool:
            return self._may_replace(held, replace=options["replace"])

        began = time.monotonic()
        done = restore(path, at=timezone.now(), say=self.step, may_replace=may_replace)
        self.tell([_backup(done), *_restored(done, time.monotonic() - began)], warnings=done.warnings)

    def after_a_stop(self) -> str:
        """Say what is as it was: the rows come in one transaction, and only the index of search is written after it."""
        if self.is_dry_run:
            return "Nothing was changed."
        return "Nothing was changed, unless the index of search was being written: then run `manage.py reindex`."

    def _may_replace(self, held: list[str], *, replace: bool) -> bool:
        """Ask for the name of the site to be typed; raise CommandError where replacing was not asked for."""
        what = " and ".join(held)
        if not replace:
            raise CommandError(
                f"This is no empty site; it holds {what}. Nothing was changed. To lose that database, add --replace."
            )
        name = urlsplit(settings.SITE_URL).netloc
        self.step("")
        self.stdout.write(f"{name} holds {what}. The rows will be removed for good, files are moved aside.")
        try:
            typed = input(f"Type {name} to go on: ")
        except EOFError:
            typed = ""
        return typed.strip() == name


def _backup(done: Restored) -> str:
    manifest = done.manifest
    media = manifest.media
    files = f"{media.files:,} files ({size_in_words(media.size)})" if media else "no uploaded files"
    return (
        f"The backup of {manifest.site}, made at {manifest.made_at} by version {manifest.version} on"
        f" {manifest.database}: {manifest.rows:,} rows of {len(manifest.tables)} tables, {files}."
    )


def _restored(done: Restored, seconds: float) -> list[str]:
    counts = ", ".join(f"{count:,} {what}" for what, count in done.counts.items())
    found = f"{done.found:,} pieces are in the index of search"
    lines = [f"Restored: {counts}; {found}. Every count and hash is as in the backup."]
    if done.migrated:
        lines.insert(0, f"Brought from its version to this one by {done.migrated} migrations.")
    if done.aside:
        lines.append(f"The files that were here are now in {done.aside}; remove them when you miss nothing.")
    return [*lines, f"Done in {taken(seconds)}. Now start the site; start the worker when you have looked."]
