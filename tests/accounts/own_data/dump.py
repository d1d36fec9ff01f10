"""Everything that is kept anywhere, as one text to search in: each table of the database, sessions opened, and files."""

from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def whole_database() -> str:
    """Return each row of each table, those that no model has included, with what the sessions hold."""
    found = [repr(session.get_decoded()) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(found)


def whole_folder() -> dict[str, bytes]:
    """Return each file of the storage by its name."""
    folder = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines_with(*needles: str) -> list[str]:
    """Return what in the database has any of these words in it."""
    lines = whole_database().splitlines()
    return [line[:300] for line in lines if any(needle.lower() in line.lower() for needle in needles)]
