"""A change that comes while a page is being made: the page must not be kept as it was."""

import datetime as dt

import pytest
from django.utils import timezone

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Masthead, Purge
from blog.reading.baking import oven
from blog.reading.baking.addresses import place_of
from blog.reading.shown import shows
from tests.reading.baking.house import House

pytestmark = pytest.mark.django_db
PLACE = place_of("/archive/", "text/html; charset=utf-8")


def make(*, meanwhile=lambda: None, key: str = "piece:1") -> bytes:
    """Make a page that shows a key and the masthead's strapline, while something happens after that was read."""

    def build(moment: dt.datetime) -> str:
        shows(key)
        strapline = Masthead.current().strapline
        meanwhile()
        return strapline

    return oven.page(PLACE, build).content


def change(to: str, *, key: str = "piece:1", at: dt.datetime | None = None) -> None:
    Masthead.objects.update_or_create(pk=1, defaults={"strapline": to})
    mark(key, at=at or timezone.now())


def test_a_change_between_reading_and_keeping_leaves_nothing(house: House):
    assert make(meanwhile=lambda: change("new")) != b"new"
    assert house.kept() == {}


def test_a_change_that_is_followed_before_the_page_is_kept_leaves_nothing(house: House):
    def meanwhile() -> None:
        change("new")
        house.look()

    make(meanwhile=meanwhile)
    assert house.kept() == {}


def test_a_change_to_what_the_page_does_not_show_leaves_it(house: House):
    make(meanwhile=lambda: change("new", key="piece:2"))
    assert list(house.kept()) == ["/archive/"]


def test_a_change_of_everything_leaves_nothing(house: House):
    make(meanwhile=lambda: change("new", key=keys.EVERYTHING))
    assert house.kept() == {}


def test_a_change_of_everything_that_is_followed_meanwhile_leaves_nothing(house: House):
    def meanwhile() -> None:
        change("new", key=keys.EVERYTHING)
        house.look()

    make(meanwhile=meanwhile)
    assert house.kept() == {}
    assert make() == b"new"
    assert house.kept() == {"/archive/": b"new"}


def test_a_change_from_before_the_making_is_no_reason_not_to_keep(house: House):
    change("new")
    house.look()
    assert make() == b"new"
    assert house.kept() == {"/archive/": b"new"}


def test_a_page_made_before_a_look_is_kept_after_it(house: House):
    change("new")
    make()
    assert house.kept() == {}, "the purge is not known to have been carried out yet"
    house.look()
    make()
    assert house.kept() == {"/archive/": b"new"}


def test_a_purge_takes_a_page_away_only_once(house: House):
    make()
    change("new")
    house.look()
    make()
    house.look()
    house.follower._known = (None, set())  # Another process, which has not seen it yet
    house.look()
    assert house.kept() == {"/archive/": b"new"}


@pytest.mark.parametrize("late", [dt.timedelta(seconds=5), dt.timedelta(minutes=9)])
def test_a_purge_that_is_committed_late_is_carried_out(house: House, late: dt.timedelta):
    make()
    change("new", at=timezone.now() - late)
    house.look()
    assert house.kept() == {}


def test_a_purge_committed_late_while_a_page_is_made_leaves_nothing(house: House):
    make(meanwhile=lambda: change("new", at=timezone.now() - dt.timedelta(minutes=9)))
    assert house.kept() == {}


def test_a_purge_that_falls_due_while_a_page_is_made_leaves_nothing(house: House):
    soon = timezone.now() + dt.timedelta(milliseconds=60)
    Purge.objects.create(key="piece:1", due_at=soon)

    def until_then() -> None:
        while timezone.now() <= soon:
            pass

    make(meanwhile=until_then)
    assert house.kept() == {}


def test_two_pages_of_an_address_never_carry_the_same_second(house: House):
    seconds = []
    for number in range(4):
        change(f"text {number}")
        house.look()
        make()
        seconds.append(int((house.at.current / "archive/index.html.gz").stat().st_mtime))
    change("text 4", key=keys.EVERYTHING)
    house.look()
    make()
    seconds.append(int((house.at.current / "archive/index.html").stat().st_mtime))
    assert seconds == sorted(set(seconds))
