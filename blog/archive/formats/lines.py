"""Records ↔ lines of JSON: what `docs/archive.schema.json` describes, one record a line.

JSON Lines, because both sides then hold one record at a time, a file that was cut off shows it, and any tool can read
a single line. The first line says what the file is and in which version, the last how many records there are.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from blog.archive.records import File, Moved, Page, Person, Piece, Record, Site, Topic

FORMAT = "wlg-archive"
VERSION = 1
# In the order in which they stand in a file. Menus are places of pages here, and losses are for reports
KINDS: dict[str, type] = {
    "site": Site,
    "person": Person,
    "topic": Topic,
    "file": File,
    "piece": Piece,
    "page": Page,
    "moved": Moved,
}
NAMES = {kind: name for name, kind in KINDS.items()}


class LineError(Exception):
    """A line is not a record. The text says what is wrong with it, without its content."""


def first_line() -> str:
    """Return the line that says what the file is."""
    return _written({"record": "archive", "format": FORMAT, "version": VERSION})


def last_line(counts: Mapping[str, int]) -> str:
    """Return the line that says how many records of each kind there are; without it a file was cut off."""
    return _written({"record": "end", "counts": {name: counts.get(name, 0) for name in KINDS}})


def line_of(record: Record) -> str:
    """Return a record as a line, without fields that are as they are by themselves."""
    return _written({"record": NAMES[type(record)], **_plain_fields(record)})


def record_of(kind: str, given: Mapping[str, Any]) -> Record:
    """Return the record of a line, exactly as it was; raise LineError where it is none."""
    made: Record = _made(KINDS[kind], given)
    return made


def made_of(kind: type, given: Any) -> Any:
    """Return a part of a record, such as a `Notice`; raise LineError where it is none."""
    return _made(kind, given)


def _written(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _plain_fields(row: Any) -> dict[str, Any]:
    return {field.name: _plain(value) for field in fields(row) if (value := getattr(row, field.name)) != field.default}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.value if isinstance(value, StrEnum) else value


@cache
def _hints(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}


def _made(kind: type, given: Any) -> Any:
    if not isinstance(given, Mapping):
        raise LineError(f"a {kind.__name__.lower()} is no object")
    known = _hints(kind)
    if strange := sorted(set(given) - set(known)):
        raise LineError(f"a {kind.__name__.lower()} has a field that version {VERSION} doesn’t know: {strange[0][:40]}")
    values = {}
    for name, (field, hint) in known.items():
        if name in given:
            values[name] = _value(hint, given[name], f"“{name}” of a {kind.__name__.lower()}")
        elif field.default is MISSING:
            raise LineError(f"a {kind.__name__.lower()} has no “{name}”")
    return kind(**values)


def _value(hint: Any, given: Any, where: str) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        wanted = next(each for each in get_args(hint) if each is not NoneType)
        return None if given is None else _value(wanted, given, where)
    if get_origin(hint) is tuple:
        if not isinstance(given, list):
            raise LineError(f"{where} is no list")
        return tuple(_value(get_args(hint)[0], each, where) for each in given)
    if is_dataclass(hint):
        return _made(hint, given)  # type: ignore[arg-type]  # A class it is: it came out of type hints
    if hint is dt.datetime:
        return _moment(given, where)
    if issubclass(hint, StrEnum):
        if given not in list(hint):
            raise LineError(f"{where} is none of {', '.join(hint)}")
        return hint(given)
    # A bool is an int to Python, and none here
    if type(given) is not hint:
        raise LineError(f"{where} is not of its kind")
    return given


def _moment(given: Any, where: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(given)
        if moment.tzinfo is None:
            raise LineError(f"{where} has no zone")
        return moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise LineError(f"{where} is no date with a time") from error
