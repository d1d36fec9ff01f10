"""The folder of backups: what is left there, what goes, and what stands in the way."""

import errno
import fcntl
import io
import shutil
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from blog.progress import silent
from tests.factories import NOW
from tests.wlg.backups.conftest import Site
from tests.wlg.backups.databases import Databases
from wlg.backups import BackupError
from wlg.backups.archive import Writing
from wlg.backups.making import back_up


class Disk(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _of_the_site(site: Site, databases: Databases, settings) -> None:
    databases.again(site.database)
    settings.MEDIA_ROOT = site.media


def test_older_backups_of_this_site_go_and_nothing_else(site: Site, settings, tmp_path):
    for day in ("01", "02", "03"):
        shutil.copy(site.made.path, tmp_path / f"wlg-backup-202603{day}T000000Z.zip")
    shutil.copy(site.made.path, tmp_path / "wlg-backup-before-the-move.zip")
    (tmp_path / "wlg-backup-20260104T000000Z.zip").write_bytes(b"damaged")
    settings.SITE_URL = "https://another.example"
    back_up(tmp_path, at=NOW.replace(month=1), say=silent, with_media=False)
    settings.SITE_URL = site.made.manifest.site
    said = io.StringIO()

    call_command("backup", str(tmp_path), keep=2, stdout=said, stderr=io.StringIO())

    now = {path.name for path in tmp_path.iterdir()}
    assert "wlg-backup-20260303T000000Z.zip" in now
    assert not {"wlg-backup-20260301T000000Z.zip", "wlg-backup-20260302T000000Z.zip"} & now
    assert "Removed the older wlg-backup-20260302T000000Z.zip." in said.getvalue()
    assert {
        "wlg-backup-before-the-move.zip",
        "wlg-backup-20260104T000000Z.zip",
        "wlg-backup-20260111T120000Z.zip",
    } <= now
    assert len(now) == 5


def test_a_backup_of_the_same_second_is_left_as_it_is(site: Site, tmp_path):
    made = back_up(tmp_path, at=NOW, say=silent)
    before = made.path.stat()

    with pytest.raises(BackupError, match="is there already; it was left as it is"):
        back_up(tmp_path, at=NOW, say=silent)

    assert made.path.stat() == before
    assert list(tmp_path.iterdir()) == [made.path]


def test_what_a_killed_backup_left_goes_and_what_another_writes_stays(tmp_path):
    left, written = (tmp_path / f".wlg-backup-20260101T00000{n}Z.zip.1.partial" for n in (1, 2))
    left.touch()
    with written.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        made = back_up(tmp_path, at=NOW, say=silent)

    assert {path.name for path in tmp_path.iterdir()} == {made.path.name, written.name}


def test_without_room_nothing_is_written(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda path: Disk(10**9, 10**9, 1000))
        with pytest.raises(
            CommandError, match=r"There is too little room in .* and 1.0 kB are free. Name another folder"
        ):
            call_command("backup", str(tmp_path), stdout=io.StringIO())
    put = Writing.put

    def until_full(self: Writing, name: str, *args: object, **kwargs: bool) -> object:
        if name.startswith("rows/blog.Tag"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return put(self, name, *args, **kwargs)

    monkeypatch.setattr(Writing, "put", until_full)
    with pytest.raises(CommandError, match=r"could not be written: there is no room left. Nothing was left in"):
        call_command("backup", str(tmp_path), keep=1, stdout=io.StringIO())

    assert list(tmp_path.iterdir()) == []


def test_what_can_not_be_read_back_gets_no_name_and_removes_nothing(site: Site, tmp_path, monkeypatch):
    shutil.copy(site.made.path, tmp_path / "wlg-backup-20260301T000000Z.zip")

    def fail(self: object, say: object) -> None:
        raise BackupError("The backup is damaged.")

    monkeypatch.setattr("wlg.backups.archive.Archive.check", fail)
    with pytest.raises(CommandError, match="The backup is damaged"):
        call_command("backup", str(tmp_path), keep=1, stdout=io.StringIO())

    assert [path.name for path in tmp_path.iterdir()] == ["wlg-backup-20260301T000000Z.zip"]


def test_a_restore_needs_room_too(site: Site, databases: Databases, monkeypatch, settings, tmp_path):
    databases.fresh()
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("shutil.disk_usage", lambda path: Disk(10**9, 10**9, 1))

    with pytest.raises(CommandError, match=r"There is too little room in .*: restoring takes .*Nothing was changed."):
        call_command("restore", str(site.made.path), stdout=io.StringIO())


def test_looking_first_writes_nothing(tmp_path):
    said = io.StringIO()

    call_command("backup", str(tmp_path / "to"), dry_run=True, stdout=said)

    assert "nothing was written." in said.getvalue()
    assert not (tmp_path / "to").exists()
    with pytest.raises(CommandError, match="Keep at least one backup"):
        call_command("backup", str(tmp_path), keep=-1)


def test_a_database_that_can_not_be_used_is_told_in_a_sentence(site: Site, tmp_path):
    def refuse_all(execute: object, sql: str, *args: object) -> None:
        raise OperationalError("disk I/O error\nmore")

    with connection.execute_wrapper(refuse_all):
        with pytest.raises(CommandError, match=r"The database can’t be used .disk I/O error.. If the site .* runs"):
            call_command("restore", str(site.made.path), stdout=io.StringIO())
        with pytest.raises(CommandError, match=r"The database could not be read: disk I/O error."):
            call_command("backup", str(tmp_path), stdout=io.StringIO())
        with pytest.raises(CommandError, match=r"The database can’t be used: disk I/O error."):
            call_command("backup", str(tmp_path), dry_run=True, stdout=io.StringIO())
