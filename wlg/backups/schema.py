"""The tables of a database at a given state of its migrations: which there are, and how to get there."""

import functools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader

from blog.progress import Say
from wlg.backups import BackupError
from wlg.backups.rows import Table

# Made anew after a restore, or worth nothing in it: a session of then must not be one of now
LEFT_OUT = frozenset({
    "blog.OutdatedEntry",
    "blog.SearchedWord",
    "modelsearch.IndexEntry",
    "modelsearch.SQLiteFTSIndexEntry",
    "sessions.Session",
    "usersessions.UserSession",
})  # fmt: skip
# SQLite fills it by the triggers of `modelsearch.IndexEntry`
FILLED_BY_TRIGGERS = "modelsearch.SQLiteFTSIndexEntry"
# What migrations put into an empty database
SEEDED = frozenset({
    "accounts.ListedDomain",
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
    "blog.ChecklistItem",
    "blog.PlainPage",
    "blog.PlainPageVersion",
    "blog.SavedReply",
    "contenttypes.ContentType",
})  # fmt: skip
RECORD = "django_migrations"

Key = tuple[str, str]


@dataclass(frozen=True)
class Schema:
    """The migrations that a database has, and the models as they were after them."""

    applied: frozenset[Key]
    registry: Any

    def tables(self) -> list[Table]:
        """Return what a backup holds, by name."""
        return [table for table in self.all_tables() if table.label not in LEFT_OUT]

    def all_tables(self) -> list[Table]:
        """Return every table that the migrations made, by name."""
        tables = map(Table, self.registry.get_models(include_auto_created=True))
        return sorted((table for table in tables if table.is_migrated), key=lambda table: table.label)


def present() -> Schema:
    """Return the schema that the database has now; nothing applied where it is empty.

    Raises BackupError where a later version of the software has migrated it.
    """
    loader = MigrationLoader(connection)
    applied = frozenset(key for key in loader.applied_migrations if key[0] in loader.migrated_apps)
    known = frozenset(loader.graph.nodes)
    unknown = sorted(applied - known)
    if unknown:
        raise BackupError(
            f"This database was migrated by a later version of the software (it has {_named(unknown)}, which is not"
            " here). Use that version."
        )
    return Schema(applied, apps if applied == known else _registry_after(applied))


@functools.lru_cache(maxsize=2)
def _registry_after(applied: frozenset[Key]) -> Any:
    """Return the models after these migrations; putting them together takes seconds."""
    loader = MigrationLoader(None)
    return loader.project_state(_leaves(loader.graph, applied)).apps


def check_known(wanted: frozenset[Key]) -> None:
    """Raise BackupError where a backup has migrations that this version of the software doesn't know."""
    unknown = sorted(wanted - frozenset(MigrationLoader(None).graph.nodes))
    if unknown:
        raise BackupError(
            f"The backup was made by a later version of the software (it has {_named(unknown)}, which is not here)."
            " Restore it with that version, or a later one."
        )


def contents() -> list[str]:
    """Return the names of tables that hold more than migrations put there; none where the database is empty."""
    known = [table for table in present().all_tables() if table.label not in LEFT_OUT | SEEDED]
    there = set(connection.introspection.table_names())
    return [table.label for table in known if table.name in there and table.everything.exists()]


@contextmanager
def one_transaction() -> Iterator[None]:
    """Do all or nothing, tables and columns included; keys to other tables are checked when it is asked for.

    On PostgreSQL it waits ten seconds at most for others to let go of the tables.
    """
    if not connection.disable_constraint_checking() and connection.vendor == "sqlite":
        raise BackupError("SQLite is in a transaction already.")
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '10s'")
            yield
    finally:
        connection.enable_constraint_checking()


def bring_to(wanted: frozenset[Key], say: Say) -> Schema:
    """Leave the database with exactly these migrations and not one row in their tables.

    Where it has these migrations already, its tables are emptied. Else all of them are removed and made anew, for going
    back is not possible with every migration. Tables of other programs stay. In the transaction of whoever calls.
    """
    schema = present()
    if schema.applied != wanted:
        say("Making the tables as they were when the backup was made …")
        _drop(schema)
        executor = MigrationExecutor(connection, _checking)  # type: ignore[arg-type]  # The stubs want it as a method
        state = executor.migrate(_leaves(executor.loader.graph, wanted))
        # Those of this version are the same where nothing follows, and are there already
        schema = Schema(wanted, apps if wanted == frozenset(executor.loader.graph.nodes) else state.apps)
    _empty(schema)
    return schema


def go_forward(say: Say) -> int:
    """Apply the migrations that came after, and return how many."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Going on to this version: {len(plan)} migrations …")
        call_command(Forwards(), verbosity=0, interactive=False, skip_checks=True)
    return len(plan)


class Forwards(Migrate):
    """Django's `migrate`, inside one transaction."""

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:  # noqa: FBT001, FBT002  As in Django
        """Have keys checked before each migration."""
        _checking(action, migration, fake)


def _checking(action: str, migration: Any = None, fake: bool = False) -> None:  # noqa: FBT001, FBT002  As in Django
    # PostgreSQL changes no table while rows in it wait to be checked
    if action == "apply_start" and connection.vendor == "postgresql":
        connection.check_constraints()


def _drop(schema: Schema) -> None:
    there = set(connection.introspection.table_names())
    ours = [RECORD, *_caches(), *(table.name for table in schema.all_tables())]
    # A virtual table takes its shadow tables along, and its triggers must not outlive it
    for name in sorted(there.intersection(ours), key=lambda name: not name.endswith("_fts")):
        end = " CASCADE" if connection.vendor == "postgresql" else ""
        _execute(f"DROP TABLE {connection.ops.quote_name(name)}{end}")


def _empty(schema: Schema) -> None:
    there = set(connection.introspection.table_names())
    names = [table.name for table in schema.all_tables() if table.label != FILLED_BY_TRIGGERS]
    names += [name for name in _caches() if name in there]
    for statement in connection.ops.sql_flush(no_style(), names, reset_sequences=True):
        _execute(statement)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _caches() -> list[str]:
    kept = (cache for cache in caches.all() if isinstance(cache, BaseDatabaseCache))
    return [str(cache._table) for cache in kept]  # type: ignore[attr-defined]  # noqa: SLF001  As `createcachetable`


def _leaves(graph: MigrationGraph, keys: Iterable[Key]) -> list[Key]:
    """Return those migrations that no other of them follows, so that all of them lead there."""
    among = set(keys)
    return sorted(key for key in among if not any(child.key in among for child in graph.node_map[key].children))


def _named(keys: list[Key]) -> str:
    names = ", ".join(" ".join(key) for key in keys[:3])
    return names if len(keys) <= 3 else f"{names} and {len(keys) - 3} more"


def size_of_database() -> int:
    """Return how many bytes the database takes on its disk, with its indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
