"""`manage.py import_blog`: what it takes, what it prints, and where the report goes."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from blog.archive.media import Media
from blog.archive.records import Loss, Record
from blog.archive.sources.base import Source, SourceError
from blog.management.commands import import_blog
from blog.models import Archive, Picture, Post
from tests.archive.samples import SAMPLE, written
from tests.archive.sources import SITE, InMemory, a_picture, a_piece, an_archive
from tests.archive.wordpress_exports import export as wordpress_export
from tests.archive.wordpress_exports import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text("<rss/>")
    return path


@pytest.fixture
def run(monkeypatch, settings, tmp_path: Path, export: Path):
    settings.VAR_DIR = tmp_path / "var"

    def call(source: Source | Exception, *args: object, **options: object) -> tuple[str, str]:
        def opened(_path: Path, *, system: str = "", address: str = "") -> Source:
            if isinstance(source, Exception):
                raise source
            return source

        monkeypatch.setattr(import_blog, "open_source", opened)
        out, err = io.StringIO(), io.StringIO()
        call_command("import_blog", export, *args, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return call


def reports(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "var" / "reports").glob("*"))


def test_it_brings_a_blog_and_writes_a_report(run, tmp_path):
    said, _progress = run(an_archive(a_piece(1), Loss("plugin", "Slider", "It has no meaning here.")))

    assert Post.objects.count() == 1
    assert "Pieces: 1 came" in said
    (report,) = reports(tmp_path)
    assert str(report) in said
    assert "Slider" in report.read_text()


def test_a_trial_changes_nothing_and_says_so(run, tmp_path):
    said, _progress = run(an_archive(a_piece(1)), "--dry-run")

    assert not Post.objects.exists()
    assert not Archive.objects.exists()
    assert "nothing was changed" in said
    assert "Pieces: 1 came" in said
    assert reports(tmp_path)[0].name.startswith("trial-")


def test_reports_never_overwrite_each_other(run, tmp_path, export):
    for _turn in range(3):
        run(an_archive(), "--dry-run")
    assert len(reports(tmp_path)) == 3

    with pytest.raises(CommandError, match="is there already, and is no report"):
        run(an_archive(), "--report", export)
    assert export.read_text() == "<rss/>"


def test_a_report_goes_where_it_is_asked_to_go(run, tmp_path):
    for came in ("1 came", "1 here already"):
        run(an_archive(a_piece(1)), "--report", tmp_path / "mine.txt")
        assert f"Pieces: {came}" in (tmp_path / "mine.txt").read_text()


def test_an_interruption_says_how_to_go_on(run, tmp_path):
    with pytest.raises(CommandError, match="Start the same command again") as raised:
        run(an_archive(a_piece(1), breaks_at=4))

    assert raised.value.returncode == 130
    assert "Interrupted" in reports(tmp_path)[0].read_text()
    run(an_archive(a_piece(1)))
    assert Post.objects.count() == 1


class Broken(InMemory):
    """A source that turns out to be broken at its end."""

    def records(self) -> Iterator[Record]:
        yield from self.given
        raise SourceError("The file ends in the middle. Export it again.")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (SourceError("This is no export. Export the blog again."), "^This is no export. Export the blog again.$"),
        (Broken([SITE]), "ends in the middle. Export it again.$"),
        (OSError("[Errno 28] No space left on device"), "No space left"),
        (DatabaseError("database is locked"), "The database can’t be used: database is locked"),
    ],
)
def test_what_goes_wrong_is_a_sentence(run, source, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(source)


def test_a_path_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no"):
        call_command("import_blog", tmp_path / "nothing.xml")


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ([], frozenset()),
        (["--fetch"], frozenset({"old.example", "www.old.example"})),
        (["--fetch", "CDN.example", "old.example"], frozenset({"cdn.example", "old.example"})),
    ],
)
def test_nobody_is_asked_for_files_but_who_may_be(run, monkeypatch, given, hosts):
    asked = []

    def media(places: list[Path], fetches_from: frozenset[str] = frozenset()) -> Media:
        asked.append(fetches_from)
        return Media(places, fetches_from)

    monkeypatch.setattr(import_blog, "Media", media)
    run(an_archive(a_piece(1)), *given)

    assert asked == [hosts]


def test_fetching_takes_a_host(run):
    with pytest.raises(CommandError, match="Name the host"):
        run(InMemory([]), "--fetch")


def ghost() -> str:
    post = {
        "id": "1", "title": "Hives", "slug": "hives", "status": "published", "published_at": "2020-01-02T10:00:00.000Z",
        "html": '<p>A <img src="__GHOST_URL__/content/images/2020/01/hive.png"></p>', "type": "post",
    }  # fmt: skip
    return json.dumps({"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": [post]}}]})


PICTURED = '<p>A <img src="https://old.example/wp-content/uploads/2013/12/hive.png"></p>'


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize(
    "members",
    [
        {"blog.ghost.json": ghost(), "content/images/2020/01/hive.png": a_picture()},
        {"export.xml": wordpress_export(item(text=PICTURED)), "uploads/2013/12/hive.png": a_picture()},
        {
            "posts/hives.md": "---\ntitle: Hives\ndate: 2020-01-02\n---\nA ![](hive.png)\n",
            "posts/hive.png": a_picture(),
        },
        {"_posts/2020-01-02-a.md": "---\ntitle: A\n---\nA ![](/img/hive.png)\n", "img/hive.png": a_picture()},
    ],
    ids=["ghost", "wordpress", "markdown", "jekyll"],
)
def test_what_lies_in_the_export_itself_is_found(settings, tmp_path, members, is_zip):
    settings.VAR_DIR = tmp_path / "var"
    path = tmp_path / "old"
    for name, content in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    if is_zip:
        with zipfile.ZipFile(tmp_path / "old.zip", "w") as packed:
            for name in members:
                packed.write(path / name, name)
        path = tmp_path / "old.zip"

    call_command("import_blog", path, "--address", "https://old.example", stdout=io.StringIO(), stderr=io.StringIO())

    assert Picture.objects.get().file.url in Post.objects.get().live.body


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_our_own_zips_bring_their_pictures(settings, tmp_path, monkeypatch, to):
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr("tests.archive.samples.open_file", lambda _file: io.BytesIO(a_picture()))
    written(to, tmp_path / "ours.zip", SAMPLE)

    call_command("import_blog", tmp_path / "ours.zip", stdout=io.StringIO(), stderr=io.StringIO())

    assert Post.objects.get(slug="who").live.lead_picture == Picture.objects.get()
