"""Planning the parts of a series, and giving them other numbers."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import series_parts
from blog.editorial.refusals import IncompleteError
from blog.editorial.series_parts import Plan
from blog.models import Post, Purge, Series, SeriesSlot
from blog.states import State
from tests.factories import NOW, SeriesFactory, UserFactory, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
APRIL = dt.date(2026, 4, 17)


def five() -> tuple[Series, dict[int, Post]]:
    """Make a series in five parts: two out, one being written, one planned, one free."""
    series = SeriesFactory(planned_parts=5)
    posts = {
        1: make_published(series=series, part_number=1, title="The first"),
        2: make_published(series=series, part_number=2, title="The second"),
        3: make_piece(State.SUBMITTED, series=series, part_number=3, title="The third"),
    }
    SeriesSlot.objects.create(series=series, part_number=4, working_title="The fourth")
    return series, posts


def order(series: Series) -> list[str]:
    return [
        part.post.title if part.post else part.slot.working_title if part.slot else ""
        for part in series_parts.parts_of(series)
    ]


def test_the_parts_run_from_one_to_the_last_that_is_planned():
    series, _posts = five()
    assert order(series) == ["The first", "The second", "The third", "The fourth", ""]


def test_what_was_given_up_is_no_part():
    series, posts = five()
    Post.objects.filter(pk=posts[3].pk).update(state=State.WITHDRAWN)
    assert order(series)[2] == ""


def test_two_parts_change_places_and_keep_their_addresses():
    series, posts = five()
    addresses = {number: post.get_absolute_url() for number, post in posts.items() if number < 3}
    Purge.objects.all().delete()
    series_parts.swap(series=series, one=1, other=2, by=make_editor(), at=NOW)
    assert order(series)[:2] == ["The second", "The first"]
    for number, address in addresses.items():
        posts[number].refresh_from_db()
        assert posts[number].get_absolute_url() == address
    touched = set(Purge.objects.values_list("key", flat=True))
    assert {f"list:series:{series.pk}", f"piece:{posts[1].pk}", f"piece:{posts[2].pk}"} <= touched


def test_a_piece_changes_places_with_a_plan_and_with_a_free_part():
    series, _posts = five()
    tom = make_editor()
    series_parts.swap(series=series, one=3, other=4, by=tom, at=NOW)
    series_parts.swap(series=series, one=4, other=5, by=tom, at=NOW)
    assert order(series) == ["The first", "The second", "The fourth", "", "The third"]


@pytest.mark.parametrize(
    ("number", "to", "expected"),
    [
        (4, 1, ["The fourth", "The first", "The second", "The third", ""]),
        (1, 4, ["The second", "The third", "The fourth", "The first", ""]),
        (2, 2, ["The first", "The second", "The third", "The fourth", ""]),
    ],
)
def test_a_part_moves_and_those_between_make_room(number: int, to: int, expected: list[str]):
    series, _posts = five()
    series_parts.move(series=series, number=number, to=to, by=make_editor(), at=NOW)
    assert order(series) == expected


def test_room_for_a_new_part_makes_the_series_longer():
    series, _posts = five()
    series_parts.insert(series=series, at_number=2, by=make_editor(), at=NOW)
    assert order(series) == ["The first", "", "The second", "The third", "The fourth", ""]
    assert series.planned_parts == 6


@pytest.mark.parametrize("number", [0, 1000, 10**6])
def test_a_number_that_no_part_can_have_is_refused(number: int):
    series, _posts = five()
    tom = make_editor()
    with pytest.raises(IncompleteError):
        series_parts.swap(series=series, one=1, other=number, by=tom, at=NOW)
    with pytest.raises(IncompleteError):
        series_parts.plan(series=series, number=number, plan=Plan("x"), by=tom, at=NOW)
    assert order(series) == ["The first", "The second", "The third", "The fourth", ""]


def test_a_series_never_gets_longer_than_its_numbers():
    series = SeriesFactory(planned_parts=999)
    with pytest.raises(IncompleteError):
        series_parts.insert(series=series, at_number=1, by=make_editor(), at=NOW)


def test_a_plan_is_written_changed_and_taken_away():
    series, _posts = five()
    tom = make_editor()
    slot = series_parts.plan(series=series, number=5, plan=Plan("The fifth", APRIL, is_open=True), by=tom, at=NOW)
    assert slot is not None
    assert (slot.working_title, slot.planned_for, slot.is_open) == ("The fifth", dt.date(2026, 4, 1), True)
    assert Purge.objects.filter(key=f"list:series:{series.pk}", due_at__gt=NOW + dt.timedelta(days=45)).exists()
    assert series_parts.plan(series=series, number=5, plan=Plan(), by=tom, at=NOW) is None
    assert not series.slots.filter(part_number=5).exists()


def test_a_plan_beyond_the_end_makes_the_series_longer():
    series, _posts = five()
    series_parts.plan(series=series, number=7, plan=Plan("The seventh"), by=make_editor(), at=NOW)
    assert series.planned_parts == 7


@pytest.mark.parametrize("plan", [Plan("t" * 201), Plan(" ", is_title_shown=True)])
def test_a_plan_that_cannot_be_shown_is_refused(plan: Plan):
    series, _posts = five()
    with pytest.raises(IncompleteError):
        series_parts.plan(series=series, number=5, plan=plan, by=make_editor(), at=NOW)


def test_only_editors_plan_and_number():
    series, _posts = five()
    reader = UserFactory()
    with pytest.raises(PermissionDenied):
        series_parts.plan(series=series, number=5, plan=Plan("x"), by=reader, at=NOW)
    with pytest.raises(PermissionDenied):
        series_parts.swap(series=series, one=1, other=2, by=reader, at=NOW)
