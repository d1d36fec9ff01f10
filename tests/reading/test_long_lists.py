"""Long lists: pages from both ends, counts without what lies ahead, and what a page says it shows."""

import datetime as dt

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from blog import keys
from blog.models import Post
from blog.reading import counts, indexes, lists
from blog.reading import series as runs
from blog.reading.shown import collected
from blog.states import State
from tests.factories import CategoryFactory, SeriesFactory, make_author, make_piece, make_published
from tests.reading.surfaces import make_subject, written_by

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 2, 20, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def many(db, monkeypatch) -> list[Post]:
    monkeypatch.setattr(lists, "A_PAGE", 2)
    category = CategoryFactory(slug="lists")
    return [make_published(category=category, at=NOW - n * DAY) for n in range(7)]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_pages_from_either_end_have_the_same_order(many, number: int):
    for pieces in (
        lists.everything(moment=NOW),
        lists.of_year(2026, moment=NOW),
        lists.of_month(dt.date(2026, 2, 1), moment=NOW),
        lists.kept(keys.in_category(many[0].category_id), moment=NOW),
    ):
        count = pieces.count
        found = lists.a_page_of(pieces.newest_first, number, count, size=2)
        assert found == [post.pk for post in many][2 * number - 2 : 2 * number]
        assert [entry.post.pk for entry in lists.list_page(pieces, 1, moment=NOW).entries][:2] == [
            post.pk for post in many[:2]
        ]


def test_what_lies_ahead_is_in_no_count_until_its_time():
    subject = make_subject(State.PUBLISHED, at=NOW, go_out_at=NOW + 2 * DAY)
    later = make_subject_again(subject)
    for moment, count in ((NOW, 0), (NOW + DAY, 1), (NOW + 2 * DAY, 2)):
        for pieces in (
            lists.everything(moment=moment),
            lists.of_year(2026, moment=moment),
            lists.of_month(dt.date(2026, 2, 1), moment=moment),
            lists.kept(keys.in_category(later.category_id), moment=moment),
        ):
            assert pieces.count == count == pieces.newest_first.count()
        assert [year.count for year in counts.years(moment=moment)] == [count] * bool(count)
        assert [topic.count for topic in counts.categories(moment=moment)] == [count] * bool(count)
        assert counts.writers(moment=moment).count == count
        assert [row.published for row in runs.series_page(moment=moment).rows] == [count] * bool(count)
        assert len(runs.in_progress(moment=moment, most=4)) == bool(count)


def make_subject_again(subject) -> Post:
    """Make another piece beside it, which comes out a day earlier."""
    return make_piece(
        State.PUBLISHED,
        at=NOW,
        go_out_at=NOW + DAY,
        category=subject.category,
        series=subject.series,
        part_number=2,
    )


def test_series_stand_in_the_order_of_their_newest_part_that_is_out(monkeypatch):
    monkeypatch.setattr(runs, "A_PAGE", 2)
    found = [SeriesFactory(planned_parts=3) for _ in range(5)]
    for n, series in enumerate(found):
        make_published(series=series, part_number=1, at=NOW - n * DAY)
    # These have a part ahead, which moves them nowhere yet
    for n in (1, 4):
        make_piece(State.PUBLISHED, series=found[n], part_number=2, at=NOW, go_out_at=NOW + DAY)
    pages = [runs.series_page(moment=NOW, number=number).rows for number in (1, 2, 3)]
    assert [[row.series for row in rows] for rows in pages] == [found[0:2], found[2:4], found[4:]]
    assert [row.series for row in runs.in_progress(moment=NOW, most=3)] == found[:3]
    with pytest.raises(Http404):
        runs.series_page(moment=NOW, number=4)
    after = runs.series_page(moment=NOW + DAY).rows
    assert {row.series for row in after} == {found[1], found[4]}


def test_writers_are_paged_in_the_order_of_the_alphabet(client: Client, monkeypatch):
    monkeypatch.setattr(counts, "WRITERS_A_PAGE", 2)
    for name in ("Cass Lee", "ann low", "Ben May"):
        make_published(**written_by(name=name), at=NOW)
    make_author(name="Nobody Yet")
    first, second = client.get("/writers/").text, client.get("/writers/page/2/").text
    assert first.index("ann low") < first.index("Ben May")
    assert "Cass Lee" not in first
    assert "Cass Lee" in second
    assert "Nobody Yet" not in first + second
    assert client.get("/writers/page/3/").status_code == 404
    assert client.get("/writers/page/1/").status_code == 301


def test_the_most_used_subjects_are_those_that_readers_see(monkeypatch):
    monkeypatch.setattr(counts, "MOST_TAGS", 1)
    make_subject(State.PUBLISHED, at=NOW, go_out_at=NOW + DAY)
    assert counts.tags(moment=NOW) == []
    assert len(counts.tags(moment=NOW + DAY)) == 1


def test_a_page_says_what_it_shows():
    subject = make_subject(State.PUBLISHED, at=NOW)
    post, author = subject.post, subject.post.bylines.get().author
    piece = {keys.piece(post.pk), keys.discussion(post.pk), keys.author(author.pk)}
    series = {keys.in_series(subject.series.pk), keys.topic("series", subject.series.pk)}
    category, tag = subject.category, subject.tag
    for build, shown in (
        (lambda: indexes.home(moment=NOW), {*piece, *series, keys.ALL, keys.SERIES, keys.COMMENTS}),
        (lambda: indexes.year(year=2026, moment=NOW), {*piece, *series, "list:2026"}),
        (lambda: indexes.month(year=2026, month=2, moment=NOW), {*piece, "list:2026-02"}),
        (
            lambda: indexes.category(slug=category.slug, moment=NOW),
            {*piece, keys.in_category(category.pk), keys.topic("category", category.pk)},
        ),
        (lambda: indexes.tag(slug=tag.slug, moment=NOW), {*piece, keys.with_tag(tag.pk), keys.topic("tag", tag.pk)}),
        (lambda: indexes.author(slug=author.slug, moment=NOW), {*piece, keys.by_author(author.pk)}),
        (lambda: indexes.series(slug=subject.series.slug, moment=NOW), {*piece, *series}),
        (lambda: indexes.series_list(moment=NOW), {keys.SERIES, keys.topic("series", subject.series.pk)}),
        (lambda: indexes.authors(moment=NOW), {keys.author(author.pk), keys.AUTHORS, keys.ALL}),
        (
            lambda: indexes.archive(moment=NOW),
            {keys.ALL, keys.topic("category", category.pk), keys.topic("tag", tag.pk)},
        ),
    ):
        with collected() as found:
            build()
        assert shown <= found


def test_the_clock_alone_moves_a_piece_into_the_counts(client: Client):
    now = timezone.now()
    make_subject(State.PUBLISHED, at=now - DAY, go_out_at=now + DAY)
    assert "Nothing has been published yet" in client.get("/archive/").text
    assert "1 piece" in indexes.archive(moment=now + DAY)
