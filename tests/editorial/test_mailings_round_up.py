"""The round-up of the week: when it goes, what is in it for whom, and what editors make of it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import publishing
from blog.editorial.mailings import controls, round_up, working
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Mailing, RoundUpTime
from tests.editorial.mailing_people import follow, go_on
from tests.factories import NOW, SeriesFactory, make_published

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
# NOW is Wednesday 11 March 2026; the clocks go forward on Sunday 29 March
FRIDAY = dt.datetime(2026, 3, 13, 9, 0, tzinfo=dt.UTC)
A_DAY, A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def draft() -> Mailing:
    return Mailing.objects.get(kind=Mailing.Kind.ROUND_UP)


def titles(text: str) -> list[str]:
    return [title for title in ("First", "Second", "Third") if f"\n{title}\n" in text]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC), dt.datetime(2026, 3, 13, 9, 0, tzinfo=dt.UTC)),
        (dt.datetime(2026, 3, 13, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 3, 13, 9, 0, tzinfo=dt.UTC)),
        (dt.datetime(2026, 3, 13, 9, 1, tzinfo=dt.UTC), dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)),
        (dt.datetime(2026, 3, 28, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 4, 3, 8, 0, tzinfo=dt.UTC)),
    ],
)
def test_it_goes_at_nine_on_friday_by_the_clock_on_the_wall(after, expected):
    assert round_up.next_time(after) == expected
    assert round_up.next_time(after).astimezone(LONDON).hour == 9


@pytest.mark.parametrize(
    ("day", "hour", "expected"), [(dt.date(2026, 3, 29), 1, (29, 1, 0)), (dt.date(2026, 10, 25), 1, (25, 0, 0))]
)
def test_an_hour_that_is_left_out_or_comes_twice_is_one_moment(day, hour, expected):
    RoundUpTime.objects.create(pk=1, weekday=6, hour=hour)

    due = round_up.next_time(dt.datetime.combine(day, dt.time(), tzinfo=LONDON))

    assert (due.day, due.hour, due.minute) == expected


def test_it_is_prepared_a_day_ahead_and_goes_by_itself_with_what_is_new(mailoutbox):
    follow("dana@council.example", weekly=True)
    make_published(title="First")
    working.look(at=FRIDAY - A_DAY - dt.timedelta(minutes=1))
    assert not Mailing.objects.filter(kind=Mailing.Kind.ROUND_UP).exists()

    go_on(FRIDAY - A_DAY)
    assert (draft().state, draft().at, mailoutbox) == (Mailing.State.PLANNED, FRIDAY, [])
    make_published(title="Second", at=FRIDAY - dt.timedelta(hours=2))
    go_on(FRIDAY)

    assert [titles(message.body) for message in mailoutbox] == [["First", "Second"]]
    assert mailoutbox[0].subject == "The week at Any Other Business"
    assert mailoutbox[0].extra_headers["List-Id"] == "<weekly.blog.example>"
    assert "<h2" in mailoutbox[0].alternatives[0][0]
    go_on(FRIDAY + A_WEEK)
    assert len(mailoutbox) == 1


def test_each_gets_what_they_follow_once_and_the_introduction_all(editor, mailoutbox):
    series = SeriesFactory()
    make_published(title="First")
    make_published(title="Second", series=series, part_number=1)
    follow("all@council.example", weekly=True)
    follow("series@council.example", weekly=True, series=series)
    follow("series@council.example", series=SeriesFactory(), weekly=True)
    follow("both@council.example", weekly=True)
    follow("both@council.example", series=series)
    follow("at-once@council.example")
    go_on(FRIDAY - A_DAY)
    mailoutbox.clear()
    round_up.change(
        mailing=draft(),
        introduction="A good week.\n\nRead on.",
        places={},
        left_out=set(),
        by=editor,
        at=FRIDAY - A_DAY,
    )

    go_on(FRIDAY)

    got = {message.to[0].partition("@")[0]: message for message in mailoutbox}
    assert {name: titles(message.body) for name, message in got.items()} == {
        "all": ["First", "Second"],
        "series": ["Second"],
        "both": ["First"],  # The other one came at once
    }
    assert all("A good week.\n\nRead on." in message.body for message in mailoutbox)
    assert "a week" not in got["series"].body


def test_pieces_are_put_in_order_and_left_out(editor, mailoutbox):
    follow("dana@council.example", weekly=True)
    for title in ("First", "Second", "Third"):
        make_published(title=title)
    go_on(FRIDAY - A_DAY)
    keys = {row.post.title: row.pk for row in draft().pieces.all()}

    def change(places: dict[str, int], left_out: str = "", **moved: int) -> list[str]:
        round_up.change(
            mailing=draft(),
            introduction="",
            places={keys[title]: place for title, place in places.items()},
            left_out={keys[left_out]} if left_out else set(),
            by=editor,
            at=FRIDAY - A_DAY,
            **moved,
        )
        return [row.post.title for row in draft().pieces.order_by("position")]

    assert change({"First": 3, "Third": 1, "Second": 2}) == ["Third", "Second", "First"]
    assert change({}, up=keys["First"]) == ["Third", "First", "Second"]
    assert change({}, down=keys["Second"]) == ["Third", "First", "Second"]
    assert change({}, left_out="First", down=keys["Third"]) == ["First", "Third", "Second"]
    go_on(FRIDAY)

    body = mailoutbox[0].body
    assert titles(body) == ["Second", "Third"]
    assert body.index("Third") < body.index("Second")
    go_on(FRIDAY + A_WEEK)
    assert len(mailoutbox) == 1


def test_what_is_retracted_stays_out_and_a_week_without_pieces_goes_to_nobody(editor, mailoutbox):
    follow("dana@council.example", weekly=True)
    post = make_published(title="First", editor=editor)
    go_on(FRIDAY - A_DAY)
    publishing.retract(post=post, reason="A figure was wrong.", by=editor, at=FRIDAY - A_DAY)

    go_on(FRIDAY)
    assert (draft().state, mailoutbox) == (Mailing.State.CANCELLED, [])
    assert [act.kind for act in draft().acts.all()] == ["empty"]

    publishing.reinstate(post=post, by=editor, at=FRIDAY)
    go_on(FRIDAY + A_WEEK)
    assert [titles(message.body) for message in mailoutbox] == [["First"]]


def test_a_held_one_waits_and_a_cancelled_one_leaves_its_pieces_to_the_next(editor, mailoutbox):
    follow("dana@council.example", weekly=True)
    make_published(title="First")
    go_on(FRIDAY - A_DAY)

    controls.hold(mailing=draft(), by=editor, at=FRIDAY - A_DAY)
    go_on(FRIDAY)
    assert mailoutbox == []
    controls.cancel(mailing=draft(), by=editor, at=FRIDAY)
    go_on(FRIDAY + A_WEEK)

    assert [titles(message.body) for message in mailoutbox] == [["First"]]


def test_one_that_goes_out_cannot_be_changed_and_only_publishers_change_one(editor, writer):
    follow("dana@council.example", weekly=True)
    make_published(title="First")
    go_on(FRIDAY - A_DAY)
    given = {"mailing": draft(), "places": {}, "left_out": set(), "at": FRIDAY}

    with pytest.raises(PermissionDenied):
        round_up.change(introduction="", by=writer, **given)
    with pytest.raises(IncompleteError):
        round_up.change(introduction="x" * 2001, by=editor, **given)
    go_on(FRIDAY)
    with pytest.raises(MoveNotAllowedError):
        round_up.change(introduction="", by=editor, **given)


def test_a_new_time_moves_the_draft_along(editor, mailoutbox):
    follow("dana@council.example", weekly=True)
    make_published(title="First")
    go_on(FRIDAY - A_DAY)

    round_up.set_time(weekday=5, hour=18, by=editor, at=FRIDAY - A_DAY)

    assert (draft().at, draft().day) == (FRIDAY + dt.timedelta(days=1, hours=9), dt.date(2026, 3, 14))
    go_on(FRIDAY)
    assert mailoutbox == []
    go_on(FRIDAY + dt.timedelta(days=1, hours=9))
    assert len(mailoutbox) == 1
    with pytest.raises(IncompleteError):
        round_up.set_time(weekday=7, hour=24, by=editor, at=NOW)


def test_a_worker_that_slept_through_its_time_makes_up_for_it(mailoutbox):
    follow("dana@council.example", weekly=True)
    make_published(title="First")

    go_on(FRIDAY + dt.timedelta(hours=11))

    assert len(mailoutbox) == 1
