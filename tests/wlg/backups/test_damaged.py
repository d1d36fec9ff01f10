"""A backup that is not what it was: a sentence for each, before anything is touched."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blog.progress import silent
from tests.factories import NOW
from tests.wlg.backups.conftest import Site, all_lines
from tests.wlg.backups.databases import Databases
from wlg.backups import BackupError
from wlg.backups.archive import Archive
from wlg.backups.manifest import is_plain
from wlg.backups.restoring import restore

Parts = dict[str, bytes]


def written(path: Path, parts: Parts, *more: tuple[zipfile.ZipInfo, bytes]) -> Path:
    """Write a zip like a backup's."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name.startswith("media/") else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, kind)
        for entry, content in more:
            archive.writestr(entry, content)
    return path


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_manifest(parts: Parts, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()


def rename_file(parts: Parts, name: str) -> None:
    """Give the picture another name, everywhere where it has one, so that nothing else is wrong."""
    file = json.loads(parts["media.jsonl"])
    parts[f"media/{name}"] = parts.pop(f"media/{file['name']}")
    parts["media.jsonl"] = json.dumps({**file, "name": name}).encode() + b"\n"
    digest = hashlib.sha256(parts["media.jsonl"]).hexdigest()
    with_manifest(parts, lambda manifest: manifest["media"].update(sha256=digest))


def replace_rows(parts: Parts, label: str, text: bytes, rows: int) -> None:
    """Put other rows, with the right sums."""
    parts[f"rows/{label}.jsonl"] = text
    part = {"rows": rows, "size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
    with_manifest(parts, lambda manifest: manifest["tables"][label].update(part))


TAG = "rows/blog.Tag.jsonl"
SPOILED: dict[str, tuple[Callable[[Parts], object], str]] = {
    "a row changed": (lambda p: p.update({TAG: p[TAG].replace(b"tag", b"Tag")}), "blog.Tag are not what was backed up"),
    "a row gone": (lambda p: p.update({TAG: p[TAG].partition(b"\n")[2]}), "blog.Tag are not as many bytes"),
    "a table gone": (lambda p: p.pop(TAG), "rows/blog.Tag.jsonl is not in it"),
    "something more": (lambda p: p.update({"rows/blog.Other.jsonl": b""}), "holds what its list doesn’t name"),
    "no manifest": (lambda p: p.pop("manifest.json"), "manifest.json is not in it"),
    "no JSON": (lambda p: p.update({"manifest.json": b"{"}), "list of contents in this backup can’t be read"),
    "a list": (lambda p: p.update({"manifest.json": b"[]"}), "list of contents in this backup can’t be read"),
    "deep": (lambda p: p.update({"manifest.json": b"[" * 100_000}), "list of contents in this backup can’t be read"),
    "no tables": (lambda p: with_manifest(p, lambda m: m.pop("tables")), "list of contents in this backup can’t be read"),
    "a later form": (lambda p: with_manifest(p, lambda m: m.update(format=2)), "in a form that this version doesn’t know"),
    "a negative size": (
        lambda p: with_manifest(p, lambda m: m["tables"]["blog.Tag"].update(rows=-1)),
        "list of contents in this backup can’t be read",
    ),
    "no line at the end": (lambda p: replace_rows(p, "blog.Tag", b"[1]", 1), "holds other lines than were backed up"),
    "a bomb": (lambda p: replace_rows(p, "blog.Tag", b"[" + b" " * 20_000_000 + b"]\n", 1), "to a size that no rows have"),
    "a file above": (lambda p: rename_file(p, "../settings.py"), "would lie outside the folder of files: '../settings.py'"),
    "a file from the root": (lambda p: rename_file(p, "/etc/passwd"), "would lie outside the folder of files"),
    "a hidden file": (lambda p: rename_file(p, "a/.htaccess"), "would lie outside the folder of files"),
    "another file": (
        lambda p: p.update({next(n for n in p if n.startswith("media/")): b"x"}),
        "has not the size that its list says",
    ),
    "no list of files": (lambda p: p.pop("media.jsonl"), "media.jsonl is not in it"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_each_damage_is_told_in_a_sentence(site: Site, tmp_path, what):
    spoil, sentence = SPOILED[what]
    parts = parts_of(site.made.path)
    spoil(parts)
    path = written(tmp_path / "spoiled.zip", parts)

    with pytest.raises(BackupError, match=sentence), Archive(path) as archive:
        archive.check(silent)


def test_what_was_not_spoiled_passes(site: Site, tmp_path):
    parts = parts_of(site.made.path)
    rename_file(parts, "pictures/ä b.png")

    with Archive(written(tmp_path / "fine.zip", parts)) as archive:
        archive.check(silent)


def test_links_folders_and_second_entries_are_no_part_of_a_backup(site: Site, tmp_path):
    parts = parts_of(site.made.path)
    link, folder, twice = zipfile.ZipInfo("media/link"), zipfile.ZipInfo("media/folder/"), zipfile.ZipInfo(TAG)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    for entry, sentence in ((link, "is no plain file"), (folder, "is no plain file"), (twice, "twice")):
        if entry is twice:
            with pytest.warns(UserWarning, match="Duplicate name"):
                path = written(tmp_path / "spoiled.zip", parts, (entry, b""))
        else:
            path = written(tmp_path / "spoiled.zip", parts, (entry, b"/etc"))
        with pytest.raises(BackupError, match=sentence), Archive(path):
            pass


def test_what_is_cut_off_or_flipped_is_noticed_wherever_it_happens(site: Site, tmp_path):
    whole = site.made.path.read_bytes()
    path = tmp_path / "spoiled.zip"
    for share in range(0, 100, 9):
        path.write_bytes(whole[: len(whole) * share // 100])
        with pytest.raises(BackupError, match="is no whole backup"), Archive(path):
            pass
    with zipfile.ZipFile(site.made.path) as archive:
        entries = [entry for entry in archive.infolist() if entry.compress_size > 40]
    for entry in entries:
        place = entry.header_offset + 30 + len(entry.filename) + 20 + entry.compress_size // 2
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BackupError, match=r"The backup is damaged|can’t be read"), Archive(path) as archive:
            archive.check(silent)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_other_files_are_no_backups(tmp_path, content):
    path = tmp_path / "other.zip"
    path.write_bytes(content)

    with pytest.raises(BackupError, match="is no whole backup"), Archive(path):
        pass
    with pytest.raises(BackupError, match="can’t be read: No such file"), Archive(tmp_path / "none.zip"):
        pass


def test_rows_that_no_table_takes_change_nothing(site: Site, empty: Databases, settings, tmp_path):
    """Whoever made this had the sums right; the database still takes all or nothing."""
    before = all_lines()
    spoiled: list[tuple[str, bytes, str]] = [
        ("blog.Tag", b'{"id": 1}\n', "A row of blog.Tag can’t be read"),
        ("blog.Tag", b'[1,"a"]\n', "A row of blog.Tag can’t be read"),
        ("blog.Tag", b'[1,"a","a"]\n[1,"b","b"]\n', "Rows of blog.Tag don’t fit this database .keys 1 to 1."),
        ("blog.Post_tags", b"[1,77,88]\n", "don’t belong together"),
        ("blog.Purge", b'["yesterday",1,"x"]\n', "A row of blog.Purge can’t be read"),
    ]
    for label, text, sentence in spoiled:
        parts = parts_of(site.made.path)
        replace_rows(parts, label, text, text.count(b"\n"))
        path = written(tmp_path / "spoiled.zip", parts)

        with pytest.raises(BackupError, match=sentence):
            restore(path, at=NOW, say=silent, may_replace=lambda held: pytest.fail(str(held)))

    parts = parts_of(site.made.path)
    with_manifest(parts, lambda manifest: manifest["tables"]["blog.Tag"].update(columns=["id", "name"]))
    with pytest.raises(BackupError, match=r"The table blog.Tag of the backup is not what its migrations make"):
        restore(written(path, parts), at=NOW, say=silent, may_replace=lambda held: pytest.fail(str(held)))
    assert all_lines() == before
    assert not settings.MEDIA_ROOT.exists()


def test_names_that_stay_below_their_folder():
    fit = ["a.png", "pictures/2026/11/a-1.avif", "ä ö.pdf", "x" * 255, "a:b", "~"]
    unfit = [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "../a",
        "a/../b",
        "./a",
        ".a",
        "a/.b",
        "a\\b",
        "a\0",
        "a\nb",
        "x" * 256,
        "\ud800",
    ]

    assert [name for name in fit if not is_plain(name)] == []
    assert [name for name in unfit if is_plain(name)] == []
