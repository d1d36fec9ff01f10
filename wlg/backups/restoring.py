"""Bringing a site back from a backup: all of it, or nothing."""

import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.utils import timezone

from accounts.models import Comment, User
from blog import keys
from blog.editorial.upkeep import purges, search_index
from blog.models import Delivery, Letter, Picture, Post
from blog.progress import Counting, Say, size_in_words
from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import bakery
from wlg.backups import BackupError, media, schema
from wlg.backups.archive import Archive
from wlg.backups.manifest import Manifest, key_fingerprint
from wlg.backups.rows import Sum, Table, encode


@dataclass
class Restored:
    """What came back. `warnings` are sentences about what somebody should look at."""

    manifest: Manifest
    migrated: int = 0
    found: int = 0
    aside: Path | None = None
    counts: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def verify(file: Path, say: Say) -> Restored:
    """Read a backup whole and compare it with its own list, and say whether this version could restore it.

    Changes nothing. Raises BackupError at the first fault.
    """
    with Archive(file) as archive:
        _check(archive, say)
        return Restored(archive.manifest, warnings=_warnings(archive.manifest))


def restore(file: Path, *, at: dt.datetime, say: Say, may_replace: Callable[[list[str]], bool]) -> Restored:
    """Restore a backup, all of it or nothing. Raises BackupError.

    1. The backup is checked whole.
    2. Where the database or the folder of files holds anything, `may_replace` is asked with what that is.
    3. The files are written beside their place.
    4. In one transaction, the database gets the tables of the backup's version and its rows, is compared with the
       backup by counts and hashes, and goes on to this version; the files are put in their place.
    5. Search is written anew, and pages that were kept are given up.

    Until 4 is done, nothing has changed. Killed in 5, it can be run again.
    """
    with Archive(file) as archive, _sentences():
        _check(archive, say)
        manifest = archive.manifest
        done = Restored(manifest, warnings=_warnings(manifest))
        held = _held(manifest)
        if held and not may_replace(held):
            raise BackupError("Nothing was changed.")
        _check_room(manifest)
        staged = media.stage(archive, say) if manifest.media else None
        try:
            _replace(archive, staged, done, at=at, say=say)
        finally:
            if staged:
                shutil.rmtree(staged, ignore_errors=True)
    _finish(done, at=at, say=say)
    return done


def _check(archive: Archive, say: Say) -> None:
    say("Checking the backup …")
    schema.check_known(frozenset(archive.manifest.migrations))
    archive.check(say)


def _warnings(manifest: Manifest) -> list[str]:
    found = []
    if manifest.key != key_fingerprint():
        found.append(
            "The secret key here is not the one of the backed-up site. Links in letters that were sent before open"
            " nothing, second factors fit no more, and blocks of erased accounts are forgotten. Put the old SECRET_KEY"
            " in place if you have it."
        )
    if manifest.media is None:
        found.append("The backup was made without uploaded files; bring those back from elsewhere.")
    elif manifest.media.missing:
        found.append(f"Files that were missing already when the backup was made: {_some(manifest.media.missing)}")
    if manifest.media and manifest.media.left_out:
        found.append(f"Files whose names no backup can hold were left out: {_some(manifest.media.left_out)}")
    return found


def _held(manifest: Manifest) -> list[str]:
    tables = schema.contents()
    held = (
        [f"rows in {len(tables)} tables ({', '.join(tables[:3])}{' …' if len(tables) > 3 else ''})"] if tables else []
    )
    if manifest.media and not media.is_empty():
        held.append(f"files in {media.root()}")
    return held


def _check_room(manifest: Manifest) -> None:
    files = manifest.media.size if manifest.media else 0
    places = [(media.root(), files)]
    if connection.vendor == "sqlite":
        # Rows with their indexes, once in the database and once in its log
        places.append((Path(settings.DATABASES["default"]["NAME"]).resolve(), manifest.size_of_rows * 4))
    needed: dict[int, tuple[Path, int]] = {}
    for place, size in places:
        folder = next(parent for parent in (place, *place.parents) if parent.exists())
        disk = folder.stat().st_dev
        needed[disk] = folder, size + (needed[disk][1] if disk in needed else 0)
    for folder, size in needed.values():
        free = shutil.disk_usage(folder).free
        if free < size:
            raise BackupError(
                f"There is too little room in {folder}: restoring takes {size_in_words(size)}, and"
                f" {size_in_words(free)} are free. Nothing was changed."
            )


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what a database or a disk says into a sentence: by then everything is as it was."""
    try:
        yield
    except OperationalError as error:
        what = str(error).strip().partition("\n")[0]
        raise BackupError(
            f"The database can’t be used ({what}). If the site or its worker runs, stop them, then try again."
            " Nothing was changed."
        ) from error
    except IntegrityError as error:
        what = str(error).strip().partition("\n")[0]
        raise BackupError(f"The rows of the backup don’t belong together: {what}. Nothing was changed.") from error
    except DatabaseError as error:
        what = str(error).strip().partition("\n")[0]
        raise BackupError(f"The database could not be restored: {what}. Nothing was changed.") from error
    except OSError as error:
        raise BackupError(f"The files could not be put in their place: {error}. Nothing was changed.") from error


def _replace(archive: Archive, staged: Path | None, done: Restored, *, at: dt.datetime, say: Say) -> None:
    manifest = archive.manifest
    # The files go back if the transaction can't be committed
    with ExitStack() as around, schema.one_transaction():
        then = schema.bring_to(frozenset(manifest.migrations), say)
        tables = _tables(then, manifest)
        say("Writing the rows …")
        progress = Counting(say, "rows", manifest.size_of_rows)
        for table in tables:
            table.put(_counted(archive.lines(table.label), progress))
            table.go_on_after(manifest.tables[table.label].last_key)
        connection.check_constraints()
        say("Comparing the rows with the backup …")
        _compare(tables, manifest, say)
        done.migrated = schema.go_forward(say)
        call_command("createcachetable", verbosity=0)
        # Every machine gives up the pages it has kept
        purges.mark(keys.EVERYTHING, at=at)
        connection.check_constraints()
        if staged:
            done.aside = around.enter_context(media.swapped(staged, aside=f"media-before-{at:%Y%m%dT%H%M%SZ}"))


def _tables(then: schema.Schema, manifest: Manifest) -> list[Table]:
    """Return the tables that the backup has rows for; raise BackupError where they are not those of its migrations."""
    tables = {table.label: table for table in then.all_tables()}
    for label, part in manifest.tables.items():
        if label not in tables or tables[label].columns != part.columns:
            raise BackupError(
                f"The table {label} of the backup is not what its migrations make: the versions of the software, or of"
                " a package it uses, are not those that made it. Nothing was changed."
            )
    return [tables[label] for label in manifest.tables]


def _counted(lines: Iterator[bytes], progress: Counting) -> Iterator[bytes]:
    for line in lines:
        progress.add(len(line))
        yield line


def _compare(tables: list[Table], manifest: Manifest, say: Say) -> None:
    progress = Counting(say, "compared", manifest.size_of_rows)
    for table in tables:
        found = Sum()
        for row in table.rows():
            line = encode(row)
            found.add(line)
            progress.add(len(line))
        part = manifest.tables[table.label]
        if (found.rows, found.sha256) != (part.rows, part.sha256):
            raise BackupError(
                f"{table.label} came out other than it is in the backup ({found.rows} rows of {part.rows}). Nothing was"
                " changed."
            )


def _finish(done: Restored, *, at: dt.datetime, say: Say) -> None:
    """Do what follows from the rows, and can be done again: search, pages that were kept, the checks."""
    ContentType.objects.clear_cache()
    say("Writing the index of search …")
    try:
        done.found = search_index.rebuild(at=at)
    except search_index.OpenSearchAwayError as error:
        done.warnings.append(f"OpenSearch does not answer ({error}); run `manage.py reindex` when it does.")
    except DatabaseError as error:
        done.warnings.append(f"The index of search could not be written ({error}); run `manage.py reindex`.")
    at_hand = bakery()
    if at_hand:
        try:
            Follower(at_hand, claims=True).look(at=timezone.now())
        except OSError as error:
            done.warnings.append(f"Kept pages could not be given up ({error}); empty {at_hand.folder}.")
    try:
        call_command("check", verbosity=0, stdout=io.StringIO())
    except CommandError as error:
        done.warnings.append(f"`manage.py check` complains: {error}")
    waiting = Letter.objects.filter(status=Letter.Status.WAITING).count()
    queued = Delivery.objects.filter(state=Delivery.State.QUEUED).count()
    if waiting or queued:
        done.warnings.append(
            f"{waiting} letters and {queued} letters to subscribers wait to be sent, as they did at the moment of the"
            " backup. Those that went out since would go out again: look at them in the admin before you start the"
            " worker."
        )
    done.counts = {
        str(model._meta.verbose_name_plural): model._default_manager.count()  # noqa: SLF001  Django's public name
        for model in (Post, Comment, User, Picture)
    }


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:10])
    return f"{shown}." if len(names) <= 10 else f"{shown} and {len(names) - 10} more; the manifest has them all."
