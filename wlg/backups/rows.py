"""The rows of a table as lines of JSON, the same whichever database they are in.

A line is the list of a row's values, in the order of the columns' names. Moments are in UTC, to the microsecond. A
value of a JSON field is the text of that JSON, its keys sorted, so that an empty field (null) and a JSON null ("null")
differ; PostgreSQL sorts keys itself and keeps numbers as decimals, so both are brought to one form here.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import DataError, IntegrityError, connection, models, reset_queries
from django.db.models.functions import Cast

from wlg.backups import BackupError

AT_ONCE = 500  # Rows in one statement, or fewer if they are long
LONGEST = 4_000_000  # Bytes in one statement
WHOLE = 1e16  # From here on Python writes a float with an exponent, and PostgreSQL as a whole number

Row = list[Any]
Change = Callable[[Any], Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_field = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Table:
    """A table, as a model describes it; the model may be one of an earlier state of the migrations."""

    def __init__(self, model: Any) -> None:
        options = model._meta  # noqa: SLF001  Django's public name
        self.label: str = options.label
        self.name: str = options.db_table
        self.key: str = options.pk.column
        self.is_numbered = isinstance(options.pk, models.AutoField)
        self.is_migrated = options.managed and not options.proxy
        # By their names: migrations may have another order than the models
        fields = sorted(options.local_concrete_fields, key=lambda field: str(field.column))
        self.fields = [field for field in fields if not field.generated]
        self.columns: tuple[str, ...] = tuple(field.column for field in self.fields)
        self.of_files = [number for number, field in enumerate(self.fields) if isinstance(field, models.FileField)]
        self.everything: models.QuerySet[Any, Any] = model._base_manager.all()  # noqa: SLF001  The same

    def rows(self) -> Iterator[Row]:
        """Return the rows by their keys, some thousand in memory at a time."""
        wanted = [
            Cast(field.attname, models.TextField()) if _kind(field) == "JSONField" else field.attname
            for field in self.fields
        ]
        out = [(number, OUT[_kind(field)]) for number, field in enumerate(self.fields) if _kind(field) in OUT]
        for found in self.everything.order_by("pk").values_list(*wanted).iterator(chunk_size=2000):
            row = list(found)
            for number, change in out:
                if row[number] is not None:
                    row[number] = change(row[number])
            yield row
        reset_queries()

    def put(self, lines: Iterable[bytes]) -> None:
        """Write rows into the table, in the order of `columns`.

        Raises BackupError where a line is no such row, or a row breaks a rule of this database.
        """
        into = [_adapted(field) for field in self.fields]
        for batch in _batches(lines):
            try:
                rows = [[None if value is None else change(value) for value, change in zip(row, into, strict=True)]
                        for row in map(json.loads, batch)]  # fmt: skip
            except (ValueError, TypeError, AttributeError, OverflowError) as error:
                raise BackupError(f"A row of {self.label} can’t be read: {error}. Nothing was changed.") from error
            self._write(rows)

    def last_key(self) -> int | None:
        """Return the last key that the database gave out, whether or not its row is still there."""
        if not self.is_numbered:
            return None
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name])
                found = cursor.fetchone()
                return int(found[0]) or None if found else None
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", self._sequence())
            cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608  The database's own name
            last, is_called = cursor.fetchone()
            return int(last) if is_called else None

    def go_on_after(self, last: int | None) -> None:
        """Let the database give out keys after this one and after those that are there: a key never comes twice."""
        if not self.is_numbered:
            return
        highest = self.everything.aggregate(highest=models.Max("pk"))["highest"]
        last = max(last or 0, highest or 0)
        if last <= 0:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [self.name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [self.name, last])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*self._sequence(), last])

    def _sequence(self) -> list[str]:
        return [connection.ops.quote_name(self.name), self.key]

    def _write(self, rows: list[Row]) -> None:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        into = f"INSERT INTO {quote(self.name)} ({columns}) VALUES "  # noqa: S608  Names of our own models
        one = f"({', '.join(['%s'] * len(self.columns))})"
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    cursor.executemany(into + one, rows)
                else:
                    cursor.execute(into + ", ".join([one] * len(rows)), [value for row in rows for value in row])
        except (DataError, IntegrityError, OverflowError, ValueError) as error:
            number = self.columns.index(self.key)
            what = str(error).strip().partition("\n")[0]
            raise BackupError(
                f"Rows of {self.label} don’t fit this database (keys {rows[0][number]} to {rows[-1][number]}): {what}."
                " Nothing was changed."
            ) from error
        reset_queries()


class Sum:
    """What rows come to: how many there are, and the SHA-256 of their lines."""

    def __init__(self) -> None:
        self.rows = 0
        self._found = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Count one line more."""
        self.rows += 1
        self._found.update(line)

    @property
    def sha256(self) -> str:
        """The hash of the lines so far."""
        return self._found.hexdigest()


def encode(row: Row) -> bytes:
    """Return the line of a row."""
    return _encode(row).encode() + b"\n"


def _kind(field: Any) -> str:
    """Return what a field holds, as Django calls it; of a key to another table, what that table's key holds."""
    while field.remote_field:
        field = field.target_field
    return str(field.get_internal_type())


def _json_text(text: str) -> str:
    return _encode_field(json.loads(text, parse_float=_number))


def _number(text: str) -> float | int:
    value = float(text) + 0.0  # Minus zero becomes zero, as PostgreSQL has it
    return int(value) if abs(value) >= WHOLE and value.is_integer() else value


def _utc(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


# What JSON has no word for, from Python to text
OUT: dict[str, Change] = {
    "JSONField": _json_text,
    "DateTimeField": _utc,
    "DateField": dt.date.isoformat,
    "TimeField": dt.time.isoformat,
    "DecimalField": str,
    "UUIDField": str,
    "DurationField": str,
    "BinaryField": lambda value: base64.b64encode(value).decode(),
}


def _adapted(field: Any) -> Change:
    """Return what brings a value of this field from a line into the form that the database's driver takes."""
    kind = _kind(field)
    while field.remote_field:
        field = field.target_field
    if kind == "JSONField":
        return lambda text: connection.ops.adapt_json_value(json.loads(text), None)
    if kind == "DateTimeField":
        return lambda text: connection.ops.adapt_datetimefield_value(dt.datetime.fromisoformat(text))
    if kind == "BinaryField":
        return lambda text: field.get_db_prep_save(base64.b64decode(text), connection)
    if kind in OUT:
        return lambda text: field.get_db_prep_save(field.to_python(text), connection)
    return lambda value: value


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) >= AT_ONCE or size >= LONGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
