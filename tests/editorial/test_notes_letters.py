"""Notes and the two sides: who sees them when, under which name, and which letters they make."""

import datetime as dt

import pytest

from blog.editorial import drafting, proof, review
from blog.editorial.noting import noted, notes
from blog.models import Letter, Note, Post
from blog.states import State
from tests.factories import NOW, make_editor

pytestmark = pytest.mark.django_db

TEXT = "<p>She was right most of the time.</p><p>We did it in order to see, in order to know.</p>"


def write(post: Post, by, text="May we name the supplier?", **fields) -> Note:
    return notes.write_note(post=post, text=text, by=by, at=NOW, **fields)


def seen_by(post: Post, reader) -> list[Note]:
    post = Post.objects.get(pk=post.pk)
    return [one.note for one in noted.notes_on(post, reader=reader, text=post.working)]


@pytest.fixture
def submitted(piece) -> Post:
    return piece(State.SUBMITTED, body=TEXT)


@pytest.fixture
def returned(piece) -> Post:
    return piece(State.CHANGES_REQUESTED, body=TEXT)


def test_the_other_side_sees_a_note_once_the_piece_is_handed_on(submitted, editor, mole):
    note = write(submitted, editor)
    assert seen_by(submitted, mole) == []
    assert seen_by(submitted, make_editor()) == [note]
    assert not Letter.objects.exists()
    review.ask_for_changes(post=submitted, reason="See my note.", by=editor, at=NOW)
    assert seen_by(submitted, mole) == [note]


def test_the_letter_of_the_move_says_what_the_notes_say_and_is_the_only_one(submitted, editor):
    write(submitted, editor, block=0, quote="most of the time")
    write(submitted, editor, "", block=0, old="most of the time", new="seven times in ten")
    review.ask_for_changes(post=submitted, reason="See my notes.", by=editor, at=NOW)
    letter = Letter.objects.get()
    assert "“most of the time”: May we name the supplier?" in letter.text
    assert "Replace “most of the time” with “seven times in ten”" in letter.text


def test_a_note_from_the_side_that_waits_makes_one_letter_however_many_follow(returned, editor, mole):
    for _ in range(3):
        write(returned, editor)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user) == ("to_writer/notes", mole)
    assert letter.due_at == NOW + dt.timedelta(minutes=10)
    Letter.objects.update(status=Letter.Status.SENT, sent_at=NOW)
    write(returned, editor)
    assert Letter.objects.count() == 2


def test_a_writers_answer_out_of_turn_reaches_the_editor_under_the_pen_name(submitted, editor, mole):
    note = write(submitted, editor)
    review.ask_for_changes(post=submitted, reason="See my note.", by=editor, at=NOW)
    Letter.objects.all().delete()
    notes.answer(note=note, text="Yes.", by=mole, at=NOW)
    assert not Letter.objects.exists()  # It goes with the piece
    drafting.submit_for_review(post=submitted, by=mole, at=NOW)
    Letter.objects.all().delete()
    note.post.refresh_from_db()
    notes.answer(note=note, text="No, rather not.", by=mole, at=NOW)
    letter = Letter.objects.get()
    assert letter.to_user == editor
    assert "The Mole" in letter.text
    assert mole.display_name not in letter.text


def test_a_pen_name_stands_on_the_notes_of_its_writer(piece, mole, editor):
    post = piece(State.IN_PROOF, body=TEXT)
    write(post, mole, block=0, text="It was six.")
    proof.ask_for_correction(post=post, reason="A figure.", by=mole, at=NOW)
    post.refresh_from_db()
    (one,) = noted.notes_on(post, reader=editor, text=post.working)
    assert one.name == "The Mole"
    assert mole.display_name not in Letter.objects.get().text
