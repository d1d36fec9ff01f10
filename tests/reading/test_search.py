"""The search page: what it finds, how it says so, and that nothing anybody types breaks it."""

import datetime as dt
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.utils import timezone

from blog.editorial import particulars
from blog.editorial.particulars import Particulars
from blog.models import Post
from tests.factories import CategoryFactory, SeriesFactory, TagFactory, make_editor, make_published

pytestmark = pytest.mark.django_db

YESTERDAY = dt.timedelta(days=1)


def heading(text: str) -> str:
    """Return what the page says about the results."""
    return " ".join(text.partition('id="count">')[2].partition("<")[0].split())


def look(client: Client, q: str, **filters: str) -> str:
    response = client.get("/search/", {"q": q, **filters})
    assert response.status_code == 200
    return response.text


def publish(title: str = "Who closes a row?", **fields) -> Post:
    """Publish a piece by a writer of its own, a minute ago."""
    fields.setdefault("at", timezone.now() - YESTERDAY)
    return make_published(title=title, **fields)


@pytest.fixture
def chasers() -> Post:
    return publish("The chasers", body="<p>Nobody likes <em>chasers</em> less than whoever sends them.</p>")


@pytest.mark.parametrize(
    "word", ["Closes", "standfirst", "wombats", "Raman", "Kerbside", "Recycling", "Ledgers", "lédgers"]
)
def test_a_piece_is_found_by_title_text_names_and_topics(client: Client, word: str):
    post = publish(
        body="<p>Of wombats.</p>",
        category=CategoryFactory(name="Kerbside"),
        series=SeriesFactory(title="Ledgers and lists"),
    )
    particulars.settle(
        post=post,
        particulars=Particulars(
            slug=post.slug, category=post.category, series=post.series, tags=[TagFactory(name="Recycling")]
        ),
        by=make_editor(),
        at=timezone.now(),
    )
    assert heading(look(client, word)) == f"1 piece with ‘{word}’"


def test_an_extract_shows_the_words_marked(client: Client, chasers: Post):
    text = look(client, "chasers")
    assert "The <mark>chasers</mark></a>" in text
    assert "Nobody likes <mark>chasers</mark> less than whoever sends them." in text


def test_a_heading_stays_apart_from_what_follows_it(client: Client):
    publish(body="<h2>The wall</h2><p>There was a badger.</p><p>It left.</p>")
    assert "The wall · There was a <mark>badger</mark>. It left." in look(client, "badger")


@pytest.mark.parametrize("word", ["chaser", "CHASERS", "chasers!"])
def test_other_forms_of_a_word_are_found_and_marked(client: Client, chasers: Post, word: str):
    assert "Nobody likes <mark>chasers</mark>" in look(client, word)


def test_a_word_that_is_begun_is_found(client: Client, chasers: Post):
    text = look(client, "likes cha")
    assert heading(text) == "1 piece with a word that begins with ‘likes cha’"
    assert "Nobody <mark>likes</mark> <mark>chasers</mark>" in text


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_number_of_queries(client: Client, django_assert_num_queries, count: int):
    for number in range(count):
        publish(f"Chasers {number}", series=SeriesFactory(), part_number=1)
    look(client, "chasers")
    with django_assert_num_queries(QUERIES + (count > 1)):
        text = look(client, "chasers")
    assert heading(text) == ("1 piece with ‘chasers’" if count == 1 else "3 pieces with ‘chasers’")


QUERIES = 7


def test_a_word_in_the_title_counts_for_more_than_in_the_text(client: Client):
    publish("Chasers", body="<p>Of wombats and dogs and rows.</p>")
    publish("Something else", body="<p>Chasers, wombats and chasers.</p>")
    text = look(client, "chasers")
    assert text.index("<mark>Chasers</mark></a>") < text.index("Something else")


def test_no_markup_comes_through(client: Client):
    publish("<script>alert(1)</script> chasers", body="<p>&lt;img src=x onerror=alert(1)&gt; chasers &amp; more</p>")
    text = look(client, "chasers script")
    assert "<mark>script</mark>&gt;alert(1)" in text
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>chasers</mark> &amp; more" in text


@pytest.mark.parametrize(
    ("typed", "meant"), [("chasrs", "chasers"), ("cahsers", "chasers"), ("womabst", "wombats"), ("hcasers", "chasers")]
)
def test_a_slip_leads_to_the_word_that_was_meant(client: Client, chasers: Post, typed: str, meant: str):
    publish("Wombats")
    text = look(client, typed)
    assert heading(text) == f"Nothing with ‘{typed}’"
    assert f'Did you mean <a href="/search/?q={meant}">‘{meant}’</a>?' in " ".join(text.split())


def test_words_that_never_meet_are_not_put_right(client: Client, chasers: Post):
    publish("Wombats")
    text = look(client, "chasers wombats")
    assert heading(text) == "Nothing with ‘chasers wombats’"
    assert "Did you mean" not in text
    assert "Try fewer words" in text


def test_without_a_word_the_newest_pieces_are_shown(client: Client, chasers: Post):
    response = client.get("/search/")
    assert "Every published piece is searched" in response.text
    assert "The newest pieces" in response.text
    assert "noindex" not in response.text


@pytest.mark.parametrize(
    "q",
    ["\x00", "\ud800", '"', '"*', "NEAR(a b, 3)", "title:a", "a AND", "-", "^a", "{a} : b", "%s %d", "'); --", "c" * 10000,
     "ö" * 10000, "a b " * 5000, "\\", "&|!():*<->", "a:*", "½ ² ﷺ", "\u202e", "don’t", "the", "1e5 3.5 0x1"],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_it(client: Client, chasers: Post, q: str):
    response = client.get(
        f"/search/?q={quote_from_bytes(q.encode('utf-8', 'surrogatepass'))}&author=%00&series=%22&year=%00"
    )
    assert response.status_code == 200
    assert 'id="count"' in response.text


@pytest.mark.parametrize("number", ["abc", "0", "-1", "99999", "9" * 500, "2", "²", "1.5"])
def test_a_page_that_is_not_there_says_where_the_results_end(client: Client, chasers: Post, number: str):
    response = client.get("/search/", {"q": "chasers", "page": number})
    assert response.status_code == 404
    assert "The results have one page." in response.text
    assert '<a href="/search/?q=chasers">Go to the first page</a>' in response.text


@pytest.mark.parametrize("year", ["0", "99999", "abcd", "20x6", "9" * 400, "²²²²", "9998", "1000"])
def test_a_year_that_can_not_be_is_no_error(client: Client, chasers: Post, year: str):
    assert client.get("/search/", {"q": "chasers", "year": year}).status_code == 200


def test_it_is_the_same_for_everybody_and_stays_out_of_search_engines(as_reader: Client, chasers: Post):
    response = as_reader.get("/search/", {"q": "chasers"})
    assert response["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in response
    assert '<meta name="robots" content="noindex">' in response.text
    assert response.text == Client().get("/search/", {"q": "chasers"}).text
