"""Narrowing the results of a search down, and turning their pages."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from blog import searching
from blog.searching import database
from tests.factories import SeriesFactory, UserFactory, make_author, make_editor, make_published
from tests.reading.test_search import heading, look

pytestmark = pytest.mark.django_db


def publish(title: str, *, name: str = "Ann Lee", years_ago: int = 0, **fields):
    writer = UserFactory()
    at = timezone.now().replace(month=6, day=15) - dt.timedelta(days=365 * (years_ago + 1))
    return make_published(
        title=title, writer=writer, author=make_author(writer, name=name), editor=make_editor(), at=at, **fields
    )


@pytest.fixture
def three() -> list:
    lists = SeriesFactory(title="Small lists", slug="small-lists")
    return [
        publish("First chaser", name="Ann Lee", series=lists, part_number=1),
        publish("Second chaser", name="Bo Marsh", years_ago=2),
        publish("No match at all", name="Cy Holt", years_ago=5),
    ]


def choices(text: str, name: str) -> list[str]:
    """Return what a filter offers, a star before what is chosen."""
    inside = re.search(rf'<select id="{name}".*?</select>', text, re.DOTALL)
    found = re.findall(r'<option value="([^"]*)"( selected)?>', inside[0]) if inside else []
    return [("*" if chosen else "") + value for value, chosen in found]


def test_the_filters_offer_what_has_results(client: Client, three: list):
    text = look(client, "chaser")
    year = three[0].published_at.year
    assert choices(text, "author") == ["", "ann-lee", "bo-marsh"]
    assert choices(text, "series") == ["", "small-lists"]
    assert choices(text, "year") == ["", str(year), str(year - 2)]


@pytest.mark.parametrize("chosen", [{"author": "bo-marsh"}, {"year": "two years before"}])
def test_a_filter_leaves_what_it_says(client: Client, three: list, chosen: dict[str, str]):
    if "year" in chosen:
        chosen = {"year": str(three[1].published_at.year)}
    text = look(client, "chaser", **chosen)
    [(name, value)] = chosen.items()
    assert heading(text) == "1 piece with ‘chaser’"
    assert "Second <mark>chaser</mark>" in text
    assert f"*{value}" in choices(text, name)
    assert choices(text, "author") in (["", "ann-lee", "bo-marsh"], ["", "ann-lee", "*bo-marsh"])


def test_a_series_leaves_its_parts(client: Client, three: list):
    assert "First <mark>chaser</mark>" in look(client, "chaser", series="small-lists")


def test_where_the_filters_leave_nothing_they_can_be_dropped(client: Client, three: list):
    text = look(client, "chaser", author="ann-lee", year="1999")
    assert heading(text) == "Nothing with ‘chaser’ among these"
    assert '<a href="/search/?q=chaser">See all 2 pieces' in text


@pytest.mark.parametrize("name", ["author", "series"])
def test_a_filter_that_nobody_knows_is_no_filter(client: Client, three: list, name: str):
    assert heading(look(client, "chaser", **{name: "nobody"})) == "2 pieces with ‘chaser’"


@pytest.fixture
def eleven() -> None:
    for number in range(11):
        publish(f"Chaser {number}")


def titles(text: str) -> set[str]:
    return set(re.findall(r"<mark>Chaser</mark> (\d+)", text))


def test_ten_stand_on_a_page_and_the_address_keeps_the_question(client: Client, eleven: None):
    first, second = look(client, "chaser", author=""), look(client, "chaser", page="2")
    assert '<a rel="next" href="/search/?q=chaser&amp;page=2"><span>Page 2 of 2' in first
    assert '<a rel="prev" href="/search/?q=chaser"><span>Page 1 of 2' in second
    assert len(titles(first)) == 10
    assert titles(first) | titles(second) == {str(number) for number in range(11)}


def test_very_many_results_come_newest_first(client: Client, eleven: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "FIRST", 5)
    monkeypatch.setattr(searching, "FIRST", 5)
    first, second = look(client, "chaser"), look(client, "chaser", page="2")
    assert heading(first) == "11 pieces with ‘chaser’"
    assert "The newest first." in first
    assert len(titles(first)) == 10
    assert len(titles(second)) == 1
