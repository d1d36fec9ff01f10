"""Lists: their pages, their dates, their order."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Category, Post
from blog.reading import indexes
from blog.states import State
from tests.factories import CategoryFactory, make_author, make_piece, make_published
from tests.reading.surfaces import make_subject

pytestmark = pytest.mark.django_db
FEBRUARY = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def twelve(db) -> list[Post]:
    return [make_published(title=f"Piece {n:02}", at=FEBRUARY + dt.timedelta(hours=n)) for n in range(12)]


def test_ten_entries_a_page_the_newest_first(client: Client, twelve):
    first, second = client.get("/").text, client.get("/page/2/").text
    assert first.index("Piece 11") < first.index("Piece 10") < first.index("Piece 02")
    assert "Piece 01" not in first
    assert "Piece 01" in second
    assert "Piece 00" in second
    assert "Piece 02" not in second


def test_the_first_page_has_one_address(client: Client, twelve):
    for path in ("/", "/2026/", "/2026/02/", "/2026/02/03/"):
        response = client.get(f"{path}page/1/")
        assert (response.status_code, response["Location"]) == (301, path)


def test_beyond_the_end_there_is_nothing(client: Client, twelve):
    for path in ("/page/3/", "/page/0/", "/page/99999999999999999999/", "/2026/page/3/", "/2026/page/0/"):
        assert client.get(path).status_code == 404, path
    assert client.get("/writers/page/0/").status_code == 404


def test_dated_lists_have_pages_too(client: Client, twelve):
    for path in ("/2026/page/2/", "/2026/02/page/2/"):
        assert "Piece 01" in client.get(path).text, path


def test_a_time_without_pieces_is_no_page(client: Client, twelve):
    for path in ("/2025/", "/2026/03/", "/2026/02/04/", "/2026/02/30/", "/2026/13/", "/0000/", "/9999/"):
        assert client.get(path).status_code == 404, path


def test_days_begin_at_midnight_in_london(client: Client):
    make_published(title="Just after midnight", at=dt.datetime(2025, 6, 30, 23, 30, tzinfo=dt.UTC))
    assert "Just after midnight" in client.get("/2025/07/01/").text
    assert client.get("/2025/06/").status_code == 404
    assert client.get("/2025/07/01/just-after-midnight/").status_code == 200


def test_the_archive_counts_what_readers_can_see(client: Client, twelve):
    make_piece(State.READY, at=FEBRUARY)
    text = client.get("/archive/").text
    assert "12 pieces" in text
    assert "/2026/02/" in text


def test_a_category_without_pieces_says_what_will_stand_there(client: Client):
    category: Category = CategoryFactory()
    assert "Nothing has been published here yet" in client.get(category.get_absolute_url()).text


def test_an_empty_blog_has_a_front_page(client: Client):
    assert "The first piece will stand here" in client.get("/").text


def test_two_names_are_joined_by_and(client: Client):
    post = make_published(at=FEBRUARY)
    post.bylines.create(author=make_author(name="Owen Pritchard"), position=2, role="Housing lead")
    text = client.get("/").text
    assert "<b>Priya Raman</b>, Planning Systems Manager, and <b>Owen Pritchard</b>, Housing lead" in text


def test_a_pen_name_is_called_one(client: Client):
    subject = make_subject(State.PUBLISHED, at=timezone.now() - dt.timedelta(days=1))
    author = subject.post.bylines.get().author
    author.is_pen_name = True
    author.save()
    for path in ("/", "/writers/", author.get_absolute_url(), subject.post.get_absolute_url()):
        assert "writing under a pen name" in client.get(path).text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("build", "queries"), [(indexes.home, 12), (indexes.archive, 9), (indexes.authors, 5), (indexes.series_list, 4)]
)
def test_a_list_takes_as_many_queries_for_three_entries_as_for_one(
    django_assert_num_queries, build, queries: int, count: int
):
    for _ in range(count):
        make_subject(State.PUBLISHED, at=FEBRUARY)
    with django_assert_num_queries(queries):
        build(moment=timezone.now())


def test_a_list_does_not_load_the_texts():
    make_published(at=FEBRUARY)
    post = Post.objects.visible_at(timezone.now()).for_lists().get()
    assert {"body", "introduction"} <= post.live.get_deferred_fields()
