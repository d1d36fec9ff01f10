"""How far long work is and how long the rest may take, said now and then; lengths of time and sizes in words."""

import time
from collections.abc import Callable
from typing import TypeAlias

Say: TypeAlias = Callable[[str], object]
EVERY = 5.0  # Seconds between two lines
MINUTE = 60
SETTLED = 0.02  # Of the whole, before an estimate means anything


def silent(line: str) -> None:
    """Say nothing of what is going on."""


class Progress:
    """Says a line now and then. `part` gives how much of the whole is done, from 0 to 1."""

    def __init__(
        self,
        say: Say,
        part: Callable[[], float],
        *,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._part, self._every, self._clock = say, part, every, clock
        self._began = self._said = clock()

    def tell(self, counted: str) -> None:
        """Say how far it has come, with what has been counted, unless that was said just now."""
        now = self._clock()
        if now - self._said < self._every:
            return
        self._said = now
        part = min(max(self._part(), 0.0), 1.0)
        left = f", {roughly((now - self._began) * (1 - part) / part)} left" if part >= SETTLED else ""
        self._say(f"{part:.0%}{left}: {counted}")


class Counting:
    """Progress of what can be counted: so many bytes or things of a total that is known, if roughly."""

    def __init__(self, say: Say, what: str, total: float, *, every: float = EVERY) -> None:
        self._what, self._done = what, 0.0
        self._progress = Progress(say, lambda: self._done / total if total else 1.0, every=every)

    def add(self, more: float = 1) -> None:
        """Count so much more as done, and say how far it is, unless that was done just now."""
        self._done += more
        self._progress.tell(self._what)


def roughly(seconds: float) -> str:
    """Return a length of time that lies ahead, as rough as anybody wants to know it."""
    if seconds < MINUTE:
        return "less than a minute"
    minutes = round(seconds / MINUTE)
    if minutes < 2 * MINUTE:
        return f"about {minutes} minute{'s' if minutes > 1 else ''}"
    return f"about {round(minutes / MINUTE)} hours"


def taken(seconds: float) -> str:
    """Return a length of time that something took."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / MINUTE:.0f} min"


def size_in_words(size: float) -> str:
    """Return a number of bytes as people say it."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
