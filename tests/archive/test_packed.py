"""A zip or a folder is read without trust."""

import os
import stat
import zipfile

import pytest

from blog.archive import packed
from blog.archive.packed import Packed, PackedError, is_packed


def zip_of(tmp_path, members):
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def test_a_folder_and_a_zip_are_read_alike(tmp_path):
    folder = tmp_path / "folder"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts" / "one.md").write_bytes(b"One")
    (folder / "two.md").write_bytes(b"Two")
    (folder / ".DS_Store").write_bytes(b"x")
    path = zip_of(tmp_path, [("two.md", b"Two"), ("posts/", b""), ("posts/one.md", b"One"), ("__MACOSX/two.md", b"x")])
    for place in (folder, path):
        assert is_packed(place)
        with Packed(place) as opened:
            assert opened.names == ("posts/one.md", "two.md")
            assert opened.read("posts/one.md", most=10) == b"One"
            assert opened.size("two.md") == 3
            assert opened.changed("two.md") > 0
            assert "three.md" not in opened
            assert opened.refused == []


@pytest.mark.parametrize(
    "name",
    [
        "../out.md",
        "a/../../out.md",
        "/etc/passwd",
        "C:\\out.md",
        "a\\..\\..\\out.md",
        "a//b.md",
        "a/./b.md",
        "x" * 1_001,
        "a\x1b.md",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    with Packed(zip_of(tmp_path, [(name, b"x"), ("in.md", b"in")])) as opened:
        assert opened.names == ("in.md",)
        assert len(opened.refused) == 1


def test_links_in_a_zip_and_in_a_folder_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with Packed(zip_of(tmp_path, [(link, b"/etc/passwd")])) as opened:
        assert opened.names == ()
        assert "link" in opened.refused[0][1]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.md").symlink_to("/etc/passwd")
    (folder / "up").symlink_to("/etc")
    os.mkfifo(folder / "pipe.md")
    with Packed(folder) as opened:
        assert opened.names == ()
        assert {name for name, _why in opened.refused} == {"link.md", "up", "pipe.md"}


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path):
    (tmp_path / "a.md").write_text("a")
    with Packed(tmp_path) as opened:
        (tmp_path / "a.md").unlink()
        (tmp_path / "a.md").symlink_to("/etc/passwd")
        with pytest.raises(PackedError):
            opened.read("a.md", most=100_000)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "FREE_OF_RATIO", 10_000)
    with Packed(zip_of(tmp_path, [("bomb.md", b"0" * 5_000_000), ("text.md", b"words " * 100)])) as opened:
        assert opened.read("text.md", most=10_000) == b"words " * 100
        with pytest.raises(PackedError, match="unpacks to more"):
            opened.read("bomb.md", most=10_000_000)
        with pytest.raises(PackedError, match="at most 1,000"):
            opened.open("bomb.md", most=1_000)


def test_a_size_that_lies_is_found_out(tmp_path):
    (tmp_path / "a.md").write_bytes(b"1234")
    with Packed(tmp_path) as opened:
        (tmp_path / "a.md").write_bytes(b"1" * 1_000)
        with pytest.raises(PackedError, match="unpacks to more"):
            opened.read("a.md", most=100)


def test_a_zip_that_holds_more_than_it_can_is_refused(tmp_path):
    path = zip_of(tmp_path, [(f"{place}.md", os.urandom(500)) for place in range(20)])
    content = bytearray(path.read_bytes())
    # Each entry of the table of contents says that it has 64 kB
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 20 : at + 24] = (65_535).to_bytes(4, "little")
        at += 4
    path.write_bytes(content)
    with pytest.raises(PackedError, match="more than it can"):
        Packed(path)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no zip at all", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_zip_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(PackedError, match="no zip"):
        Packed(path)


def test_a_damaged_member_is_a_sentence(tmp_path):
    path = zip_of(tmp_path, [("a.md", os.urandom(5_000))])
    content = bytearray(path.read_bytes())
    content[1_000:1_100] = bytes(100)
    path.write_bytes(content)
    with Packed(path) as opened, pytest.raises(PackedError, match="damaged"):
        opened.read("a.md", most=10_000)


def test_encrypted_and_repeated_members_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.md", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.md", b"second")
        made.writestr("b.md", b"secret")
    content = bytearray(path.read_bytes())
    last = content.rfind(b"PK\x01\x02")
    content[last + 8] |= 1
    path.write_bytes(content)
    with Packed(path) as opened:
        assert opened.read("a.md", most=100) == b"first"
        assert [name for name, _why in opened.refused] == ["a.md", "b.md"]
