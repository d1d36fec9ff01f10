"""`manage.py backup`: writes the whole site into one verified file while it runs."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from blog.management.long_command import LongCommand
from blog.progress import size_in_words, taken
from wlg.backups import BackupError
from wlg.backups.making import Made, Planned, back_up, plan


class Command(LongCommand):
    """Back up the database and the uploaded files."""

    help = (
        "Write the database and the uploaded files into one file, while the site runs. The file is read back and every "
        "hash in it compared before it gets its name; interrupted, nothing is left of it. It holds everything but the "
        "secret key: keep it where only you can read it. docs/backups.md says more."
    )
    refusals = (BackupError,)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and what to leave out."""
        parser.add_argument("folder", nargs="?", type=Path, help="the folder for it; else VAR_DIR/backups")
        parser.add_argument("--without-media", action="store_true", help="leave out the uploaded files")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="then remove older backups of this site there but for N"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, and report how large it would be")
        super().add_arguments(parser)

    def work(self, options: dict[str, Any]) -> None:
        """Make it, and say what is in it. Files that are missing are warned of, and no reason to fail."""
        keep, with_media = options["keep"], not options["without_media"]
        if keep < 0:
            raise CommandError("Keep at least one backup: --keep 1, or more.")
        folder = (options["folder"] or Path(settings.VAR_DIR) / "backups").expanduser().absolute()
        if options["dry_run"]:
            self.tell(_planned(plan(with_media=with_media), folder, with_media=with_media))
            return
        began = time.monotonic()
        made = back_up(folder, at=timezone.now(), say=self.step, with_media=with_media, keep=keep)
        self.tell(_made(made, time.monotonic() - began), warnings=_warnings(made))

    def after_a_stop(self) -> str:
        """Say that there is no file."""
        return "Nothing was written."


def _planned(planned: Planned, folder: Path, *, with_media: bool) -> list[str]:
    files = f"The uploaded files take {size_in_words(planned.media)}." if with_media else "Uploaded files are left out."
    return [
        f"A trial: nothing was written. Without --dry-run a backup would come into {folder}.",
        f"The database takes {size_in_words(planned.database)}.",
        files,
        f"The backup would take {size_in_words(planned.room)} at most.",
    ]


def _made(made: Made, seconds: float) -> list[str]:
    manifest = made.manifest
    files = f"{manifest.media.files:,} files" if manifest.media else "no uploaded files"
    rows = f"{manifest.rows:,} rows of {len(manifest.tables)} tables"
    return [
        f"{made.path}",
        f"{rows}, {files}; {size_in_words(made.size)}, read back and compared, in {taken(seconds)}.",
        *(f"Removed the older {path.name}." for path in made.removed),
    ]


def _warnings(made: Made) -> list[str]:
    media = made.manifest.media
    if media is None:
        return []
    return [
        *(f"{name} is named by a row and was not on the disk." for name in media.missing),
        *(f"{name} has a name that no backup can hold, and was left out." for name in media.left_out),
    ]
