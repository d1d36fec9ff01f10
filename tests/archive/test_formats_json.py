"""Our own JSON: as its schema says, read back exactly, and nothing hostile gets further than a sentence."""

import json
import zipfile
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings

from blog.archive.formats.lines import KINDS, VERSION
from blog.archive.records import Record
from blog.archive.sources import own
from blog.archive.sources.base import SourceError
from tests.archive.samples import SAMPLE, written

SCHEMA = json.loads((Path(settings.BASE_DIR) / "docs/archive.schema.json").read_text())
HEAD = '{"record":"archive","format":"wlg-archive","version":1}'
NOTHING = dict.fromkeys(KINDS, 0)


def lines_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as zipped:
        return zipped.read("blog.jsonl").decode().splitlines()


def read(path: Path) -> list[Record]:
    return list(own.open_export(path).records())


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        read(path)
    return str(refused.value)


def lines(path: Path, *rows: str, counts: dict[str, int] | None = None) -> Path:
    end = [json.dumps({"record": "end", "counts": NOTHING | counts})] if counts is not None else []
    path.write_text("\n".join([HEAD, *rows, *end]) + "\n", encoding="utf-8", errors="surrogatepass")
    return path


def test_what_went_out_comes_in_exactly(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    assert read(tmp_path / "blog.zip") == SAMPLE


def test_every_line_is_as_the_schema_says(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    checker = jsonschema.Draft202012Validator(SCHEMA)
    checker.check_schema(SCHEMA)
    assert [
        error.message for line in lines_of(tmp_path / "blog.zip") for error in checker.iter_errors(json.loads(line))
    ] == []


@pytest.mark.parametrize("name", [*KINDS, "credit", "remark", "notice"])
def test_the_schema_knows_every_field_and_no_other(name: str):
    from blog.archive import records

    known = {field.name for field in fields(getattr(records, name.capitalize()))}
    assert set(SCHEMA["$defs"][name]["properties"]) - {"record"} == known


def test_the_schema_is_of_the_version_that_is_written():
    assert SCHEMA["$defs"]["archive"]["properties"]["version"]["const"] == VERSION


def test_files_lie_in_it_under_their_paths_and_lost_ones_are_named(tmp_path: Path):
    outcome = written("json", tmp_path / "blog.zip")
    with zipfile.ZipFile(tmp_path / "blog.zip") as zipped:
        assert zipped.namelist() == ["blog.jsonl", "README.txt", "media/pictures/2026/03/hive.png"]
    assert [loss.which for loss in outcome.losses] == ["https://bees.example/media/documents/2026/03/r.pdf"]


def test_it_is_recognised_as_a_zip_a_folder_and_by_itself(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    (tmp_path / "blog.jsonl").write_text("\n".join(lines_of(tmp_path / "blog.zip")))
    for path in (tmp_path / "blog.zip", tmp_path / "blog.jsonl", tmp_path):
        head = path.read_bytes()[:64] if path.is_file() else b""
        assert own.recognises(path, head)
        assert read(path) == SAMPLE
    assert not own.recognises(tmp_path / "other.json", b'{"db": []}')


def test_it_says_how_far_it_has_come_and_can_be_read_again(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    source = own.open_export(tmp_path / "blog.zip")
    assert source.progress() == 0
    assert list(source.records()) == list(source.records())
    assert source.progress() == 1


def test_a_newer_version_is_refused_with_what_to_do(tmp_path: Path):
    path = tmp_path / "blog.jsonl"
    path.write_text(HEAD.replace('"version":1', '"version":2'))
    assert "newer version" in refusal(path)
    assert "Update" in refusal(path)


@pytest.mark.parametrize("head", ["{}", "[]", "", '{"record":"archive","format":"wlg-archive","version":true}', "\0"])
def test_what_does_not_begin_right_is_refused(tmp_path: Path, head: str):
    path = tmp_path / "blog.jsonl"
    path.write_text(head)
    assert refusal(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    rows = lines_of(tmp_path / "blog.zip")
    path = tmp_path / "cut.jsonl"
    for cut in ("\n".join(rows[:-1]), "\n".join(rows)[:-200]):
        path.write_text(cut)
        assert "cut off" in refusal(path) or "JSON" in refusal(path)


def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    path = tmp_path / "cut.zip"
    path.write_bytes((tmp_path / "blog.zip").read_bytes()[:-300])
    assert refusal(path)


def test_damaged_bytes_in_a_zip_are_refused(tmp_path: Path):
    written("json", tmp_path / "blog.zip")
    content = bytearray((tmp_path / "blog.zip").read_bytes())
    content[200:220] = bytes(20)
    (tmp_path / "broken.zip").write_bytes(content)
    assert refusal(tmp_path / "broken.zip")


@pytest.mark.parametrize(
    "row",
    [
        "[" * 100_000,
        '{"record":' + '{"a":' * 50_000,
        '{"record":"piece","key":"a","title":1,"body":""}',
        '{"record":"piece","key":"a","title":"","body":"","part":true}',
        '{"record":"piece","key":"a","title":"","body":"","part":1e999}',
        '{"record":"piece","key":"a","title":"","body":"","tags":"x"}',
        '{"record":"piece","key":"a","title":"","body":"","credits":[3]}',
        '{"record":"piece","key":"a","title":"","body":"","state":"gone"}',
        '{"record":"piece","key":"a","title":"","body":"","state":[]}',
        '{"record":"piece","key":"a","title":"","body":"","published_at":"2026-03-11T09:00:00"}',
        '{"record":"piece","key":"a","title":"","body":"","published_at":"0001-01-01T00:00:00+14:00"}',
        '{"record":"piece","key":"a","title":"","body":"","published_at":9}',
        '{"record":"piece","key":"a","title":"","body":"","surprise":1}',
        '{"record":"piece","key":"a"}',
        '{"record":"account","key":"a"}',
        '{"record":["piece"]}',
        '{"record":"moved","address":"/a","to":"/b"}\n{"record":"person","key":"a","name":"A"}',
        '{"record":"site","title":' + "9" * 5000 + "}",
        "\ud800",
    ],
    ids=lambda row: row[:70],
)
def test_a_line_that_is_no_record_is_named_by_its_number(tmp_path: Path, row: str):
    assert refusal(lines(tmp_path / "blog.jsonl", row, counts={})).startswith("Line ")


def test_counts_that_do_not_agree_are_refused(tmp_path: Path):
    path = lines(tmp_path / "blog.jsonl", '{"record":"site"}', counts={"site": 2})
    assert "another number" in refusal(path)


def test_an_endless_line_is_refused_in_flat_memory(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(own, "MOST_OF_A_LINE", 3 << 20)
    path = tmp_path / "blog.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("blog.jsonl", "[" * (6 << 20))
    assert "more than" in refusal(path)


def test_a_bomb_is_refused(tmp_path: Path):
    path = tmp_path / "blog.zip"
    row = f'{{"record":"moved","address":"/{"a" * 5_000}","to":"/b"}}\n'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("blog.jsonl", f"{HEAD}\n{row * 1_200}")
    assert "unpacks to more than it should" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_of_them_or_with_names_that_lead_out_is_read_only_where_it_is_clear(tmp_path: Path):
    path = tmp_path / "blog.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("../blog.jsonl", HEAD)
    assert "no blog.jsonl" in refusal(path)
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("blog.jsonl", HEAD)
        zipped.writestr("blog.jsonl", "{}")
    assert "twice" in refusal(path)
