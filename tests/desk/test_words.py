"""Days, names and lengths as sentences on the desks have them."""

import datetime as dt

import pytest

from blog.desk.words import day, familiar, length_of, listed, short_day, time_of

# Half an hour after midnight in London, while it is still the day before in UTC
JUST_AFTER_MIDNIGHT = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Tom Ashby", "Tom"), ("Mole", "Mole"), ("Dr. Who", "Dr. Who"), ("The Old Mole", "The Old Mole")],
)
def test_a_first_name_is_used_only_where_it_is_plain(name, short):
    assert familiar(name) == short


@pytest.mark.parametrize(
    ("words", "wanted", "sentence"),
    [(612, 900, "612 of about 900 words"), (1, None, "1 word"), (0, None, "0 words")],
)
def test_words_are_counted_against_the_brief(words, wanted, sentence):
    assert length_of(words=words, wanted=wanted) == sentence


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["Ann"], "Ann"), (["Ann", "Ben"], "Ann and Ben"), (["Ann", "Ben", "Cy"], "Ann, Ben and Cy")],
)
def test_names_are_joined_as_in_a_sentence(names, sentence):
    assert listed(names) == sentence


def test_days_and_times_are_those_of_a_clock_in_london():
    assert day(JUST_AFTER_MIDNIGHT, dt.date(2026, 7, 1)) == "Wednesday 1 July"
    assert short_day(JUST_AFTER_MIDNIGHT, dt.date(2026, 7, 1)) == "1 July"
    assert time_of(JUST_AFTER_MIDNIGHT) == "00.30"


def test_a_day_of_another_year_says_which():
    assert day(dt.date(2025, 12, 31), dt.date(2026, 1, 1)) == "Wednesday 31 December 2025"
    assert short_day(dt.date(2025, 12, 31), dt.date(2026, 1, 1)) == "31 December 2025"
