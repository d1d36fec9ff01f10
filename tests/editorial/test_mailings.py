"""Letters to those who follow a piece: to whom, once, what they say, and when they stay."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import publishing
from blog.editorial.mailings import controls, working
from blog.editorial.mailings.sending import send_some
from blog.editorial.refusals import MoveNotAllowedError
from blog.editorial.subscriptions.ending import end
from blog.models import Delivery, Letter, Mailing, Masthead
from blog.states import State
from tests.editorial.mailing_people import announcement, follow, go_on, many_follow
from tests.factories import NOW, CategoryFactory, SeriesFactory, make_author, make_piece, make_published

pytestmark = pytest.mark.django_db

SOON, LATER = NOW + dt.timedelta(minutes=11), NOW + dt.timedelta(days=1)


def test_each_who_follows_hears_once_however_much_of_it_they_follow(mailoutbox):
    series, category = SeriesFactory(), CategoryFactory()
    post = make_published(series=series, part_number=3, category=category)
    author, stranger = post.authors.get(), make_author(name="Somebody Else")
    for subject in ({}, {"series": series}, {"author": author}, {"category": category}):
        follow("all@council.example", **subject)
    follow("series@council.example", series=series)
    follow("author@council.example", author=author)
    follow("category@council.example", category=category)
    follow("nobody@council.example", author=stranger)
    follow("nothing@council.example", series=SeriesFactory())
    follow("weekly@council.example", weekly=True)

    go_on(SOON)
    go_on(LATER)

    assert sorted(message.to[0] for message in mailoutbox) == [
        "all@council.example", "author@council.example", "category@council.example", "series@council.example",
    ]  # fmt: skip
    mailing = announcement()
    assert (mailing.state, mailing.recipients, mailing.sent) == (Mailing.State.DONE, 4, 4)


def test_what_a_letter_says_and_how_it_ends(mailoutbox):
    Masthead.objects.update_or_create(pk=1, defaults={"addresses": "The editors, 1 High Street"})
    series = SeriesFactory(title="Row by row")
    post = make_published(series=series, part_number=3)
    follow("dana@council.example", series=series)

    go_on(SOON)

    message = mailoutbox[0]
    assert message.subject == "New at Any Other Business: Who closes a row?"
    for words in (
        "By Priya Raman",
        "A standfirst.",
        "Part 3 of the series “Row by row”.",
        f"http://blog.example{post.get_absolute_url()}\n",
        "because you follow the series “Row by row”",
        "The editors, 1 High Street",
    ):
        assert words in message.body
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in message.body
    assert "dana" not in message.body
    headers = message.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"] == "<pieces.blog.example>"
    assert (headers["Precedence"], headers["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert headers["From"] == "Any Other Business <editors@localhost>"
    html = message.alternatives[0][0]
    assert "<img" not in html
    assert "Read the piece" in html
    assert (message.track_clicks, message.track_opens) == (False, False)


def test_one_click_in_a_letter_ends_it_without_a_cookie(mailoutbox, client):
    follow("dana@council.example")
    make_published()
    go_on(SOON)

    path = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://blog.example")
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    make_published(title="Another")
    assert go_on(SOON) == 0


def test_nobody_hears_before_the_delay_has_passed(mailoutbox):
    follow("dana@council.example")
    make_published()

    go_on(NOW + dt.timedelta(minutes=9))

    assert (announcement().state, len(mailoutbox)) == (Mailing.State.PLANNED, 0)


def test_a_piece_that_is_taken_back_in_time_goes_to_nobody(editor, mailoutbox):
    follow("dana@council.example")
    post = make_published()
    go_on(NOW)

    publishing.retract(post=post, reason="A figure was wrong.", by=editor, at=NOW + dt.timedelta(minutes=5))
    go_on(LATER)
    assert mailoutbox == []

    publishing.reinstate(post=post, by=editor, at=LATER)
    go_on(LATER)
    assert mailoutbox == []  # The delay begins again
    go_on(LATER + dt.timedelta(minutes=11))
    assert len(mailoutbox) == 1


def test_a_scheduled_piece_is_announced_by_the_clock_and_put_off_with_it(editor, mailoutbox):
    follow("dana@council.example")
    post = make_piece(State.PUBLISHED, editor=editor, go_out_at=LATER)
    go_on(SOON)
    publishing.reschedule(post=post, by=editor, at=SOON, go_out_at=LATER + dt.timedelta(days=1))

    go_on(LATER + dt.timedelta(hours=1))
    assert mailoutbox == []
    go_on(LATER + dt.timedelta(days=1, minutes=10))
    assert len(mailoutbox) == 1


def test_a_piece_that_is_published_again_is_not_announced_again(editor, mailoutbox):
    follow("dana@council.example")
    post = make_published()
    go_on(SOON)

    publishing.retract(post=post, reason="A figure was wrong.", by=editor, at=SOON)
    publishing.reinstate(post=post, by=editor, at=SOON)
    follow("late@council.example", at=SOON)
    go_on(LATER)

    assert len(mailoutbox) == 1


def test_a_piece_retracted_on_the_way_reaches_no_more(editor, mailoutbox):
    many_follow(6)
    post = make_published()
    working.look(at=SOON)
    send_some(at=SOON, most=2)

    publishing.retract(post=post, reason="A figure was wrong.", by=editor, at=SOON)
    go_on(LATER)
    assert len(mailoutbox) == 2

    working.look(at=NOW + dt.timedelta(days=8))
    assert announcement().state == Mailing.State.CANCELLED


def test_what_is_dated_back_far_is_not_announced():
    make_piece(State.PUBLISHED, go_out_at=NOW - dt.timedelta(days=30))

    working.look(at=SOON)

    assert not Mailing.objects.exists()


def test_who_ends_it_or_is_not_confirmed_gets_nothing(mailoutbox):
    row = follow("dana@council.example")
    follow("late@council.example", at=LATER)
    make_published()
    working.look(at=SOON)

    end(subscription=row, at=SOON)
    go_on(SOON)

    assert mailoutbox == []
    assert [one.state for one in Delivery.objects.all()] == [Delivery.State.SKIPPED]


def test_a_mailing_is_held_released_and_cancelled(editor, reader, mailoutbox):
    many_follow(4)
    make_published()
    working.look(at=SOON)
    send_some(at=SOON, most=1)
    mailing = announcement()

    with pytest.raises(PermissionDenied):
        controls.hold(mailing=mailing, by=reader, at=SOON)
    controls.hold(mailing=mailing, by=editor, at=SOON)
    assert go_on(SOON) == 0
    controls.release(mailing=mailing, by=editor, at=SOON)
    send_some(at=SOON, most=2)
    controls.cancel(mailing=mailing, by=editor, at=SOON)

    assert go_on(SOON) == 0
    assert len(mailoutbox) == 3
    assert (mailing.sent, mailing.state) == (3, Mailing.State.CANCELLED)
    assert [act.kind for act in mailing.acts.all()] == ["hold", "release", "cancel"]
    with pytest.raises(MoveNotAllowedError):
        controls.release(mailing=mailing, by=editor, at=SOON)


def test_a_trial_goes_to_the_editor_alone(editor):
    follow("dana@council.example")
    make_published()
    Letter.objects.all().delete()
    working.look(at=NOW)

    controls.send_trial(mailing=announcement(), by=editor, at=NOW)

    letter = Letter.objects.get()
    assert (letter.to_address, letter.subject) == (editor.email, "Trial: New at Any Other Business: Who closes a row?")


def test_ten_thousand_are_queued_in_a_few_queries(django_assert_max_num_queries):
    many_follow(10_000)
    make_published()
    working.look(at=NOW)

    with django_assert_max_num_queries(20):
        working.look(at=SOON)

    assert Delivery.objects.count() == announcement().recipients == 10_000


def test_queueing_twice_writes_nobody_twice():
    many_follow(3)
    make_published()
    working.look(at=SOON)
    Mailing.objects.update(state=Mailing.State.PLANNED)

    working.look(at=SOON)

    assert Delivery.objects.count() == 3


def test_no_more_than_the_limit_go_in_a_minute(settings, mailoutbox):
    settings.MAILINGS_PER_MINUTE = 4
    many_follow(10)
    make_published()

    assert [go_on(SOON + dt.timedelta(seconds=30 * turn), most=3) for turn in range(5)] == [4, 0, 4, 0, 2]


def test_who_got_what_is_forgotten_after_two_months():
    many_follow(2)
    make_published()
    go_on(SOON)

    assert working.forget_old(at=NOW + dt.timedelta(days=59)) == 0
    assert working.forget_old(at=NOW + dt.timedelta(days=61)) == 2
    assert announcement().sent == 2
