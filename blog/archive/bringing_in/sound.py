"""Text that a database can hold: sources give what stood in a file, and JSON can write what is no character."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def sound(record: T) -> T:
    """Return a record whose texts can be kept: halves of characters (lone surrogates) become �, NULs go."""
    changes = {}
    for field in fields(record):  # type: ignore[arg-type]  # Every record is a dataclass
        value = getattr(record, field.name)
        fixed = _sound(value)
        if fixed is not value:
            changes[field.name] = fixed
    return replace(record, **changes) if changes else record  # type: ignore[type-var]  # Every record is one


def _sound(value: Any) -> Any:
    if type(value) is str:
        return _text(value)
    if isinstance(value, tuple):
        parts = tuple(_sound(part) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    return sound(value) if is_dataclass(value) and not isinstance(value, type) else value


def _text(text: str) -> str:
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        # As UTF-16 two halves that belong together are one character again
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
