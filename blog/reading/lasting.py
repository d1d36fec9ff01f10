"""Pages that shall last as plain files: without forms, and without what only a running blog can answer.

Whoever writes such files says so once, around the rendering; templates find it as `lasting`.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Lasting:
    """How the files present themselves: as they stood on a day, that of the newest change of content.

    `last_feed` is the feed that was gathered last, by what it was asked for: each is written in several formats, one
    after the other.
    """

    as_of: dt.date
    last_feed: dict[Any, Any] = field(default_factory=dict, compare=False)


_lasting: ContextVar[Lasting | None] = ContextVar("lasting", default=None)


@contextmanager
def as_files(lasting: Lasting) -> Iterator[None]:
    """Render everything inside as it shall stand in files."""
    token = _lasting.set(lasting)
    try:
        yield
    finally:
        _lasting.reset(token)


def lasting() -> Lasting | None:
    """Return how files present themselves, or None while pages are made for a running blog."""
    return _lasting.get()
