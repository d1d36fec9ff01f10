"""Preparing pictures: claimed once, taken over from a killed worker, tried again, kept on failure."""

import datetime as dt
import io

import pytest
from django.core.management import call_command

from blog import keys
from blog.editorial.upkeep import renditions
from blog.models import Author, Picture, Purge
from tests.factories import NOW, make_author
from tests.pictures import make_picture, make_renditions

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def read(picture: Picture) -> bytes:
    with picture.file.storage.open(picture.file.name or "") as file:
        return file.read()


def write(picture: Picture, content: bytes) -> None:
    with picture.file.storage.open(picture.file.name or "", "wb") as file:
        file.write(content)


def names(picture: Picture) -> set[str]:
    folder = (picture.file.name or "").rsplit("/", 1)[0]
    return set(picture.file.storage.listdir(folder)[1])


def test_a_picture_is_prepared_once():
    picture = make_picture((500, 300))
    assert picture.renditions == {}

    assert (renditions.make_due(at=NOW), renditions.make_due(at=NOW)) == (1, 0)

    picture.refresh_from_db()
    assert picture.renditions
    assert picture.renditions_due_at is None
    assert len(names(picture)) == 5


def test_pages_that_show_it_are_out_of_date_once_it_is_prepared():
    picture = make_picture((500, 300))
    portrait = make_picture((200, 200))
    author = make_author()
    Author.objects.filter(pk=author.pk).update(portrait=portrait)
    Purge.objects.all().delete()

    make_renditions()

    marked = {keys.picture(picture.pk), keys.picture(portrait.pk), keys.author(author.pk)}
    assert set(Purge.objects.filter(due_at=NOW).values_list("key", flat=True)) == marked


def test_a_killed_workers_picture_is_taken_over_when_its_lease_runs_out():
    picture = make_picture()
    assert renditions.claim_next(at=NOW) == picture
    storage = picture.file.storage
    with storage.open(picture.rendition_name(40, "avif"), "wb") as half:
        half.write(b"half of a rendition")

    assert renditions.make_due(at=NOW + 4 * MINUTE) == 0
    assert renditions.make_due(at=NOW + 6 * MINUTE) == 1

    assert len(names(picture)) == 3
    with storage.open(picture.rendition_name(40, "avif")) as whole:
        assert whole.read() != b"half of a rendition"


def test_a_worker_that_was_taken_for_dead_writes_nothing_down():
    make_picture()
    slow = renditions.claim_next(at=NOW)
    quick = renditions.claim_next(at=NOW + 6 * MINUTE)
    assert slow
    assert quick

    assert renditions.make(slow, at=NOW + 6 * MINUTE) is False
    assert renditions.make(quick, at=NOW + 6 * MINUTE) is True

    assert len(names(quick)) == 3


def test_a_picture_that_cannot_be_read_delays_itself_alone_and_is_kept():
    lost, other = make_picture(), make_picture()
    lost.file.storage.delete(lost.file.name)

    assert renditions.make_due(at=NOW, most=5) == 1

    for row in (lost, other):
        row.refresh_from_db()
    assert other.renditions
    assert (lost.attempts, lost.renditions_due_at) == (1, NOW + MINUTE)
    assert "FileNotFoundError" in lost.last_error


def test_after_its_last_try_a_picture_stays_as_it_was_taken_in_until_somebody_asks():
    picture = make_picture()
    content = read(picture)
    picture.file.storage.delete(picture.file.name)
    for day in range(9):
        renditions.make_due(at=NOW + dt.timedelta(days=day))
    picture.refresh_from_db()
    assert picture.renditions_due_at is None
    assert picture.attempts == 4
    write(picture, content)

    call_command("renew_pictures", missing=True, stdout=io.StringIO())
    assert Picture.objects.exclude(renditions_due_at=None).get() == picture
    Picture.objects.update(renditions_due_at=NOW)
    make_renditions(picture)

    assert picture.renditions


def test_a_picture_under_which_every_worker_died_is_left_alone():
    make_picture()

    claimed = [renditions.claim_next(at=NOW + dt.timedelta(hours=hour)) for hour in range(9)]

    assert sum(picture is not None for picture in claimed) == 4


def test_preparing_anew_removes_what_is_no_rendition_any_more(monkeypatch, django_capture_on_commit_callbacks):
    picture = make_picture((700, 300))
    make_renditions()
    monkeypatch.setattr(renditions, "WIDTHS", (600,))
    Picture.objects.update(renditions_due_at=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        make_renditions(picture)

    assert picture.renditions == {"avif": [600], "jpg": [600]}
    assert len(names(picture)) == 3


def test_a_picture_goes_with_its_renditions(django_capture_on_commit_callbacks):
    picture, other = make_picture(), make_picture()
    make_renditions(picture, other)

    with django_capture_on_commit_callbacks(execute=True):
        renditions.take_away(picture=picture)

    assert not Picture.objects.filter(pk=picture.pk).exists()
    assert {name.split("-")[0].split(".")[0] for name in names(other)} == {other.file.name.split("/")[-1].split(".")[0]}


def test_a_picture_that_is_still_shown_stays():
    picture = make_picture()
    Author.objects.filter(pk=make_author().pk).update(portrait=picture)

    renditions.take_away(picture=picture)

    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_taken_away_while_it_is_prepared_leaves_nothing_behind(django_capture_on_commit_callbacks):
    other = make_picture()
    make_picture()
    Picture.objects.filter(pk=other.pk).update(renditions_due_at=None)
    claimed = renditions.claim_next(at=NOW)
    assert claimed
    with django_capture_on_commit_callbacks(execute=True):
        renditions.take_away(picture=Picture.objects.get(pk=claimed.pk))
    write(claimed, read(other))

    assert renditions.make(claimed, at=NOW) is False

    assert names(other) == {other.file.name.split("/")[-1], claimed.file.name.split("/")[-1]}
