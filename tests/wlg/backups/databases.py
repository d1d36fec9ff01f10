"""Databases beside the one of the tests: real ones, with real transactions, made by copying it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX


class Databases:
    """Copies of the tests' own database, one of which is in use as the site's."""

    def __init__(self) -> None:
        self._own = connection.settings_dict["NAME"]
        self._made: list[str] = []

    def fresh(self) -> None:
        """Use a new copy: what a machine has after `manage.py migrate`."""
        self._use(self._own)
        suffix = f"backups{len(self._made)}"
        connection.creation.clone_test_db(suffix=suffix, verbosity=0, autoclobber=True)
        self._made.append(suffix)
        self._use(connection.creation.get_test_db_clone_settings(suffix)["NAME"])

    def close(self) -> None:
        """Go back to the tests' own, and remove the copies."""
        self._use(self._own)
        for suffix in self._made:
            connection.creation.destroy_test_db(suffix=suffix, verbosity=0)
        connection.close()

    def now(self) -> str:
        """Return the name of the database in use."""
        return str(connection.settings_dict["NAME"])

    def again(self, name: str) -> None:
        """Use one of the copies again."""
        self._use(name)

    def _use(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        # Each has keys of its own for the kinds of things, and Django remembers those of the one before
        ContentType.objects.clear_cache()


@contextmanager
def migrated() -> Iterator[None]:
    """Have the tests' own database there: pytest-django makes it only for tests that it runs in transactions."""
    before = str(connection.settings_dict["NAME"])
    own = connection.settings_dict["TEST"]["NAME"]
    if before == str(own) if own else before.startswith(TEST_DATABASE_PREFIX):
        yield
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
