"""The one sentence about a piece: who, what, by when."""

import datetime as dt

import pytest

from blog.editorial import drafting, proof, publishing, review
from blog.models import Byline, Post
from blog.states import State
from blog.writing.access import with_history
from blog.writing.progress import Group, progress_of
from blog.writing.stages import Place
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


def say(post: Post, reader, at=NOW):
    found = with_history(Post.objects.filter(pk=post.pk)).get()
    return progress_of(found, reader=reader, at=at)


def test_changes_asked_for_say_who_when_and_until_when(writer, editor):
    post = make_piece(
        State.CHANGES_REQUESTED,
        writer=writer,
        editor=editor,
        at=NOW - dt.timedelta(days=2),
        due_date=dt.date(2026, 3, 20),
    )

    progress = say(post, writer)

    assert progress.said.sentence == (
        "Tom Ashby asked for changes on Monday 9 March. Please send it back by <b>Friday 20 March</b>, "
        "or tell Tom if you need longer."
    )
    assert progress.said.turn == "Your turn"
    assert progress.reason_by == "Tom Ashby"


def test_a_day_that_has_passed_is_not_asked_for(writer, editor):
    post = make_piece(writer=writer, editor=editor, due_date=dt.date(2026, 3, 1))

    assert "It was due on <b>Sunday 1 March</b>" in say(post, writer).said.sentence


def test_a_waiting_piece_says_who_answers_by_when_and_that_nothing_is_to_be_done(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor, at=NOW - dt.timedelta(days=1))

    progress = say(post, writer)

    assert progress.said.turn == "With the editors since Tuesday 10 March"
    assert progress.said.sentence == (
        "Tom Ashby looks after it and will answer by Tuesday 17 March. You need do nothing."
    )
    assert progress.said.button is None


def test_an_answer_that_is_overdue_can_be_asked_after(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    progress = say(post, writer, at=NOW + dt.timedelta(days=9))

    assert "An answer was due by Wednesday 18 March" in progress.said.sentence
    assert "Ask how it stands" in [way.label for way in progress.said.ways]


def test_a_piece_that_no_editor_looks_after_is_with_all_of_them(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    Post.objects.filter(pk=post.pk).update(editor=None)

    assert say(post, writer).said.sentence.startswith("The editors have it and will answer by")


def test_a_proof_waits_only_for_the_names_that_have_not_signed(writer, editor):
    second = UserFactory()
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    Byline.objects.create(post=post, author=make_author(second, name="Dennis Okafor"), position=2)
    review.accept(post=post, by=editor, at=NOW)
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)

    assert "You have signed it off; Dennis Okafor has not yet." in say(post, writer).said.sentence
    assert say(post, writer).said.group is Group.EDITORS
    assert say(post, second).said.group is Group.YOURS


def test_a_correction_that_was_asked_for_is_repeated_with_its_reason(writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)
    proof.ask_for_correction(post=post, reason="It was 241.", by=writer, at=NOW)

    progress = say(post, writer)

    assert progress.said.sentence.startswith("You asked for a correction on Wednesday 11 March.")
    assert (progress.reason, progress.reason_by) == ("It was 241.", "you")


def test_going_ahead_without_the_sign_off_shows_the_reason(writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)
    proof.go_ahead(post=post, reason="You are on leave.", by=editor, at=NOW)

    assert say(post, writer).reason == "You are on leave."


def test_a_piece_taken_off_the_calendar_is_not_lost(writer, editor):
    post = make_piece(State.PUBLISHED, writer=writer, editor=editor, go_out_at=NOW + dt.timedelta(days=3))
    publishing.unschedule(post=post, by=editor, at=NOW)

    progress = say(post, writer)

    assert "took it off the calendar" in progress.said.sentence
    assert "You need do nothing" in progress.said.sentence


def test_ones_own_moves_are_told_as_ones_own(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    drafting.take_back(post=post, by=writer, at=NOW)

    assert say(post, writer).said.sentence.startswith("You took it back on Wednesday 11 March.")


def test_a_name_with_markup_in_it_is_shown_as_text(writer):
    editor = UserFactory(display_name="<b>Tom</b>", administrator=True)
    post = make_piece(State.CHANGES_REQUESTED, writer=writer, editor=editor)

    assert "&lt;b&gt;Tom&lt;/b&gt; asked for changes" in say(post, writer).said.sentence


@pytest.mark.parametrize(
    ("state", "places"),
    [
        (State.DRAFTING, "now later later later later"),
        (State.CHANGES_REQUESTED, "now later later later later"),
        (State.SUBMITTED, "done now later later later"),
        (State.IN_PROOF, "done done now later later"),
        (State.READY, "done done done now later"),
        (State.PUBLISHED, "done done done done done"),
        (State.WITHDRAWN, "done now"),
        (State.DECLINED, "done done now"),
        (State.RETRACTED, "done done done done done now"),
    ],
)
def test_the_line_shows_where_a_piece_is(state, places, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    assert [stage.place for stage in say(post, writer).stages] == [Place(place) for place in places.split()]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED, State.RETRACTED])
def test_an_ended_piece_shows_how_far_it_came_and_its_end(state, writer, editor):
    last = say(make_piece(state, writer=writer, editor=editor), writer).stages[-1]

    assert (last.label, last.note) == (str(state.label), "On 11 March")


def test_the_sign_off_is_asked_for_by_its_day_and_is_overdue_after_it(writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)

    before, after = say(post, writer), say(post, writer, at=NOW + dt.timedelta(days=8))

    assert "Please sign it off by <b>Wednesday 18 March</b>, or tell Tom" in before.said.sentence
    assert before.stages[2].note == "Sign off by 18 March"
    assert "Your sign-off was due on <b>Wednesday 18 March</b>." in after.said.sentence
    assert after.stages[2].note == "Sign-off was due on 18 March"


def test_who_has_signed_and_who_has_not_is_said_to_everybody(writer, editor):
    second, third = UserFactory(), UserFactory()
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    Byline.objects.create(post=post, author=make_author(second, name="Ben Osei"), position=2)
    Byline.objects.create(post=post, author=make_author(third, name="Ann Lee"), position=3)
    review.accept(post=post, by=editor, at=NOW)
    proof.sign_off(post=post, seen=post.working_id, by=second, at=NOW)

    assert "Ben Osei has signed off; Ann Lee has not yet." in say(post, writer).said.sentence
    assert "You have signed it off; Priya Raman and Ann Lee have not yet." in say(post, second).said.sentence
    assert say(post, second).said.turn == "Waits for Priya Raman and Ann Lee"


def test_the_line_dates_what_is_done(writer, editor):
    post = make_piece(State.READY, writer=writer, editor=editor)

    notes = [stage.note for stage in say(post, writer, at=NOW + dt.timedelta(days=400)).stages]

    assert notes == [
        "Sent on 11 March 2026",
        "Accepted on 11 March 2026",
        "Signed off on 11 March 2026",
        "Since 11 March 2026",
        "",
    ]
