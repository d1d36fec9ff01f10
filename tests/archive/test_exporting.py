"""`export_blog`: a whole file or none, the same bytes for the same blog, and nothing written over."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from blog.archive import taking_out
from blog.archive.formats import exporting
from blog.archive.formats.new_files import ExportError, new_file
from blog.models import PlainPage
from tests.factories import make_comment, make_published

pytestmark = pytest.mark.django_db
ENDINGS = {"markdown": "zip", "wxr": "xml", "json": "zip"}


@pytest.fixture(scope="module")
def blog(kept_rows) -> None:
    post = make_published(title="Who keeps the bees?")
    make_comment(post, post.bylines.get().author.identity.user)


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("export_blog", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("to", ENDINGS)
def test_every_format_is_written_verified_and_the_same_twice(blog, tmp_path: Path, to: str):
    first, second = tmp_path / f"a.{ENDINGS[to]}", tmp_path / f"b.{ENDINGS[to]}"
    report = run(to, first)
    assert report.startswith("Written: 1 piece, 1 comment, 4 pages, 1 author")
    run(to, second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]


def test_what_is_there_stays_unless_it_is_to_be_replaced(blog, tmp_path: Path):
    target = tmp_path / "blog.zip"
    target.write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        run("json", target)
    assert target.read_text() == "mine"
    run("json", target, "--replace")
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize(("more", "others_may"), [((), True), (("--with-unpublished",), False)])
def test_what_is_not_published_yet_is_for_its_owner_alone(blog, tmp_path: Path, more, others_may):
    run("json", tmp_path / "blog.zip", *more)

    assert bool((tmp_path / "blog.zip").stat().st_mode & 0o077) is others_may


def test_a_folder_is_never_replaced_and_a_missing_one_is_named(blog, tmp_path: Path):
    with pytest.raises(CommandError, match="is there already"):
        run("json", tmp_path, "--replace")
    with pytest.raises(CommandError, match="Nothing can be written into"):
        run("json", tmp_path / "nowhere" / "blog.zip")


@pytest.mark.parametrize(
    ("error", "sentence", "status"),
    [
        (OSError(28, "No space left on device"), "No space left", 1),
        (DatabaseError("disk I/O error\nmore"), "can’t be used: disk I/O error. Nothing was written.", 1),
        (KeyboardInterrupt(), "Interrupted. Nothing was written.", 130),
    ],
)
@pytest.mark.usefixtures("blog")
def test_an_export_that_ends_half_way_leaves_nothing(tmp_path: Path, monkeypatch, error, sentence, status):
    def half(**options: object) -> Iterator[object]:
        yield from list(taking_out.subjects.people(**options))
        raise error

    monkeypatch.setattr(exporting.taking_out, "records", half)
    with pytest.raises(CommandError, match=sentence) as raised:
        run("json", tmp_path / "blog.zip")
    assert raised.value.returncode == status
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_does_not_read_back_is_not_kept(blog, tmp_path: Path, monkeypatch):
    short = exporting.Format(exporting.json_zip.write, lambda path: exporting.Counter(piece=7))
    monkeypatch.setitem(exporting.FORMATS, "json", short)
    with pytest.raises(CommandError, match="does not read back"):
        run("json", tmp_path / "blog.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_came_there_meanwhile_stays(tmp_path: Path):
    target = tmp_path / "blog.zip"

    def write_both() -> None:
        with new_file(target) as path:
            path.write_text("ours")
            target.write_text("theirs")

    with pytest.raises(ExportError, match="meanwhile"):
        write_both()
    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_a_trial_says_what_would_go_out_and_writes_nothing(blog, tmp_path: Path):
    assert "would be: 1 piece, 1 comment, 4 pages, 1 author" in run("json", tmp_path / "blog.zip", "--dry-run")
    assert list(tmp_path.iterdir()) == []


def test_the_report_goes_into_a_file(blog, tmp_path: Path):
    PlainPage.objects.filter(slug="about").update(body='<p><a href="/media/documents/gone.pdf">Gone</a></p>')
    assert "/media/documents/gone.pdf" in run("markdown", tmp_path / "a.zip", "--report", tmp_path / "report.txt")
    assert "/media/documents/gone.pdf" in (tmp_path / "report.txt").read_text()
    with pytest.raises(CommandError, match="Name another file for the report"):
        run("markdown", tmp_path / "b.zip", "--report", tmp_path / "a.zip")
    with pytest.raises(CommandError, match="no folder"):
        run("markdown", tmp_path / "b.zip", "--report", tmp_path / "nowhere" / "report.txt")
