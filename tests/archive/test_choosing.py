"""Which system an export comes from is seen by its content."""

import json
import zipfile

import pytest

from blog.archive.records import Piece
from blog.archive.sources.base import SourceError
from blog.archive.sources.choosing import open_source, systems

GHOST = json.dumps(
    {
        "db": [
            {
                "meta": {"exported_on": 1},
                "data": {
                    "posts": [
                        {"id": "1", "title": "G", "slug": "g", "status": "published", "published_at": "2020-01-01"}
                    ],
                    "posts_tags": [],
                },
            }
        ]
    }
)
SQL = "-- MySQL dump\nCREATE TABLE `j_content` (`id` int, `title` text, `introtext` text);\nINSERT INTO `j_content` VALUES (1,'J','x');\n"
API = json.dumps(
    {"data": [{"type": "articles", "id": "1", "attributes": {"title": "A", "state": 1, "created": "2020-01-01"}}]}
)
J2XML = '<?xml version="1.0"?><j2xml version="1"><content><id>1</id><title>X</title></content></j2xml>'
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>F</title><link>https://f.example/</link></item></channel></rss>'
WXR = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title><link>https://w.example</link><wp:wxr_version>1.2</wp:wxr_version>'
    "<item><title>W</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>"
)
TEXT = "---\ntitle: M\ndate: 2020-01-01\n---\nx"
SAMPLES = [
    ("export.json", GHOST, "ghost"), ("dump.sql", SQL, "joomla"), ("api.json", API, "joomla"), ("j2.xml", J2XML, "joomla"),
    ("feed.xml", RSS, "feed"), ("wp.xml", WXR, "wordpress"), ("text.md", TEXT, "folder"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "system"), SAMPLES)
@pytest.mark.parametrize("is_packed", [False, True])
def test_each_system_is_recognised_by_itself_and_in_a_zip(tmp_path, name, content, system, is_packed):
    path = tmp_path / name
    path.write_text(content)
    if is_packed:
        packed = tmp_path / "all.zip"
        with zipfile.ZipFile(packed, "w") as made:
            made.write(path, f"data/{name}")
            made.writestr("content/images/a.jpg", b"x")
            made.writestr("../evil.json", GHOST)
        path = packed
    source = open_source(path)
    assert source.system == system
    assert len([record for record in source.records() if isinstance(record, Piece)]) == 1


def test_a_name_says_nothing(tmp_path):
    path = tmp_path / "export.md"
    path.write_text(GHOST)
    assert open_source(path).system == "ghost"


def test_pages_beside_an_export_are_its_own_and_a_feed_beside_texts_is_theirs(tmp_path):
    (tmp_path / "a.md").write_text(TEXT)
    (tmp_path / "feed.xml").write_text(RSS)
    assert open_source(tmp_path).system == "folder"
    (tmp_path / "ghost.json").write_text(GHOST)
    assert open_source(tmp_path).system == "ghost"


def test_several_systems_are_asked_about(tmp_path):
    (tmp_path / "ghost.json").write_text(GHOST)
    (tmp_path / "dump.sql").write_text(SQL)
    with pytest.raises(SourceError, match="name the system"):
        open_source(tmp_path)
    assert open_source(tmp_path, system="joomla").system == "joomla"


def test_several_exports_of_one_system_are_asked_about(tmp_path):
    (tmp_path / "a.json").write_text(GHOST)
    (tmp_path / "b.json").write_text(GHOST)
    with pytest.raises(SourceError, match="one of them at a time"):
        open_source(tmp_path)


@pytest.mark.parametrize(
    "content",
    ["", "words", "\x00\x01", "{}", '<?xml version="1.0"?><x/>', "-- MySQL dump\nCREATE TABLE `wp_posts` (`ID` int);"],
)
def test_what_nothing_fits_ends_in_a_sentence(tmp_path, content):
    path = tmp_path / "file.bin"
    path.write_text(content)
    with pytest.raises(SourceError, match="isn't recognised"):
        open_source(path)


def test_what_isnt_there_or_empty_ends_in_a_sentence(tmp_path):
    with pytest.raises(SourceError, match="no file or folder"):
        open_source(tmp_path / "none")
    with pytest.raises(SourceError, match="nothing in"):
        open_source(tmp_path)
    with pytest.raises(SourceError, match="no system"):
        open_source(tmp_path, system="typo3")
    assert set(systems()) == {"wlg", "wordpress", "ghost", "joomla", "feed", "folder"}
