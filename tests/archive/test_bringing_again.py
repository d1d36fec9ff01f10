"""A blog from elsewhere comes again: with files that were missing, after a run that was killed, and counted alike."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from blog.archive.bringing_in import bring_in
from blog.archive.records import File
from blog.archive.report import Report
from blog.models import Arrival, Author, Document, OldPath, Picture, Post
from tests.archive.sources import AMIR, DRAINS, OLD, PUMP, SEWERS, WATER, InMemory, Shelf, a_picture, a_piece
from tests.archive.sources import SITE as OLD_SITE

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
FACE = f"{OLD}/files/amir.png"
WITH_FACE = dataclasses.replace(AMIR, portrait=FACE)
REPORT = File(f"{OLD}/files/r-1.pdf", name="Report of 2013: Drains & Co.pdf")


def bring(source: InMemory, shelf: Shelf | None = None) -> Report:
    shelf = shelf or Shelf()
    return bring_in(source=source, media=shelf, at_hand=shelf, at=NOW)


def files() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_portrait_that_was_missing_comes_with_a_later_run():
    source, shelf = InMemory([OLD_SITE, WITH_FACE]), Shelf({FACE: a_picture()})
    assert "Nobody has it" in "".join(bring(source).lines())

    completed, again = bring(source, shelf), bring(source, shelf)

    assert Author.objects.get().portrait == Picture.objects.get()
    assert (completed.counts["author"], again.counts["author"]) == ({"renewed": 1}, {"known": 1})
    Author.objects.update(portrait=None)
    bring(source, shelf)
    # Taken away by somebody here
    assert Author.objects.get().portrait is None


def test_a_portrait_that_somebody_has_chosen_here_stays():
    source = InMemory([OLD_SITE, WITH_FACE])
    bring(source)
    chosen = Picture.objects.create(file="pictures/ours.png", width=9, height=9, alt="", uploaded_at=NOW)
    Author.objects.update(portrait=chosen)

    bring(source, Shelf({FACE: a_picture()}))

    assert Author.objects.get().portrait == chosen


def test_the_second_run_counts_what_the_first_one_counted():
    same_name = dataclasses.replace(DRAINS, key="drains-2", slug="drains-2")
    pieces = [a_piece(1, also_in=("sewers",)), a_piece(2, also_in=("sewers",))]
    source = InMemory([OLD_SITE, AMIR, WATER, SEWERS, DRAINS, same_name, *pieces])

    first, second = bring(source), bring(source)

    assert first.counts["tag"] == {"new": 2, "known": 1}
    assert second.counts["tag"] == {"known": 3}
    assert {what: counted.total() for what, counted in first.counts.items()} == {
        what: counted.total() for what, counted in second.counts.items()
    }


@pytest.mark.parametrize(
    ("file", "content", "model"), [(PUMP, a_picture(), Picture), (REPORT, b"%PDF-1.4\n%%EOF\n", Document)]
)
def test_a_file_without_a_row_that_a_killed_run_left_is_written_over(file, content, model):
    shelf = Shelf({file.address: content})
    bring(InMemory([OLD_SITE, file]), shelf)
    (left,) = files()
    # As if it had been killed before the row was there
    model.objects.all().delete()
    Arrival.objects.all().delete()
    OldPath.objects.all().delete()
    left.write_bytes(b"half")

    bring(InMemory([OLD_SITE, file]), shelf)

    assert files() == [left]
    assert left.stat().st_size > len(b"half")
    assert Path(settings.MEDIA_ROOT) / model.objects.get().file.name == left


def test_a_document_is_saved_under_a_name_that_people_can_read():
    shelf = Shelf({REPORT.address: b"%PDF-1.4\n%%EOF\n"})

    bring(InMemory([OLD_SITE, REPORT, AMIR, a_piece(1, body=f'<p><a href="{REPORT.address}">It</a></p>')]), shelf)

    document = Document.objects.get()
    assert document.name == "Report of 2013: Drains & Co.pdf"
    folder, name = document.file.name.split("/")[-2:]
    assert (len(folder), name) == (32, "report-of-2013-drains-co.pdf")
    assert f'href="{document.file.url}"' in Post.objects.get().live.body
