"""`manage.py backup`: writes the whole site into one verified file while it runs."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from wlg.backups import BackupError
from wlg.backups.making import Made, back_up, plan
from wlg.backups.progress import in_words, size_in_words
from wlg.backups.telling import Telling


class Command(BaseCommand):
    """Back up the database and the uploaded files."""

    help = (
        "Write the database and the uploaded files into one file, while the site runs. The file is read back and every"
        " hash in it compared before it gets its name. It holds everything but the secret key: keep it where only you"
        " can read it. docs/backups.md says more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and what to leave out."""
        parser.add_argument(
            "folder", nargs="?", default="", metavar="TARGET", help="the folder for it (VAR_DIR/backups)"
        )
        parser.add_argument("--without-media", action="store_true", help="leave out the uploaded files")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="then remove older backups of this site there but for N"
        )
        parser.add_argument("--dry-run", action="store_true", help="say how large it would be, and write nothing")
        parser.add_argument("--report", default="", metavar="FILE", help="write the report into this file as well")

    def handle(
        self, *args: Any, folder: str, without_media: bool, keep: int, dry_run: bool, report: str, **options: Any
    ) -> None:
        """Make it, and say what is in it. Files that are missing are warned of, and no reason to fail."""
        if keep < 0:
            raise CommandError("Keep at least one backup: --keep 1, or more.")
        where = Path(folder).expanduser().absolute() if folder else settings.VAR_DIR.absolute() / "backups"
        telling = Telling(self.stdout, self.stderr, is_quiet=options["verbosity"] < 1)
        began = time.monotonic()
        try:
            if dry_run:
                _tell_plan(telling, where, with_media=not without_media)
            else:
                made = back_up(where, at=timezone.now(), say=telling.step, with_media=not without_media, keep=keep)
                _tell(telling, made, time.monotonic() - began)
            telling.write(report)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can’t be read: {str(error).strip().partition(chr(10))[0]}.") from error


def _tell_plan(telling: Telling, folder: Path, *, with_media: bool) -> None:
    planned = plan(with_media=with_media)
    telling.report(f"Would write a backup into {folder}.")
    telling.report(f"The database takes {size_in_words(planned.database)}.")
    telling.report(
        f"The uploaded files take {size_in_words(planned.media)}." if with_media else "Uploaded files are left out."
    )
    telling.report(f"It would take {size_in_words(planned.room)} at most. Nothing was written.")


def _tell(telling: Telling, made: Made, seconds: float) -> None:
    manifest = made.manifest
    media = manifest.media
    files = f"{media.files:,} files" if media else "no uploaded files"
    telling.report(f"{made.path}")
    telling.report(
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, {files}; {size_in_words(made.size)}, read back and"
        f" compared, in {in_words(seconds)}."
    )
    if media:
        for name in media.missing:
            telling.warn(f"{name} is named by a row and was not on the disk.")
        for name in media.left_out:
            telling.warn(f"{name} has a name that no backup can hold, and was left out.")
    for path in made.removed:
        telling.report(f"Removed the older {path.name}.")
