"""The folders of kept pages. One is current; whatever makes all pages stale begins a new one.

`PAGES_DIR/current` leads to `<generation>/pages`, where an address such as `/2013/12/10/slug/` is the file
`2013/12/10/slug/index.html`, with `index.html.gz` and `index.html.br` beside it. A generation's name begins with the
fingerprint of the version that makes pages in it, so a process of another version neither takes from it nor adds to it.
"""

import contextlib
import functools
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from blog.reading.baking.fingerprint import fingerprint
from blog.reading.baking.index import Index, Seen
from blog.reading.baking.locks import held

LOCKS = 64
GONE = ".gone"


@dataclass(frozen=True)
class Generation:
    """A folder of pages that were made by one version since the last change that touched all of them."""

    folder: Path

    @property
    def index(self) -> Index:
        """What its pages show."""
        return Index(self.folder / "index.sqlite3")

    @property
    def drafts(self) -> Path:
        """Where pages are written before they are moved to their places in one step."""
        return self.folder / "drafts"

    @property
    def looked(self) -> Path:
        """The file whose date is that of the last look at the purges."""
        return self.folder / "looked"

    def first_second(self) -> int:
        """Return the earliest second that a page here may carry: later than any in the generation before."""
        return int((self.folder / "first-second").read_text())


class Bakery:
    """The folder with the generations of this machine, as a process of this version sees it."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version
        self.current = folder / "current"
        # False from the moment at which something stale could not be taken away
        self.is_trusted = True
        # Changes whenever this process has carried out purges, so that what it holds in memory is looked at again
        self.purgings = 0
        self._known: dict[str, Generation] = {}

    @property
    def purging(self) -> Path:
        """The lock that is held while a page is put in its place, and while pages are taken away."""
        return self.folder / "locks" / "purging"

    def baking(self, address: str) -> tuple[int, Path]:
        """Return the lock that is held while the page of an address is made, and its number."""
        number = zlib.crc32(address.encode()) % LOCKS
        return number, self.folder / "locks" / f"{number:02}"

    def target(self) -> str:
        """Return the name of the current generation, whichever version's, or nothing."""
        try:
            return os.readlink(self.current).partition("/")[0]  # noqa: PTH115 (asked with every page)
        except OSError:
            return ""

    def generation(self) -> Generation | None:
        """Return the current generation if it is of this version."""
        name = self.target()
        known = self._known.get(name)
        if known is None and name.startswith(f"{self.version}-"):
            known = Generation(self.folder / name)
            self._known = {name: known}
        return known

    def prepare(self) -> None:
        """Make the folder and the one for its locks."""
        (self.folder / "locks").mkdir(parents=True, exist_ok=True)

    def begin(self, *, seen: Iterable[Seen], looked_at: float) -> Generation:
        """Begin a new generation, empty, and make it the current one; `purging` must be held.

        Its pages will all be made after now, so the purges that are in the database already count as carried out.
        Where it can't be made, no generation is current afterwards: the pages of the old one are stale in any case.
        """
        before = self.target()
        new = Generation(self.folder / f"{self.version}-{time.time_ns()}")
        try:
            for part in ("pages", "inner", "drafts"):
                (new.folder / part).mkdir(parents=True)
            new.index.create()
            new.index.mark_seen(seen, forget_before=0)
            last = 0
            if before.startswith(f"{self.version}-"):
                with contextlib.suppress(OSError, sqlite3.Error):
                    last = Generation(self.folder / before).index.last_second()
            (new.folder / "first-second").write_text(str(max(last, int(time.time())) + 1))
            new.looked.touch()
            os.utime(new.looked, (looked_at, looked_at))
            link = self.folder / f"{new.folder.name}.link"
            link.symlink_to(f"{new.folder.name}/pages")
            link.replace(self.current)
        except BaseException:
            self.current.unlink(missing_ok=True)
            raise
        finally:
            # Whoever still looks there finds nothing from here on
            if before:
                with contextlib.suppress(FileNotFoundError):
                    (self.folder / before).rename(self.folder / f"{before}{GONE}")
        return new

    def sweep(self) -> None:
        """Remove what is left of former generations, those included whose makers were killed over it.

        Must not be called while this thread holds `purging`.
        """
        with held(self.purging):
            current = self.target()
            for folder in self.folder.iterdir():
                if "-" in folder.name and folder.name != current and not folder.name.endswith(GONE):
                    folder.rename(folder.with_name(f"{folder.name}{GONE}"))
        for folder in self.folder.glob(f"*{GONE}"):
            if folder.is_symlink():
                folder.unlink(missing_ok=True)
            else:
                shutil.rmtree(folder, ignore_errors=True)


def bakery() -> Bakery | None:
    """Return where this process keeps pages, or None where it keeps none."""
    folder = settings.PAGES_DIR
    return _bakery_at(Path(folder), fingerprint()) if folder and not settings.DEBUG else None


@functools.cache
def _bakery_at(folder: Path, version: str) -> Bakery:
    return Bakery(folder, version)
