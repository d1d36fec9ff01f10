"""Comments, which another app holds: what the archive asks of it. The app registers itself when the site starts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from blog.archive.records import Loss, Remark
from blog.models import Archive


@dataclass(frozen=True)
class Thread:
    """Comments that came under a piece. `bylines` are the names on it by the keys of persons over there."""

    post: int
    remarks: tuple[Remark, ...]
    bylines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """What became of comments: how many are new, how many were here already, and what was not brought as it was."""

    new: int = 0
    known: int = 0
    losses: tuple[Loss, ...] = ()


class Discussions(Protocol):
    """What holds the comments."""

    def bring_in(self, *, archive: Archive, threads: Sequence[Thread], at: dt.datetime) -> Brought:
        """Write the comments of some pieces in the caller's transaction, with their `Arrival`s; nobody gets a letter.

        Those that arrived before stay as they are. Brings the counts and the pages of the pieces up to date.
        """
        ...

    def take_out(self, posts: Iterable[int]) -> dict[int, tuple[Remark, ...]]:
        """Return what readers see under pieces, by the piece's key: names and words, and nothing of the accounts."""
        ...


_held: list[Discussions] = []


def register(discussions: Discussions) -> None:
    """Say what holds the comments. Once, when the site starts."""
    _held[:] = [discussions]


def discussions() -> Discussions:
    """Return what holds the comments."""
    return _held[0]
