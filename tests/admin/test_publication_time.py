"""Publishing at a time: shown with its zone, kept when it is refused, and explained when it is no time."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.states import State
from tests.admin.pages import make_move, piece_now, review_url

pytestmark = pytest.mark.django_db


def next_change_of_clocks(month: int) -> dt.date:
    """Return the next last Sunday of a month, on which clocks change in the United Kingdom."""
    year = timezone.localdate().year + 1
    last = dt.date(year, month, 31)
    return last - dt.timedelta(days=(last.weekday() + 1) % 7)


def test_a_piece_is_published_at_a_time_in_the_united_kingdom(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    day = dt.date(timezone.localdate().year + 1, 7, 1)
    response = make_move(as_editor, post, "publish", when="later", date=day.isoformat(), time="08:00")
    assert response.status_code == 302
    post.refresh_from_db()
    assert post.published_at == dt.datetime(day.year, 7, 1, 7, 0, tzinfo=dt.UTC)
    assert "at 08.00 (UK time)" in as_editor.get(review_url(post)).content.decode()


@pytest.mark.parametrize(("month", "said"), [(3, "This time does not exist"), (10, "This time exists twice")])
def test_a_time_on_the_night_of_the_clocks_is_explained(month, said, editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    day = next_change_of_clocks(month).isoformat()
    response = make_move(as_editor, post, "publish", when="later", date=day, time="01:30")
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert f'value="{day}"' in page
    assert 'value="01:30"' in page
    post.refresh_from_db()
    assert post.state == State.READY


def test_a_piece_from_the_past_is_dated_back_only_when_that_is_said(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    past = {"when": "later", "date": "2013-12-10", "time": "08:00"}
    assert make_move(as_editor, post, "publish", **past).status_code == 422

    response = make_move(as_editor, post, "publish", **past, is_dated_back="1")

    assert response.status_code == 302
    post.refresh_from_db()
    assert post.get_absolute_url() == f"/2013/12/10/{post.slug}/"


def test_nothing_is_dated_back_before_there_were_blogs(editor, as_editor):
    post = piece_now(State.READY, editor=editor)

    response = make_move(as_editor, post, "publish", when="later", date="0013-12-10", time="08:00", is_dated_back="1")

    assert response.status_code == 422
    assert "Choose a day after 1969." in response.content.decode()


@pytest.mark.parametrize(
    ("date", "time", "said"),
    [
        ("", "08:00", "Choose the day."),
        ("2026-02-30", "08:00", "Write the day like"),
        ("tomorrow", "08:00", "Write the day like"),
        ("0001-01-01", "00:00", "This time has passed."),
        ("2020-01-01", "08:00", "This time has passed."),
        ("2099-01-01", "", "Choose the time."),
        ("2099-01-01", "25:00", "Write the time like"),
        ("2099-01-01\x00", "08:00", "Write the day like"),
    ],
)
def test_what_is_no_time_to_come_is_said_at_the_field(date, time, said, editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    response = make_move(as_editor, post, "publish", when="later", date=date, time=time)
    assert response.status_code == 422
    assert said in response.content.decode()
    post.refresh_from_db()
    assert post.state == State.READY
