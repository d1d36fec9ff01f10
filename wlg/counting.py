"""Where limits on guessing are counted: in the database, and in this process's memory while that can't be reached."""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import DatabaseError, Error, connections, router, transaction

KEPT_IN_MEMORY = 20_000
Kept = TypeVar("Kept")
logger = logging.getLogger(__name__)


class SteadyCache(DatabaseCache):
    """Django's cache in the database, which never raises and never forgets to count.

    While its table can't be read or written, each process counts for itself: limits hold, as many times over as there
    are processes, and nobody gets an error. What was counted meanwhile is left behind when the table is back.
    """

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.memory = LocMemCache(f"steady-{table}", {"OPTIONS": {"MAX_ENTRIES": KEPT_IN_MEMORY}})

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Return what is kept under these keys."""
        wanted = list(keys)
        return self._steady(
            lambda: super(SteadyCache, self).get_many(wanted, version), lambda: self.memory.get_many(wanted, version)
        )

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        self._steady(
            lambda: super(SteadyCache, self).set(key, value, timeout, version),
            lambda: self.memory.set(key, value, timeout, version),
        )

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none; return whether it was kept."""
        return self._steady(
            lambda: bool(super(SteadyCache, self).add(key, value, timeout, version)),
            lambda: self.memory.add(key, value, timeout, version),
        )

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; return whether it is there."""
        return self._steady(
            lambda: bool(super(SteadyCache, self).touch(key, timeout, version)),
            lambda: self.memory.touch(key, timeout, version),
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value; return whether it was there."""
        return self._steady(
            lambda: bool(super(SteadyCache, self).delete(key, version)), lambda: self.memory.delete(key, version)
        )

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Whether something is kept under this key."""
        return self._steady(
            lambda: bool(super(SteadyCache, self).has_key(key, version)), lambda: self.memory.has_key(key, version)
        )

    def clear(self) -> None:
        """Forget everything."""
        self.memory.clear()
        self._steady(super().clear, self.memory.clear)

    def _base_set(self, mode: str, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Write as Django does, but say so where the database failed: Django answers as if the key had been there."""
        if super()._base_set(mode, key, value, timeout):  # type: ignore[misc]  # Not in the stubs
            return True
        if mode == "set":
            raise DatabaseError("The cache could not be written.")
        super().get_many(["is-it-there"])  # Raises if it is not the key that stands in the way
        return False

    def _steady(self, act: Callable[[], Kept], instead: Callable[[], Kept]) -> Kept:
        """Ask the database, and memory where it fails."""
        using = router.db_for_write(self.cache_model_class)
        try:
            # A query that fails spoils the transaction around it, unless it has a savepoint of its own
            with transaction.atomic(using=using) if connections[using].in_atomic_block else nullcontext():
                return act()
        except Error as error:
            logger.warning("The cache in the database fails (%s); counting in memory.", type(error).__name__)
            return instead()
