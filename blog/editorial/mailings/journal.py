"""What a worker has put on the wire, in a file that outlives it: so that after a kill hardly anything is left unsure.

A database says “being sent” some time before the letter leaves, for a commit takes its time. Beside it, one write to a
file says when the dot is about to go, and one that it has gone; both take microseconds, and the kernel keeps them when
the process is killed. The file is locked as long as the worker lives, and names the boot of the machine: what a kernel
had not yet written when the power went would otherwise look as if it had never happened.
"""

import datetime as dt
import fcntl
import os
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

BOOT = Path("/proc/sys/kernel/random/boot_id")  # random(4)
GOING, GONE = b"going", b"gone"


class Fate(Enum):
    """What became of a letter whose row says that it is being sent."""

    ALIVE = "alive"  # its worker still has it
    NEVER_LEFT = "never left"
    GONE = "gone"
    UNKNOWN = "unknown"


class Journal:
    """The file of one claim. Where it can't be kept, a killed worker leaves more unsure, and nothing else changes."""

    def __init__(self, claim: str) -> None:
        self._path = _path_of(claim)
        self._file: int | None = None

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
            os.write(self._file, BOOT.read_bytes().strip() + b"\n")
        except OSError:
            self._end()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def going(self, key: int) -> None:
        """Write down that the letter with this key is about to leave."""
        self._note(GOING, key)

    def gone(self, key: int) -> None:
        """Write down that it has left: the kernel has it, and brings it over even if this process ends now."""
        self._note(GONE, key)

    def _note(self, word: bytes, key: int) -> None:
        if self._file is not None:
            os.write(self._file, b"%s %d\n" % (word, key))

    def _end(self) -> None:
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None


def fate_of(claim: str, key: int) -> Fate:
    """Say what became of a letter, from the journal of who had claimed it."""
    try:
        with _path_of(claim).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            boot, *lines = file.read().split(b"\n")
            if boot != BOOT.read_bytes().strip():
                return Fate.UNKNOWN
    except BlockingIOError:
        return Fate.ALIVE
    except OSError:
        return Fate.UNKNOWN
    if b"%s %d" % (GONE, key) in lines:
        return Fate.GONE
    return Fate.UNKNOWN if b"%s %d" % (GOING, key) in lines else Fate.NEVER_LEFT


def remove(claim: str) -> None:
    """Remove the journal of a worker that has died, once it has been read."""
    _path_of(claim).unlink(missing_ok=True)


def clear(*, before: dt.datetime) -> int:
    """Remove the journals that dead workers left before that moment. Returns how many."""
    removed = 0
    for path in _path_of("x").parent.glob("*"):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        except OSError:  # Its worker lives, or has just ended
            continue
    return removed


def _path_of(claim: str) -> Path:
    return Path(settings.VAR_DIR) / "mailings" / claim
