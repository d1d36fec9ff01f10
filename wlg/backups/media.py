"""The uploaded files on the disk: which there are, and putting those of a backup in their place."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from blog.progress import Counting, Say
from wlg.backups import BackupError
from wlg.backups.archive import PORTION, Archive

STAGED = ".media-restoring"


def root() -> Path:
    """Return the folder of uploaded files, past any link to it."""
    return Path(settings.MEDIA_ROOT).resolve()


def on_disk() -> Iterator[str]:
    """Return the names of the files, folder by folder in their order.

    What is hidden (its name begins with a dot) is none of the site's. Links are followed to files and folders, as they
    are when the site shows them, but to no folder above.
    """
    folder = root()
    yield from _below(folder, "", frozenset({os.path.realpath(folder)}))


def _below(folder: Path, prefix: str, above: frozenset[str]) -> Iterator[str]:
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in found:
        name = f"{prefix}{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            real = os.path.realpath(entry.path)
            if real not in above:
                yield from _below(Path(entry.path), f"{name}/", above | {real})
        elif entry.is_file():
            yield name


def size_on_disk() -> int:
    """Return how many bytes the files have."""
    size = 0
    for name in on_disk():
        with contextlib.suppress(FileNotFoundError):
            size += (root() / name).stat().st_size
    return size


def portions(name: str) -> Iterator[bytes]:
    """Return the bytes of a file; raise FileNotFoundError if it has gone meanwhile."""
    with (root() / name).open("rb") as file:
        yield from iter(lambda: file.read(PORTION), b"")


def is_empty() -> bool:
    """Say whether there is no file."""
    return next(on_disk(), None) is None


def stage(archive: Archive, say: Say) -> Path:
    """Write the files of a backup into a new folder beside the place where they belong, and return it.

    What an earlier restore left there is removed. Where MEDIA_ROOT is a disk of its own, the folder is inside it.
    """
    folder = _beside() / STAGED
    if folder.is_symlink():
        raise BackupError(f"{folder} is a link; remove it.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    media = archive.manifest.media
    progress = Counting(say, "files", media.size if media else 0)
    for file in archive.files():
        to = folder / file.name
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("xb") as out:
            for portion in archive.portions(file):
                out.write(portion)
                progress.add(len(portion))
        to.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
    os.sync()
    return folder


@contextmanager
def swapped(staged: Path, *, aside: str) -> Iterator[Path | None]:
    """Put staged files in the place of those that are there; put everything back if what is done inside fails.

    What was there is moved to a folder with the name `aside`, which is given, or None where there was nothing. It is
    moved by entries, not as a whole: the folder may be a disk of its own, and keeps its owner and mode.
    """
    folder = root()
    folder.mkdir(parents=True, exist_ok=True)
    before = _beside() / (f".{aside}" if _beside() == folder else aside)
    moved: list[tuple[Path, Path]] = []
    try:
        for source, target in ((folder, before), (staged, folder)):
            for entry in sorted(source.iterdir()):
                # Hidden ones are nobody's we know
                if not entry.name.startswith("."):
                    target.mkdir(exist_ok=True)
                    entry.rename(target / entry.name)
                    moved.append((entry, target / entry.name))
        yield before if before.exists() else None
    except BaseException:
        for was, is_now in reversed(moved):
            is_now.rename(was)
        if before.exists():
            before.rmdir()
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _beside() -> Path:
    """Return the folder for what is moved: on the same disk as the files."""
    return root() if os.path.ismount(root()) else root().parent
