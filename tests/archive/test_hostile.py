"""Archives, and what they lead to, made by somebody who means harm: past the sources, and common to several."""

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from blog.archive.bringing_in import bring_in
from blog.archive.bringing_in.sound import sound
from blog.archive.packed import Packed
from blog.archive.records import Page, Person, Piece, PieceState, Record, Remark, Site
from blog.archive.sources import ghost
from blog.archive.sources.base import SourceError
from blog.archive.sources.choosing import open_source
from blog.archive.sources.findings import Findings
from blog.archive.sources.folder import front_matter
from blog.archive.sources.json_bounds import Bounded
from blog.archive.sources.values import is_never
from blog.editorial.arriving import arrivals, pages
from blog.editorial.arriving.pages import ArrivingPage
from blog.editorial.upkeep import old_paths
from blog.management.long_command import harmless
from blog.models import Archive, OldPath, PlainPage, Post
from blog.states import State
from tests.archive.sources import DAY, InMemory, Shelf
from tests.archive.wordpress_exports import export, item

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HALF = "a\ud800b\0"


def come(*records: Record) -> None:
    bring_in(source=InMemory([Site("Old", "", "https://old.example"), *records]), media=Shelf(), at=NOW)


def test_what_is_no_character_is_replaced_however_deep():
    piece = Piece(HALF, "é", "\U0001f600", addresses=("/x/", HALF), remarks=(Remark("1", HALF, "x", DAY),))

    fixed = sound(piece)

    assert fixed == replace(piece, key="a�b", addresses=("/x/", "a�b"), remarks=(Remark("1", "a�b", "x", DAY),))
    assert sound(fixed) is fixed
    assert sound(replace(piece, key="\ud83d\ude00", addresses=(), remarks=())).key == "\U0001f600"


@pytest.mark.django_db
def test_halves_of_characters_and_an_endless_wait_do_no_harm():
    person = Person(HALF, HALF, slug=HALF, addresses=(f"/{HALF}/",))
    text = Piece(
        "1", HALF, HALF, slug=HALF, published_at=DAY, addresses=(f"/{HALF}/",), remarks=(Remark("1", HALF, HALF, DAY),)
    )
    never = Piece("2", "Never", "<p>x</p>", published_at=DAY.replace(year=9999))

    come(person, text, never)

    assert set(Post.objects.values_list("state", "published_at")) == {(State.PUBLISHED, DAY), (State.DRAFTING, None)}


@pytest.mark.django_db
def test_two_pages_of_one_address_are_two():
    come(*(Page(str(number), "Bins", f"<p>{number}</p>", slug="bins") for number in range(4)))

    rows = PlainPage.objects.filter(slug__startswith="bins")
    assert {row.slug: row.body for row in rows} == {
        "bins": "<p>0</p>", "bins-2": "<p>1</p>", "bins-3": "<p>2</p>", "bins-4": "<p>3</p>"
    }  # fmt: skip


@pytest.mark.django_db
def test_free_addresses_of_pages_take_few_queries(django_assert_max_num_queries):
    PlainPage.objects.bulk_create(
        PlainPage(slug=f"bins-{number}" if number else "bins", title="x", body="x", changed_at=NOW)
        for number in [0, *range(2, 60)]
    )
    archive = Archive.objects.create(name="old", system="folder", begun_at=NOW)
    arrivals.add(archive, "plainpage", [("0", PlainPage.objects.get(slug="bins").pk, "")])
    with django_assert_max_num_queries(45):
        pages.arrive(archive=archive, pages=[ArrivingPage("1", "d", "Bins", slug="bins")], at=NOW)

    assert PlainPage.objects.filter(slug="bins-60").exists()


@pytest.mark.parametrize(
    ("value", "is_one"),
    [("9999-12-31 23:59:59", True), ("12013-01-01", True), (dt.date(9999, 1, 1), True), ("2013-01-01", False), ("", False), (None, False)],
)  # fmt: skip
def test_a_date_beyond_all_years_says_never(value, is_one):
    assert is_never(value) is is_one


def test_what_waits_for_a_time_that_cant_be_read_is_not_published(tmp_path: Path):
    rows = [
        {"id": str(number), "title": "x", "status": status, "published_at": at, "created_at": "2013-12-10T09:00:00Z"}
        for number, (status, at) in enumerate([("scheduled", "9999-12-31"), ("scheduled", None), ("published", None)])
    ]
    path = tmp_path / "ghost.json"
    path.write_text(json.dumps({"db": [{"meta": {"exported_on": 1}, "data": {"posts": rows, "posts_tags": []}}]}))

    found = [record.state for record in ghost.open_export(path).records() if isinstance(record, Piece)]

    assert found == [PieceState.DRAFT, PieceState.DRAFT, PieceState.PUBLISHED]


@pytest.mark.parametrize(("name", "text"), [
    ("export.xml", export(item(status="future", post_date="9999-12-31 00:00:00", post_date_gmt="9999-12-31 00:00:00"))),
    ("a.md", "---\ntitle: A\ndate: 9999-12-31\n---\nWords"),
    ("b.md", "---\ntitle: A\ndate: someday\nstatus: scheduled\n---\nWords"),
])  # fmt: skip
def test_nor_is_it_in_other_systems(tmp_path: Path, name, text):
    (tmp_path / name).write_text(text)

    found = [row.state for row in open_source(tmp_path).records() if isinstance(row, Piece)]

    assert found == [PieceState.DRAFT]


@pytest.mark.parametrize("above", ["---\ndraft: true\nx: [\n---\n", "+++\ndraft = = true\n+++\n", '{"draft": true, '])
def test_a_text_whose_front_matter_cant_be_read_is_a_draft(above):
    findings = Findings("x")

    assert front_matter.part(f"{above}Words", findings)[0] == {"draft": True}
    assert "draft" in next(iter(findings.take())).why


class Given:
    def __init__(self, *portions: bytes) -> None:
        self.portions = list(portions)

    def read(self, _size: int = -1) -> bytes:
        return self.portions.pop(0) if self.portions else b""


def looked_at(*portions: bytes) -> bytes:
    bounded = Bounded(Given(*portions), name="x")  # type: ignore[arg-type]
    return b"".join(iter(lambda: bounded.read(9), b""))


@pytest.mark.parametrize(
    "portions",
    [
        (b"[" * 101,),
        (b'{"a":' * 60, b"[" * 60),
        (b"[" * 200 + b"]" * 200,),
        (b'["', b'x\\"', b'"' + b"[" * 101),
        (b'["\\', b'\\"' + b"[" * 101),
    ],
)
def test_json_that_nests_without_end_is_refused_before_it_is_parsed(portions):
    with pytest.raises(SourceError, match="deeper"):
        looked_at(*portions)


@pytest.mark.parametrize(
    "portions",
    [(b'["' + b"[" * 500, b"{" * 500 + b'"]'), (b'["\\', b'"' + b"[" * 500 + b'"]'), (b"[[]," * 90 + b"0" + b"]" * 90, b"")],
)  # fmt: skip
def test_brackets_within_texts_nest_nothing(portions):
    assert looked_at(*portions) == b"".join(portions)


def test_a_text_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("blog.archive.sources.json_bounds.MOST_TEXT", 50)
    with pytest.raises(SourceError, match="text of more"):
        looked_at(b'["', b"x" * 40, b"x" * 40)


def test_a_zip_of_many_files_is_opened_few_times(tmp_path: Path, monkeypatch):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2013-12-10-a.md", "---\ntitle: A\n---\nWords")
        for number in range(60):
            packed.writestr(f"more/{number}.html", "x")
    opened = []
    read = Packed._read_zip
    monkeypatch.setattr(Packed, "_read_zip", lambda packed: (opened.append(1), read(packed))[1])

    assert open_source(path).system == "folder"
    assert len(opened) < 20


@pytest.mark.django_db
def test_old_paths_lead_to_no_other_site_and_not_in_circles(client: Client):
    old_paths.keep_literal(
        [
            ("/a/", "//evil.example/"), ("/b/", "/\\evil.example"), ("/c/", "/\t/evil.example/"), ("/d/", "/..\\\\evil.example"),
            ("/one/", "/two/"), ("/two/", "/one/"), ("/grows/*", "/grows/more/"), ("/x/*", "/y/"), ("/y/*", "/x/"),
            ("/self/", "/SELF/"), ("/first/", "/second/"), ("/second/", "/authors/"), ("/in/*", "/in/there/"),
        ],
        at=NOW,
    )  # fmt: skip

    assert not OldPath.objects.filter(path__in=["/a", "/b", "/c", "/d"]).exists()
    asked = ["/one/", "/two/", "/grows/more/z/", "/x/z/", "/self/", "/first/", "/in/z/", "//evil.example/"]
    assert {path: client.get(path).headers.get("Location") for path in asked} == {
        **dict.fromkeys(asked),
        "/first/": "/second/",
        "/in/z/": "/in/there/z/",
    }


def test_what_commands_print_does_nothing_to_a_terminal():
    assert harmless("a\x1b[31m\x9b\u202eb\udcff\r\tc\nd") == "a\ufffd[31m\ufffd\ufffdb\ufffd\ufffd\tc\nd"


@pytest.mark.django_db
def test_a_refusal_shows_nothing_raw_of_a_file(tmp_path: Path):
    path = tmp_path / "blog.jsonl"
    path.write_text(
        '{"record":"archive","format":"wlg-archive","version":1}\n{"record":"site","\\u001b[2J":1}\n', encoding="utf-8"
    )
    with pytest.raises(CommandError) as refused:
        call_command("import_blog", str(path), "--dry-run", verbosity=0)

    assert "\x1b" not in str(refused.value)
    assert "doesn’t know" in str(refused.value)
