"""What the page that is being made shows, so that a change can find the pages that it touches."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_keys: ContextVar[set[str] | None] = ContextVar("keys", default=None)


@contextmanager
def collected() -> Iterator[set[str]]:
    """Collect the keys of everything that is shown inside."""
    keys: set[str] = set()
    token = _keys.set(keys)
    try:
        yield keys
    finally:
        _keys.reset(token)


def shows(*keys: str) -> None:
    """Note that the page being made shows what these keys (`blog.keys`) name; outside of one, nothing happens."""
    collecting = _keys.get()
    if collecting is not None:
        collecting.update(keys)
