"""Locks between threads and processes of one machine: `flock`, which the end of a process releases, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.004  # Seconds between two tries


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock of a file, made on first use; wait for it as long as it takes."""
    handle = _open(file)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def tried(file: Path) -> Iterator[bool | None]:
    """Hold the lock of a file if nobody else does, and say whether it is held; None where there can be no lock."""
    try:
        handle = _open(file)
    except OSError:
        yield None
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def pause() -> None:
    """Let others go on before the next try."""
    time.sleep(PAUSE)


def _open(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
