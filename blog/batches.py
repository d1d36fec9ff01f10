"""Many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 500


def in_batches(rows: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Give rows in lists of a size, for a database takes only so many in one question."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch
