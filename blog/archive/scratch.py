"""What is too much for memory, kept aside in a database of its own while an archive is read."""

import sqlite3


def scratch_database() -> sqlite3.Connection:
    """Return an empty database in a temporary file without a name, which is gone when it is closed.

    SQLite removes it by itself (“Temporary Databases” in its manual). Nothing in it outlives the program, so that
    nothing is waited for.
    """
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4000"):
        database.execute(f"PRAGMA {setting}")
    return database


def storable(text: str) -> str:
    """Return a text as SQLite takes it: a lone surrogate can't be encoded."""
    return text.encode("utf-8", "replace").decode()
