"""Reading the whole database as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let every query inside see the database as of now, without keeping anybody from writing. Nothing may be written.

    On SQLite a read transaction: with the write-ahead log it holds up no writer, though the log grows meanwhile
    (https://sqlite.org/isolation.html). On PostgreSQL REPEATABLE READ, READ ONLY, which may read in portions, too.
    Inside a transaction that has begun already, that one decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Not `atomic`: this project's transactions begin as writers
            cursor.execute("BEGIN DEFERRED")
            try:
                cursor.execute("SELECT count(*) FROM sqlite_master")  # The first read chooses the moment
                yield
            finally:
                if connection.connection and connection.connection.in_transaction:
                    cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
