"""Reminders: before and after the day, once in a turn, and never to anybody whose turn is over."""

import datetime as dt

import pytest

from blog.editorial import invitations, proof
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters import reminders
from blog.editorial.refusals import EditorialRefusal
from blog.models import Letter, Post, Reminder
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 3, 20)


def on(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def kinds() -> list[str]:
    return [letter.kind for letter in Letter.objects.order_by("pk")]


@pytest.mark.parametrize("state", [State.DRAFTING, State.CHANGES_REQUESTED])
def test_a_text_is_reminded_of_before_and_after_its_day_once_each(state, mole, piece):
    piece(state, due_date=DUE)

    for number in range(-9, 40):
        for _ in range(2):
            reminders.remind_due(at=on(DUE + days(number)))

    assert kinds() == ["to_writer/text_soon", "to_writer/text_late"]
    assert [letter.written_at.date() for letter in Letter.objects.order_by("pk")] == [DUE - days(3), DUE + days(2)]
    assert {letter.to_user for letter in Letter.objects.all()} == {mole}


def test_a_worker_that_slept_for_a_month_sends_one_the_right_one(piece):
    piece(State.DRAFTING, due_date=DUE)

    reminders.remind_due(at=on(DUE + days(30)))

    assert kinds() == ["to_writer/text_late"]


def test_nobody_is_woken_before_eight_in_the_united_kingdom(piece):
    piece(State.DRAFTING, due_date=dt.date(2026, 4, 10))

    reminders.remind_due(at=dt.datetime(2026, 4, 7, 6, 59, tzinfo=dt.UTC))
    assert kinds() == []
    reminders.remind_due(at=dt.datetime(2026, 4, 7, 7, 0, tzinfo=dt.UTC))
    assert kinds() == ["to_writer/text_soon"]


def test_only_names_that_have_not_signed_are_reminded_of_the_proof(mole, piece):
    post = piece(State.IN_PROOF)
    second = UserFactory()
    post.bylines.create(author=make_author(second, name="Ann Lee"), position=2)
    Post.objects.filter(pk=post.pk).update(proof_due_date=DUE)
    proof.sign_off(post=post, seen=post.working_id, by=mole, at=NOW)

    for number in range(-5, 9):
        reminders.remind_due(at=on(DUE + days(number)))

    told = [(letter.kind, letter.to_user) for letter in Letter.objects.order_by("pk")]
    assert told == [("to_writer/proof_soon", second), ("to_writer/proof_late", second)]


def test_the_editor_is_reminded_of_the_answer_and_the_writer_left_alone(editor, piece):
    piece(State.SUBMITTED)

    for number in range(30):
        reminders.remind_due(at=NOW + days(number))

    told = [(letter.kind, letter.to_user) for letter in Letter.objects.order_by("pk")]
    assert told == [("to_editor/answer_soon", editor), ("to_editor/answer_late", editor)]


def test_a_guest_who_does_not_answer_is_reminded_twice_and_not_after_the_end(editor, mailoutbox):
    invitations.invite(by=editor, at=NOW, name="Ivy Lane", email="ivy@council.example")

    for number in range(60):
        reminders.remind_due(at=NOW + days(number))

    assert kinds() == ["to_writer/invitation", "to_writer/invitation_waits", "to_writer/invitation_ends"]


def test_a_guest_who_answered_is_left_alone(editor):
    invitation = invitations.invite(by=editor, at=NOW, name="Ivy Lane", email="ivy@council.example")
    invitations.decline(invitation=invitation, at=NOW)

    for number in range(60):
        reminders.remind_due(at=NOW + days(number))

    assert "to_writer/invitation_waits" not in kinds()


@pytest.mark.parametrize("state", [State.READY, State.PUBLISHED, State.RETRACTED, State.WITHDRAWN, State.DECLINED])
def test_nobody_is_reminded_of_a_turn_that_is_over(state, piece):
    post = piece(state, due_date=DUE)
    Post.objects.filter(pk=post.pk).update(proof_due_date=DUE)

    for number in range(-9, 20):
        reminders.remind_due(at=on(DUE + days(number)))

    assert kinds() == []


def test_reminders_are_switched_off_for_a_piece_and_by_oneself(mole, editor, piece):
    quiet = piece(State.DRAFTING, due_date=DUE)
    reminders.set_reminders(post=quiet, is_reminded=False, by=editor, at=NOW)
    make_piece(State.DRAFTING, writer=mole, editor=editor, due_date=DUE, author=make_author(mole, name="Other"))
    Letter.objects.all().delete()
    letter_choices.choose(user=mole, choices={"reminders": "never"}, at=NOW)

    reminders.remind_due(at=on(DUE))

    assert kinds() == []


def test_an_editor_reminds_by_hand_once_a_day_and_under_the_name_on_the_byline(mole, editor, piece):
    post = piece(State.IN_PROOF)

    reminders.remind_by_hand(post=post, name="The Mole", by=editor, at=NOW)
    with pytest.raises(EditorialRefusal):
        reminders.remind_by_hand(post=post, name="The Mole", by=editor, at=NOW + dt.timedelta(hours=3))
    reminders.remind_by_hand(post=post, name="The Mole", by=editor, at=NOW + days(1))

    assert Reminder.objects.count() == 2
    letter = Letter.objects.first()
    assert letter.to_user == mole
    assert "Realname" not in letter.subject + letter.text + letter.to_name
    with pytest.raises(EditorialRefusal):
        reminders.remind_by_hand(post=post, name="Somebody else", by=editor, at=NOW)
