"""Files that are there whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ExportError(Exception):
    """Nothing was written. The text is a sentence for people: why, and what to do."""


@contextmanager
def new_file(target: Path, *, is_replaced: bool = False, mode: int = 0o644) -> Iterator[Path]:
    """Give the path of a new, empty file beside a target, and put it there at the end, whole. Raises ExportError.

    Without `is_replaced` what is there stays, even if it came meanwhile. `mode` is lessened by the umask.
    """
    refuse_if_there(target, is_replaced=is_replaced)
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except OSError as error:
        raise ExportError(f"Nothing can be written into “{target.parent}”: {error.strerror}.") from error
    try:
        yield beside
        _put(beside, target, is_replaced=is_replaced)
    except OSError as error:
        raise ExportError(f"“{target}” could not be written: {error.strerror or error}.") from error
    finally:
        beside.unlink(missing_ok=True)


def refuse_if_there(target: Path, *, is_replaced: bool = False) -> None:
    """Raise ExportError where something is that must not be written over."""
    if target.is_dir() or (target.exists() and not is_replaced):
        raise ExportError(f"“{target}” is there already. Choose another name, or say --replace.")


def _put(beside: Path, target: Path, *, is_replaced: bool) -> None:
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    if is_replaced:
        beside.replace(target)
        return
    try:
        target.hardlink_to(beside)  # Fails where somebody was there first, which renaming does not
    except FileExistsError as error:
        raise ExportError(f"“{target}” came there meanwhile, and stays. Choose another name.") from error
    except OSError:
        # A disk without links; what came there in this moment is lost
        beside.rename(target)
