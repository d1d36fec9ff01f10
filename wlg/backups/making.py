"""Making a backup while the site runs."""

import datetime as dt
import errno
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from blog.progress import Counting, Say
from blog.snapshot import snapshot
from wlg.backups import BackupError, keeping, media
from wlg.backups.archive import FILES, Archive, Writing, media_name, rows_name
from wlg.backups.manifest import File, Manifest, MediaPart, TablePart, is_plain, key_fingerprint, software_version
from wlg.backups.rows import Table, encode
from wlg.backups.schema import present, size_of_database


@dataclass(frozen=True)
class Made:
    """A backup that was made, and which older ones were removed for it."""

    path: Path
    size: int
    manifest: Manifest
    removed: list[Path]


@dataclass(frozen=True)
class Planned:
    """What a backup would hold, without making it."""

    database: int
    media: int
    room: int


def plan(*, with_media: bool) -> Planned:
    """Look at what there is. `room` is how many bytes the backup may take, rather too many than too few."""
    database, files = size_of_database(), media.size_on_disk() if with_media else 0
    # Rows without indexes, compressed: seldom more than a third of their database
    return Planned(database, files, database // 2 + files + 1_000_000)


def back_up(folder: Path, *, at: dt.datetime, say: Say, with_media: bool = True, keep: int = 0) -> Made:
    """Write one verified backup into a folder, then remove older ones of this site but for `keep`; 0 keeps all.

    It is read back and compared before it gets its name. Whatever fails leaves no file, and removes no older one.
    Raises BackupError.
    """
    target = folder / keeping.name_at(at)
    try:
        planned = plan(with_media=with_media)
        keeping.prepare(folder, needed=planned.room)
        with keeping.partial(target) as (path, file):
            with Writing(file) as writing:
                manifest = _write(writing, at=at, with_media=with_media, planned=planned, say=say)
            keeping.to_disk(file)
            say("Reading it back …")
            with Archive(path) as archive:
                archive.check(say)
            keeping.give_name(path, target)
    except DatabaseError as error:
        what = str(error).strip().partition("\n")[0]
        raise BackupError(f"The database could not be read: {what}. Nothing was left in {folder}.") from error
    except OSError as error:
        what = "there is no room left" if error.errno == errno.ENOSPC else str(error.strerror or error)
        raise BackupError(f"The backup could not be written: {what}. Nothing was left in {folder}.") from error
    removed = keeping.remove_older(folder, keep=keep, site=manifest.site) if keep else []
    return Made(target, target.stat().st_size, manifest, removed)


def _write(writing: Writing, *, at: dt.datetime, with_media: bool, planned: Planned, say: Say) -> Manifest:
    named: set[str] = set()
    say("Reading the database …")
    # Rows have about half the size of their database
    progress = Counting(say, "rows", planned.database // 2)
    with snapshot():
        schema = present()
        if not schema.applied:
            raise BackupError("This database has no tables yet; there is nothing to back up.")
        parts = {table.label: _write_table(writing, table, named, progress) for table in schema.tables()}
    files = None
    if with_media:
        say("Reading the files …")
        files = _write_files(writing, named, Counting(say, "files", planned.media))
    manifest = Manifest(
        version=software_version(),
        site=settings.SITE_URL,
        made_at=at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        key=key_fingerprint(),
        migrations=tuple(sorted(schema.applied)),
        tables=parts,
        media=files,
    )
    writing.finish(manifest)
    return manifest


def _write_table(writing: Writing, table: Table, named: set[str], progress: Counting) -> TablePart:
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for row in table.rows():
            named.update(row[number] for number in table.of_files if row[number])
            line = encode(row)
            count += 1
            progress.add(len(line))
            yield line

    size, sha256 = writing.put(rows_name(table.label), lines())
    return TablePart(table.columns, count, size, sha256, table.last_key())


def _write_files(writing: Writing, named: set[str], progress: Counting) -> MediaPart:
    """Write the files. One that goes away meanwhile is left out, and missing if a row names it."""
    files: list[File] = []
    left_out: list[str] = []
    for name in media.on_disk():
        if not is_plain(name):
            left_out.append(ascii(name))
            continue
        portions = media.portions(name)
        try:
            first = next(portions, b"")
        except FileNotFoundError:
            continue
        size, sha256 = writing.put(media_name(name), _after(first, portions, progress), is_compressed=False)
        files.append(File(name, size, sha256))
    lines = (json.dumps(asdict(file), ensure_ascii=False).encode() + b"\n" for file in files)
    _, sha256 = writing.put(FILES, lines)
    missing = sorted(named - {file.name for file in files})
    return MediaPart(len(files), sum(file.size for file in files), sha256, tuple(missing), tuple(left_out))


def _after(first: bytes, portions: Iterator[bytes], progress: Counting) -> Iterator[bytes]:
    yield first
    progress.add(len(first))
    for portion in portions:
        yield portion
        progress.add(len(portion))
