"""The first page of a backup: what it holds, of when and of what, with a hash of each part."""

import json
import re
import tomllib
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from wlg.backups import BackupError

FORMAT = 1
SHA256 = re.compile(r"[0-9a-f]{64}")
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
LONGEST_NAME = 255  # Bytes, on the usual file systems
SPOILED = (
    "The list of contents in this backup can’t be read; it was not written by `manage.py backup`, or it is damaged."
)


@dataclass(frozen=True)
class TablePart:
    """The rows of one table: `size` and `sha256` are of their lines, `last_key` is the last that was given out."""

    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str
    last_key: int | None


@dataclass(frozen=True)
class MediaPart:
    """The uploaded files: how many bytes they have together, and the hash of their list.

    `missing` names files that rows name and that were not on the disk; `left_out` those whose names no backup can hold.
    """

    files: int
    size: int
    sha256: str
    missing: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """One uploaded file, by its name below MEDIA_ROOT."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    version: str
    site: str
    made_at: str
    database: str
    key: str
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, TablePart]
    media: MediaPart | None

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(part.rows for part in self.tables.values())

    @property
    def size_of_rows(self) -> int:
        """How many bytes the lines of all rows have."""
        return sum(part.size for part in self.tables.values())

    def encoded(self) -> bytes:
        """Return the text that `decoded` reads."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False).encode()


def decoded(text: bytes) -> Manifest:
    """Read a manifest; raise BackupError for anything else, and for the format of a later version."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or not isinstance(found.get("format"), int):
            raise BackupError(SPOILED)
        if found["format"] > FORMAT:
            raise BackupError(
                f"The backup was made by version {found.get('version')}, in a form that this version doesn’t know."
                " Restore it with that version, or a later one."
            )
        media = found["media"]
        return Manifest(
            **{name: _text(found[name]) for name in ("version", "site", "made_at", "database", "key")},
            migrations=tuple((_text(app), _text(name)) for app, name in found["migrations"]),
            tables={_text(label): _table(part) for label, part in found["tables"].items()},
            media=media
            and MediaPart(
                files=_count(media["files"]),
                size=_count(media["size"]),
                sha256=_hash(media["sha256"]),
                missing=tuple(_text(name) for name in media["missing"]),
                left_out=tuple(_text(name) for name in media["left_out"]),
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError(SPOILED) from error


def file_from(line: bytes) -> File:
    """Read one line of the list of files; raise BackupError where the name would lead out of the folder."""
    try:
        found = json.loads(line)
        file = File(name=_text(found["name"]), size=_count(found["size"]), sha256=_hash(found["sha256"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError("The list of files in this backup can’t be read; it is damaged.") from error
    if not is_plain(file.name):
        raise BackupError(f"The backup names a file that would lie outside the folder of files: {file.name[:200]!r}.")
    return file


def is_plain(name: str) -> bool:
    """Say whether a name is a path that stays below the folder it is put in, with nothing hidden on the way."""
    try:
        parts = name.encode().split(b"/")
    except UnicodeEncodeError:
        return False
    return not UNFIT.search(name) and all(
        part and not part.startswith(b".") and len(part) <= LONGEST_NAME for part in parts
    )


def software_version() -> str:
    """Return the version of the software, as pyproject.toml has it."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def key_fingerprint() -> str:
    """Return what tells the site's secret key from another and leads to neither: an HMAC of a constant under it."""
    return salted_hmac("wlg.backups", "the key of this site", algorithm="sha256").hexdigest()[:32]


def _table(part: Any) -> TablePart:
    last = part["last_key"]
    return TablePart(
        columns=tuple(_text(name) for name in part["columns"]),
        rows=_count(part["rows"]),
        size=_count(part["size"]),
        sha256=_hash(part["sha256"]),
        last_key=None if last is None else _count(last),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise TypeError(value)
    return value


def _hash(value: Any) -> str:
    if not SHA256.fullmatch(_text(value)):
        raise ValueError(value)
    return str(value)
