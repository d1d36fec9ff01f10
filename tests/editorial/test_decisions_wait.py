"""The letters of decisions wait some minutes: until then the decision can be taken back, and its letter changed."""

import datetime as dt

import pytest

from blog.editorial import drafting, moves, proof, review
from blog.editorial.letters import post_room, reconsidering
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Letter, LetterAct, Post
from blog.states import MoveKind, State
from tests.factories import NOW, UserFactory, make_author

pytestmark = pytest.mark.django_db
MINUTES = dt.timedelta(minutes=5)
SENT_LAST = NOW - dt.timedelta(days=2)
DECISIONS = {
    "changes": lambda post, editor: review.ask_for_changes(post=post, reason="Who answers?", by=editor, at=NOW),
    "declined": lambda post, editor: review.decline(post=post, reason="Not for us.", by=editor, at=NOW),
    "proof": lambda post, editor: review.accept(post=post, by=editor, at=NOW),
}


@pytest.fixture
def decided(editor, piece):
    def decide(name="changes", **fields) -> Post:
        post = piece(State.SUBMITTED, at=SENT_LAST, **fields)
        DECISIONS[name](post, editor)
        return post

    return decide


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decisions_letter_goes_out_some_minutes_later(name, decided, mailoutbox):
    decided(name)

    assert post_room.send_due(at=NOW + MINUTES - dt.timedelta(seconds=1)) == 0
    assert post_room.send_due(at=NOW + MINUTES) == 1


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_taken_back_as_if_it_had_not_been_made(name, decided, editor, mailoutbox):
    post = decided(name)
    assert MoveKind.RECONSIDER in moves.allowed_moves(post=post, by=editor, at=NOW)

    reconsidering.reconsider(post=post, by=editor, at=NOW)

    assert (post.state, post.state_since) == (State.SUBMITTED, SENT_LAST)
    assert post_room.send_due(at=NOW + MINUTES) == 0
    assert [(act.kind, act.by) for act in LetterAct.objects.all()] == [("cancel", editor)]


def test_a_decision_can_be_made_anew_after_it_was_taken_back(decided, editor, mailoutbox):
    post = decided("declined")
    reconsidering.reconsider(post=post, by=editor, at=NOW)
    review.accept(post=post, by=editor, at=NOW)

    post_room.send_due(at=NOW + MINUTES)

    assert [mail.subject for mail in mailoutbox] == ["Your proof: “Who closes a row?”"]


def test_once_a_letter_is_out_the_decision_stands(decided, editor):
    post = decided()
    post_room.send_due(at=NOW + MINUTES)

    assert MoveKind.RECONSIDER not in moves.allowed_moves(post=post, by=editor, at=NOW + MINUTES)
    with pytest.raises(MoveNotAllowedError):
        reconsidering.reconsider(post=post, by=editor, at=NOW + MINUTES)


def test_a_letter_that_is_just_being_sent_keeps_the_decision(decided, editor):
    post = decided()
    Letter.objects.update(claimed_until=NOW + MINUTES)

    with pytest.raises(MoveNotAllowedError):
        reconsidering.reconsider(post=post, by=editor, at=NOW)


def test_a_sign_off_keeps_the_decision(decided, editor, mole):
    post = decided("proof")
    post.bylines.create(author=make_author(UserFactory(), name="Ann Lee"), position=2)
    proof.sign_off(post=post, seen=post.working_id, by=mole, at=NOW)

    with pytest.raises(MoveNotAllowedError):
        reconsidering.reconsider(post=post, by=editor, at=NOW)


def test_a_text_written_since_keeps_the_decision(decided, editor, mole):
    post = decided()
    text = drafting.Text(body="<p>Something new.</p>")
    drafting.save_text(post=post, text=text, by=mole, at=NOW, based_on=post.working_id)

    with pytest.raises(MoveNotAllowedError):
        reconsidering.reconsider(post=Post.objects.get(pk=post.pk), by=editor, at=NOW)


def test_the_next_move_overtakes_a_letter_that_still_waits(decided, mole, mailoutbox):
    post = decided()
    drafting.submit_for_review(post=post, by=mole, at=NOW)

    post_room.send_due(at=NOW + MINUTES)

    assert [mail.subject for mail in mailoutbox] == ["The Mole sent “Who closes a row?”"]
    assert LetterAct.objects.get().kind == "overtake"


def test_cancelling_a_decisions_letter_for_good_needs_a_reason(decided, editor):
    decided()
    letter = Letter.objects.get()
    with pytest.raises(IncompleteError):
        post_room.cancel(letter=letter, by=editor, at=NOW)

    post_room.cancel(letter=letter, by=editor, at=NOW, reason="I rang her.")

    assert letter.status == Letter.Status.CANCELLED
    assert LetterAct.objects.get().reason == "I rang her."


def test_what_editors_do_to_a_letter_is_written_down_with_its_words_before(decided, editor, mailoutbox):
    decided()
    letter = Letter.objects.get()
    before = letter.text

    post_room.rewrite(letter=letter, subject="Kinder", text="Take your time.", by=editor, at=NOW)
    post_room.hold(letter=letter, by=editor, at=NOW)
    post_room.release(letter=letter, by=editor, at=NOW)
    post_room.hurry(letter=letter, by=editor, at=NOW)

    assert [(act.kind, act.by, act.earlier_text) for act in letter.acts.all()] == [
        ("change", editor, before),
        ("hold", editor, ""),
        ("release", editor, ""),
        ("hurry", editor, ""),
    ]
    assert post_room.send_due(at=NOW) == 1


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_a_message_sent_since_keeps_the_decision(who, decided, editor, mole):
    post = decided()
    drafting.say(post=post, text="About your changes", by=mole if who == "writer" else editor, at=NOW)

    with pytest.raises(MoveNotAllowedError, match="Too late"):
        reconsidering.reconsider(post=post, by=editor, at=NOW)
