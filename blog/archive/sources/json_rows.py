"""Large JSON, row by row: the objects of the lists in it, with memory by the largest row."""

import decimal
import re
from collections.abc import Iterator
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from blog.archive.sources.base import SourceError
from blog.archive.sources.export_file import Counted
from blog.archive.sources.json_bounds import Bounded

PORTION = 256 * 1024  # Bytes
SCALARS = {"null", "boolean", "number", "integer", "double", "string"}
OPENS, CLOSES = {"start_map", "start_array"}, {"end_map", "end_array"}


def rows(opened: Counted, places: re.Pattern[str], *, name: str, has_lists: bool = True) -> Iterator[tuple[str, Any]]:
    """Give each value whose place matches, with its place: names joined by dots, `item` for one of a list.

    What lies within a value that was given isn't given again. Without `has_lists` a list is gone into, never given.
    Raises SourceError where the file isn't JSON.
    """
    builder: ObjectBuilder | None = None
    depth = begun = 0
    at, is_open = "", False
    passed = {"map_key", *CLOSES} | (set() if has_lists else {"start_array"})
    try:
        for prefix, event, value in ijson.parse(Bounded(opened, name=name), use_float=True, buf_size=PORTION):
            if event in OPENS:
                depth += 1
            if builder is None and event not in passed and places.fullmatch(prefix):
                builder, begun, at, is_open = ObjectBuilder(), depth, prefix, event in OPENS
            if builder is not None:
                builder.event(event, value)
                if depth == begun and event in (CLOSES if is_open else SCALARS):
                    yield at, builder.value
                    builder = None
            if event in CLOSES:
                depth -= 1
    except (ijson.JSONError, UnicodeDecodeError, ValueError, decimal.DecimalException) as error:
        raise SourceError(f"“{name}” is no JSON, or ends before its end: {_said(error)}") from error


def _said(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{words[:150]}." if words else "it can't be read."
