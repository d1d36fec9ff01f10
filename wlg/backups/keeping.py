"""The folder of backups: names, what a killed backup left behind, and which older ones go."""

import contextlib
import datetime as dt
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from blog.progress import size_in_words
from wlg.backups import BackupError
from wlg.backups.archive import Archive

NAME = re.compile(r"wlg-backup-\d{8}T\d{6}Z\.zip")
PARTIAL = ".partial"


def name_at(at: dt.datetime) -> str:
    """Return the name of a backup made at that moment."""
    return f"wlg-backup-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.zip"


def prepare(folder: Path, *, needed: int) -> None:
    """Make the folder for its owner alone, remove what killed backups left there, and see that there is room."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for partial in folder.glob(f".wlg-backup-*{PARTIAL}"):
            _remove_if_nobodys(partial)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise BackupError(f"{folder} can’t be used for backups: {error.strerror}.") from error
    if free < needed:
        raise BackupError(
            f"There is too little room in {folder}: the backup may take {size_in_words(needed)}, and"
            f" {size_in_words(free)} are free. Name another folder, or remove older backups."
        )


@contextmanager
def partial(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Give the path of a new file and the file, readable by its owner alone; remove it at the end.

    It is locked as long as somebody writes to it, so that the next backup knows what is left of a killed one.
    """
    path = target.with_name(f".{target.name}.{os.getpid()}{PARTIAL}")
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with contextlib.suppress(OSError):  # Not every disk knows locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        with os.fdopen(handle, "w+b") as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def give_name(path: Path, target: Path) -> None:
    """Give a partial file its name; raise BackupError where something has that name already."""
    try:
        os.link(path, target)  # Unlike a rename, a link replaces nothing
    except OSError as error:
        if target.exists():
            raise BackupError(f"{target} is there already; it was left as it is.") from error
        path.rename(target)  # A disk that knows no links, such as one of another system
    with contextlib.suppress(OSError):  # Not every such disk can do this, either
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def to_disk(file: IO[bytes]) -> None:
    """Wait until a file is on the disk, and let the system forget it, so that it is read from there next."""
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def remove_older(folder: Path, *, keep: int, site: str) -> list[Path]:
    """Remove the backups of this site in a folder but for the newest so many; return which.

    Only what has a name of ours, can be opened and says that it is of this site is counted or removed.
    """
    ours = sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name) and _is_of(path, site)), reverse=True)
    for path in ours[keep:]:
        path.unlink(missing_ok=True)
    return ours[keep:]


def _is_of(path: Path, site: str) -> bool:
    try:
        with Archive(path) as archive:
            return archive.manifest.site == site
    except BackupError:
        return False


def _remove_if_nobodys(path: Path) -> None:
    with contextlib.suppress(OSError):  # Somebody writes to it, or that can't be told
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(handle)
