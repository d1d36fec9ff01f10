"""A site is backed up while it runs, and comes up again: rehearsed with real databases, counts and hashes compared."""

import datetime as dt
import io
import json
import stat
import threading
import zipfile

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from modelsearch.models import IndexEntry

from blog import keys
from blog.models import Purge, Series, Tag
from blog.progress import silent
from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import bakery
from tests.factories import NOW, UserFactory
from tests.wlg.backups.conftest import Lines, Site, all_lines, counts
from tests.wlg.backups.databases import Databases
from wlg.backups import BackupError, making, restoring
from wlg.backups.archive import Archive
from wlg.backups.making import back_up
from wlg.backups.restoring import restore
from wlg.backups.rows import Table, _json_text, encode
from wlg.backups.schema import bring_to, one_transaction, present

LATER = NOW + dt.timedelta(days=1)


def refuse(held: list[str]) -> bool:
    return pytest.fail(f"This was said not to be empty: {held}")


def without_purges(lines: Lines) -> Lines:
    """Return what is the same in a site that was restored: giving up kept pages is a row of its own."""
    return {label: rows for label, rows in lines.items() if label != "blog.Purge"}


def test_a_backup_names_every_row_and_file_and_is_for_its_owner_alone(site: Site):
    manifest = site.made.manifest

    assert site.made.path.name == "wlg-backup-20260311T120000Z.zip"
    assert stat.S_IMODE(site.made.path.stat().st_mode) == 0o600
    assert {label: part.rows for label, part in manifest.tables.items()} == {
        label: len(rows) for label, rows in site.lines.items()
    }
    assert manifest.media
    assert manifest.media.files == 1
    assert manifest.migrations == tuple(sorted(MigrationRecorder(connection).applied_migrations()))
    assert (manifest.version, manifest.site, manifest.database) == ("0.1.0", settings.SITE_URL, connection.vendor)
    assert list(site.made.path.parent.iterdir()) == [site.made.path]


def test_neither_sessions_nor_the_secret_key_are_in_it(site: Site):
    with zipfile.ZipFile(site.made.path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())

    assert settings.SECRET_KEY.encode() not in held
    assert "sessions.Session" not in site.made.manifest.tables
    assert b"a" * 32 not in held


def test_every_table_has_a_number_for_its_key_so_that_rows_stand_in_the_same_order_everywhere(site: Site):
    tables = [table for table in present().tables() if not table.is_numbered]

    assert {table.fields[table.columns.index(table.key)].get_internal_type() for table in tables} <= {"OneToOneField"}


def test_an_empty_machine_becomes_the_site(site: Site, empty: Databases, settings):
    said, complained = io.StringIO(), io.StringIO()

    call_command("restore", str(site.made.path), stdout=said, stderr=complained)

    assert "letters to subscribers wait to be sent, as they did at the moment of the backup" in complained.getvalue()
    assert without_purges(all_lines()) == without_purges(site.lines)
    assert Purge.objects.filter(key=keys.EVERYTHING).latest("pk").due_at <= timezone.now()
    assert IndexEntry.objects.count() == 1
    assert not Session.objects.exists()
    names = [path.relative_to(site.media) for path in site.media.rglob("*") if path.is_file()]
    assert [(settings.MEDIA_ROOT / name).read_bytes() for name in names] == [
        (site.media / name).read_bytes() for name in names
    ]
    assert not [path for path in settings.MEDIA_ROOT.parent.iterdir() if path.name.startswith(".")]
    assert "1 piece" in said.getvalue()
    assert "Every count and hash is as in the backup." in said.getvalue()
    # No key is given out twice, not even that of a row that was gone when the backup was made
    assert Tag.objects.create(name="New", slug="new").pk == site.last_tag + 1
    assert "Who closes a row?" in Client().get("/").content.decode()


def test_a_site_is_replaced_only_by_whoever_types_its_name(site: Site, empty: Databases, settings, monkeypatch):
    UserFactory(email="somebody@else.example")
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "other.png").write_bytes(b"other")
    settings.PAGES_DIR = settings.MEDIA_ROOT.with_name("pages")
    kept = bakery()
    assert kept
    Follower(kept, claims=True).look(at=timezone.now())
    generation = kept.target()
    before = counts()

    with pytest.raises(
        CommandError, match=r"This is no empty site; it holds rows in 1 tables .accounts.User. and files"
    ):
        call_command("restore", str(site.made.path), stdout=io.StringIO())
    for typed in ("", "y", "blog.example.org"):
        monkeypatch.setattr("builtins.input", lambda prompt, typed=typed: typed)
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("restore", str(site.made.path), replace=True, stdout=io.StringIO())
    assert counts() == before
    assert (settings.MEDIA_ROOT / "other.png").read_bytes() == b"other"
    assert kept.target() == generation

    monkeypatch.setattr("builtins.input", lambda prompt: "blog.example")
    said = io.StringIO()
    call_command("restore", str(site.made.path), replace=True, stdout=said, stderr=io.StringIO())

    assert without_purges(all_lines()) == without_purges(site.lines)
    assert not (settings.MEDIA_ROOT / "other.png").exists()
    aside = next(settings.MEDIA_ROOT.parent.glob("media-before-*"))
    assert (aside / "other.png").read_bytes() == b"other"
    assert str(aside) in said.getvalue()
    assert kept.target() not in {"", generation}


@pytest.mark.parametrize("where", ["_compare", "schema.go_forward", "media.swapped"])
def test_what_interrupts_a_restore_leaves_everything_as_it_was(
    site: Site, empty: Databases, settings, monkeypatch, where
):
    UserFactory()
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "other.png").write_bytes(b"other")
    before = all_lines()

    def stop(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"wlg.backups.restoring.{where}", stop)
        with pytest.raises(KeyboardInterrupt):
            restore(site.made.path, at=LATER, say=silent, may_replace=lambda held: True)

    assert all_lines() == before
    assert [path.name for path in settings.MEDIA_ROOT.parent.rglob("*") if path.is_file()] == ["other.png"]


def test_files_go_back_to_their_place_where_the_database_takes_nothing(
    site: Site, empty: Databases, settings, monkeypatch
):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "other.png").write_bytes(b"other")

    def fail(self: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(type(connections["default"]), "_commit", fail)
    with pytest.raises(BackupError, match="Nothing was changed"):
        restore(site.made.path, at=LATER, say=silent, may_replace=lambda held: True)
    monkeypatch.undo()
    connection.close()

    assert [path.name for path in settings.MEDIA_ROOT.parent.rglob("*") if path.is_file()] == ["other.png"]


def test_rows_are_of_one_moment_while_others_write(site: Site, databases: Databases, tmp_path, monkeypatch):
    """Somebody commits pairs all the time, a tag and a series; the backup holds as many of one as of the other."""
    databases.again(site.database)
    has_begun, has_written, is_over = threading.Event(), threading.Event(), threading.Event()

    def write() -> None:
        try:
            has_begun.wait(20)
            for number in range(10_000):
                with transaction.atomic():
                    Tag.objects.create(name=f"Pair {number}", slug=f"pair-{number}")
                    Series.objects.create(title=f"Pair {number}", slug=f"pair-{number}")
                if number == 3:
                    has_written.set()
                if is_over.wait(0.005):
                    break
        finally:
            connections.close_all()

    def after_the_first_row(row: list[object]) -> bytes:
        has_begun.set()
        assert has_written.wait(20), "Nobody could write while the backup was read."
        return encode(row)

    monkeypatch.setattr(making, "encode", after_the_first_row)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = back_up(tmp_path, at=NOW, say=silent, with_media=False)
    finally:
        is_over.set()
        writer.join()

    assert Tag.objects.filter(slug__startswith="pair-").count() >= 4
    with Archive(made.path) as archive:
        tags = [line for line in archive.lines("blog.Tag") if b'"pair-' in line]
        series = [line for line in archive.lines("blog.Series") if b'"pair-' in line]
    assert len(tags) == len(series)
    Tag.objects.filter(slug__startswith="pair-").delete()
    Series.objects.filter(slug__startswith="pair-").delete()


def test_what_the_key_here_does_not_fit_is_said(site: Site, settings):
    settings.SECRET_KEY = "another"
    said, complained = io.StringIO(), io.StringIO()

    call_command("restore", str(site.made.path), dry_run=True, stdout=said, stderr=complained)

    assert "It is whole, and this version can restore it. Nothing was changed." in said.getvalue()
    assert "The secret key here is not the one of the backed-up site." in complained.getvalue()


def test_rows_are_the_same_from_one_database_to_another(site: Site, databases: Databases, tmp_path):
    """Rows of this database, put into one of SQLite and read there, come out to the letter, and so do they back here."""
    wanted = [(table.label, table) for table in present().tables()]
    own = connections["default"]
    name = tmp_path / "other.sqlite3"
    other = DatabaseWrapper({**own.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {}})
    connections["default"] = other
    try:
        with other.schema_editor() as editor:
            for table in present_models():
                editor.create_model(table)
        other.disable_constraint_checking()
        with transaction.atomic():
            for label, table in wanted:
                table.put(site.lines[label])
                table.go_on_after(site.made.manifest.tables[label].last_key)
        found = {label: [encode(row) for row in table.rows()] for label, table in wanted}
        last = {label: table.last_key() for label, table in wanted}
    finally:
        other.close()
        connections["default"] = own

    assert found == site.lines
    # Where somebody chose a key, PostgreSQL has not counted it; afterwards it has been
    assert last == {label: part.last_key or last[label] for label, part in site.made.manifest.tables.items()}
    databases.fresh()
    with one_transaction():
        for table in bring_to(frozenset(site.made.manifest.migrations), silent).tables():
            table.put(found[table.label])
    assert all_lines() == site.lines


def present_models() -> list[type]:
    return [model for model in apps.get_models() if Table(model).is_migrated and model._meta.app_label != "modelsearch"]


def test_a_json_field_has_one_form_whatever_a_database_makes_of_it():
    assert _json_text('{"b": 1.50, "a": [1e20, -0.0, 3]}') == '{"a":[100000000000000000000,0.0,3],"b":1.5}'
    assert _json_text(json.dumps({"x": "é\u2028"})) == '{"x":"\\u00e9\\u2028"}'
    assert _json_text("null") == "null"


def test_files_that_rows_name_and_nobody_has_are_warned_of_and_told_again(
    site: Site, databases: Databases, settings, tmp_path
):
    databases.again(site.database)
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "odd\nname.png").write_bytes(b"odd")
    (settings.MEDIA_ROOT / ".hidden").write_bytes(b"hidden")
    said, complained, again = io.StringIO(), io.StringIO(), io.StringIO()

    call_command("backup", str(tmp_path / "to"), stdout=said, stderr=complained, report=str(tmp_path / "report"))
    path = next((tmp_path / "to").iterdir())
    call_command("restore", str(path), dry_run=True, stdout=io.StringIO(), stderr=again)

    name = next(path for path in site.media.rglob("*.png")).name
    assert f"{name} is named by a row and was not on the disk." in complained.getvalue()
    assert "odd\\nname.png' has a name that no backup can hold" in complained.getvalue()
    assert "Files that were missing already when the backup was made" in again.getvalue()
    assert all(line in (tmp_path / "report").read_text() for line in said.getvalue().splitlines()[:-1])
    with zipfile.ZipFile(path) as archive:
        assert not [entry for entry in archive.namelist() if entry.startswith("media/")]
    assert restoring._warnings(making.back_up(tmp_path / "b", at=LATER, say=silent, with_media=False).manifest) == [
        "The backup was made without uploaded files; bring those back from elsewhere."
    ]
