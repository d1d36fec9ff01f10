"""Places in a series. Drafts, scheduled and retracted parts count nothing."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial import publishing
from blog.models import Post, Series
from blog.reading import indexes
from blog.reading import series as runs
from blog.states import State
from tests.factories import SeriesFactory, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def part(series: Series, number: int, state: State = State.PUBLISHED, **fields) -> Post:
    return make_piece(state, series=series, part_number=number, title=f"The part called {number}", at=AT, **fields)


def page_of(client: Client, post: Post) -> str:
    return client.get(post.get_absolute_url()).text


@pytest.mark.parametrize("planned", [None, 2])
def test_a_drafted_part_does_not_count(client: Client, planned):
    series = SeriesFactory(planned_parts=planned)
    first = part(series, 1)
    part(series, 2)
    part(series, 3, State.IN_PROOF)
    part(series, 4, go_out_at=timezone.now() + dt.timedelta(days=2))
    text = page_of(client, first)
    assert "Part 1 of 2 in" in text
    assert "called 3" not in text
    assert "called 4" not in text


def test_a_part_never_has_a_number_above_the_total(client: Client):
    series = SeriesFactory(planned_parts=5)
    assert "Part 6 of 6 in" in page_of(client, part(series, 6))


def test_a_retracted_part_stops_counting(client: Client):
    series = SeriesFactory()
    first, second = part(series, 1), part(series, 2)
    publishing.retract(post=second, reason="Wrong.", by=make_editor(), at=timezone.now())
    text = page_of(client, first)
    assert "of 2" not in text
    assert "called 2" not in text


def test_planned_parts_are_told_without_their_titles(client: Client):
    series = SeriesFactory(planned_parts=3)
    first = part(series, 1)
    part(series, 2, State.READY)
    for text in (page_of(client, first), client.get(series.get_absolute_url()).text):
        assert text.count("<span>Planned</span>") == 2
        assert "called 2" not in text


def test_the_parts_beside_it_are_those_that_are_out(client: Client):
    series = SeriesFactory(planned_parts=4)
    first, _, third = part(series, 1), part(series, 2, State.DRAFTING), part(series, 3)
    assert f'rel="next" href="{third.get_absolute_url()}"' in page_of(client, first)
    assert f'rel="prev" href="{first.get_absolute_url()}"' in page_of(client, third)


def test_the_part_that_is_read_is_marked(client: Client):
    series = SeriesFactory(planned_parts=2)
    assert "You are reading this" in page_of(client, part(series, 1))


def test_a_series_in_progress_shows_how_far_it_has_come(client: Client):
    series = SeriesFactory(title="Small lists", planned_parts=4)
    part(series, 1)
    part(series, 2, State.SUBMITTED)
    assert "1 of 4 published" in client.get("/").text
    assert "1 of 4 published" in client.get("/series/").text


def test_a_finished_series_is_not_in_progress(client: Client):
    part(SeriesFactory(planned_parts=1), 1)
    assert "Series in progress" not in client.get("/").text


def test_a_series_of_which_nothing_is_out_does_not_exist(client: Client):
    series = SeriesFactory(title="Hush", planned_parts=4)
    part(series, 1, State.READY)
    assert client.get(series.get_absolute_url()).status_code == 404
    assert "Hush" not in client.get("/series/").text


def test_a_piece_without_a_number_is_in_the_series_all_the_same(client: Client):
    series = SeriesFactory(title="Small lists")
    post = make_published(series=series, title="An aside", at=AT)
    assert "In <a" in " ".join(page_of(client, post).split())
    assert "An aside" in client.get(series.get_absolute_url()).text


def test_a_huge_plan_does_not_make_a_huge_page():
    series = SeriesFactory(planned_parts=32_000)
    part(series, 20_000)
    stations = runs.run(series, moment=timezone.now()).stations
    assert [(station.first, station.last) for station in stations] == [(1, 19_999), (20_000, 20_000), (20_001, 32_000)]
    assert runs.series_page(moment=timezone.now()).rows[0].dots == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_series_page_takes_as_many_queries_for_three_parts_as_for_one(django_assert_num_queries, count: int):
    series = SeriesFactory(slug="small-lists", planned_parts=4)
    for number in range(1, count + 1):
        part(series, number)
    with django_assert_num_queries(8):
        indexes.series(slug="small-lists", moment=timezone.now())
