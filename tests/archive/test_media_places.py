"""Files of an old site are found in folders and zips by the address that they had."""

import base64
import zipfile
from pathlib import Path

import pytest

from blog.archive.media import Media
from blog.archive.packed import PackedError

ADDRESS = "https://old.example/wp-content/uploads/2013/12/wall.jpg"


def folder(path: Path, *names: str) -> Path:
    """Write files that hold their own names."""
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(name)
    return path


def found(media: Media, address: str) -> str | None:
    file = media.find(address)
    if file is None:
        return None
    with file.open() as opened:
        text = opened.read().decode()
        opened.seek(0)
        assert opened.read() == text.encode()
    assert file.size == len(text.encode())
    return text


@pytest.mark.parametrize(
    "name",
    [
        "wp-content/uploads/2013/12/wall.jpg",
        "uploads/2013/12/wall.jpg",
        "backup/public_html/wp-content/uploads/2013/12/wall.jpg",
        "2013/12/wall.jpg",
        "12/wall.jpg",
        "wall.jpg",
        "Uploads/2013/12/Wall.JPG",
    ],
)
def test_it_does_not_matter_which_folder_is_given(tmp_path: Path, name: str):
    assert found(Media([folder(tmp_path, name)]), ADDRESS) == name


@pytest.mark.parametrize("name", ["2014/12/wall.jpg", "2013/11/wall.jpg", "other/wall.jpg", "2013/12/wall.jpg/x"])
def test_a_file_of_the_same_name_from_elsewhere_is_not_taken(tmp_path: Path, name: str):
    assert Media([folder(tmp_path, name)]).find(ADDRESS) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/2013/12/wall-300x200.jpg", "2013/12/wall.jpg"),
        ("/2013/12/wall-300x200.jpg", "2013/12/wall-300x200.jpg"),
        ("/2013/12/wall-scaled.jpg", "2013/12/wall.jpg"),
        ("/2013/12/wall.jpg", "2013/12/wall-scaled.jpg"),
        ("/2013/12/wall-300x200.jpg", "2013/12/wall-scaled.jpg"),
        ("https://x.files.wordpress.com/2013/12/wall.jpg?w=300", "2013/12/wall.jpg"),
        ("/wp-content/uploads/sites/3/2013/12/wall.jpg", "2013/12/wall.jpg"),
        ("https://g.example/content/images/size/w600/2020/05/wall.jpg", "content/images/2020/05/wall.jpg"),
        ("/blog/images/stories/wall.jpg", "site/images/stories/wall.jpg"),
        ("/images/wall.jpg", "wall.jpg"),
        ("/2013/12/m%C3%BCll%20tonne.jpg", "2013/12/mu\u0308ll tonne.jpg"),
    ],
)
def test_other_sizes_and_other_systems_are_known(tmp_path: Path, address: str, name: str):
    assert found(Media([folder(tmp_path, name)]), address) == name


def test_the_full_size_goes_before_and_the_longest_common_end_wins(tmp_path: Path):
    names = ["wall.jpg", "2013/12/wall.jpg", "2013/12/wall-300x200.jpg", "old/2013/12/wall.jpg"]
    media = Media([folder(tmp_path, *names)])
    assert found(media, "https://old.example/2013/12/wall-300x200.jpg") == "2013/12/wall.jpg"
    assert found(media, "https://old.example/old/2013/12/wall.jpg") == "old/2013/12/wall.jpg"


def test_the_first_place_that_has_it_is_taken_and_zips_are_places(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "media.zip", "w") as packed:
        packed.writestr("uploads/2013/12/wall.jpg", "in the zip")
        packed.writestr("../2013/12/out.jpg", "outside")
    one = folder(tmp_path / "one", "uploads/2013/12/row.jpg")
    media = Media([tmp_path / "media.zip", one])
    assert found(media, ADDRESS) == "in the zip"
    assert found(media, "/wp-content/uploads/2013/12/row.jpg") == "uploads/2013/12/row.jpg"
    assert media.find("/2013/12/out.jpg") is None
    media.close()


@pytest.mark.parametrize(
    "address",
    ["", "/", "https://[broken/x.jpg", "/../secret", "/a/..%2f..%2fsecret", "/secret%00", "/link.jpg", "/away/secret"],
)
def test_nothing_outside_a_place_is_reached(tmp_path: Path, address: str):
    (tmp_path / "secret").write_text("secret")
    inside = folder(tmp_path / "inside", "a/wall.jpg")
    (inside / "link.jpg").symlink_to(tmp_path / "secret")
    (inside / "away").symlink_to(tmp_path)
    media = Media([inside])
    assert media.find(address) is None
    assert "none of the places" in media.why(address)


def test_what_is_no_place_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / "x.zip").write_text("no zip")
    with pytest.raises(PackedError, match="no zip"):
        Media([tmp_path / "x.zip"])


def test_a_zip_that_lies_about_a_file_ends_in_an_error_of_reading(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "media.zip", "w") as packed:
        packed.writestr("wall.jpg", b"a" * 1000)
    broken = (tmp_path / "media.zip").read_bytes().replace(b"a" * 1000, b"b" * 1000)
    (tmp_path / "media.zip").write_bytes(broken)
    media = Media([tmp_path / "media.zip"])
    file = media.find("/wall.jpg")
    assert file is not None
    with pytest.raises(OSError, match="damaged"):
        file.open()
    media.close()


def test_a_picture_that_is_written_into_a_text_is_found_in_it():
    address = "data:image/png;base64," + base64.b64encode(b"picture").decode()
    assert found(Media(), address) == "picture"
    assert Media().find("data:image/png;base64,!") is None
    assert Media().find("data:image/png") is None
