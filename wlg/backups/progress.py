"""How far a long piece of work is, said now and then."""

import time
from collections.abc import Callable

Say = Callable[[str], object]
PAUSE = 5.0  # Seconds between two lines


class Progress:
    """Counts the bytes that are done, and says every few seconds how many there are and how long the rest may take."""

    def __init__(self, what: str, total: int, say: Say) -> None:
        self.what = what
        self.total = total
        self.done = 0
        self._say = say
        self._began = self._said = time.monotonic()

    def add(self, size: int) -> None:
        """Count so many bytes more."""
        self.done += size
        now = time.monotonic()
        if now - self._said < PAUSE:
            return
        self._said = now
        share = min(self.done / self.total, 1.0) if self.total else 1.0
        left = (now - self._began) * (1 - share) / share if share else 0
        self._say(f"  {self.what}: {share:.0%}, about {in_words(left)} left")


def in_words(seconds: float) -> str:
    """Return a length of time as people say it."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def size_in_words(size: float) -> str:
    """Return a number of bytes as people say it."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
