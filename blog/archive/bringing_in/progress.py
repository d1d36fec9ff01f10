"""How far it has come, and how long it will take, said now and then."""

import time
from collections.abc import Callable

EVERY = 1.0  # Seconds between two lines
MINUTE = 60
SETTLED = 0.02  # Of the whole, before an estimate means anything


class Progress:
    """Says a line now and then. `part` gives how much of the source has been read, from 0 to 1."""

    def __init__(
        self,
        say: Callable[[str], object],
        part: Callable[[], float],
        *,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._part, self._every, self._clock = say, part, every, clock
        self._began = self._said = clock()

    def tell(self, counted: str) -> None:
        """Say how far it has come, unless that was said just now."""
        now = self._clock()
        if now - self._said < self._every:
            return
        self._said = now
        part = min(max(self._part(), 0.0), 1.0)
        left = f", {spoken((now - self._began) * (1 - part) / part)} left" if part >= SETTLED else ""
        self._say(f"{part:.0%}{left}: {counted}")


def spoken(seconds: float) -> str:
    """Return a length of time, as rough as anybody wants to know it."""
    if seconds < MINUTE:
        return "less than a minute"
    minutes = round(seconds / MINUTE)
    if minutes < 2 * MINUTE:
        return f"about {minutes} minute{'s' if minutes > 1 else ''}"
    return f"about {round(minutes / MINUTE)} hours"
