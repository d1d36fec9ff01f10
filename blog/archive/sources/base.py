"""What a source is: somebody else's export, read as records."""

from collections.abc import Iterator
from typing import Protocol

from blog.archive.records import Record


class SourceError(Exception):
    """The file can't be read as what it should be. The text is a sentence for people: what is wrong, and what to do."""


class Source(Protocol):
    """An export, opened. Reading takes memory by its largest item, never by its size."""

    system: str  # What it comes from, in one word: wordpress, ghost, joomla, feed, folder, wlg

    def records(self) -> Iterator[Record]:
        """Give what is in it, in the order that `blog.archive.records` says. May be called again, from the beginning.

        Raises SourceError. Nothing in a file makes it read another file, or an address.
        """
        ...

    def progress(self) -> float:
        """Return how much of the file the newest call of `records` has read, from 0 to 1."""
        ...
