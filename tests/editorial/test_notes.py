"""Notes: who writes them, who sees them when, what becomes of a suggestion, and which letters they make."""

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import drafting
from blog.editorial.noting import noted, notes
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Note, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_piece

pytestmark = pytest.mark.django_db

TEXT = "<p>She was right most of the time.</p><p>We did it in order to see, in order to know.</p>"


def write(post: Post, by, text="May we name the supplier?", **fields) -> Note:
    return notes.write_note(post=post, text=text, by=by, at=fields.pop("at", NOW), **fields)


def suggest(post: Post, by, old="most of the time", new="seven times in ten", **fields) -> Note:
    return write(post, by, fields.pop("text", ""), block=fields.pop("block", 0), old=old, new=new, **fields)


@pytest.fixture
def submitted(piece) -> Post:
    return piece(State.SUBMITTED, body=TEXT)


@pytest.fixture
def returned(piece) -> Post:
    return piece(State.CHANGES_REQUESTED, body=TEXT)


def test_a_note_keeps_the_paragraph_that_it_is_about(submitted, editor):
    note = write(submitted, editor, block=1, quote="to  see")
    assert (note.block, note.quote, note.revision) == (1, "to see", submitted.working)
    assert note.passage == "We did it in order to see, in order to know."
    assert notes.open_notes(submitted) == [note]


def test_a_note_on_words_alone_finds_the_only_paragraph_with_them(submitted, editor):
    assert write(submitted, editor, quote="She was right").block == 0
    assert write(submitted, editor).block is None
    with pytest.raises(IncompleteError) as refused:
        write(submitted, editor, quote="no such words")
    assert set(refused.value.errors) == {"quote"}


def test_a_note_is_about_the_text_that_was_looked_at(submitted, editor):
    seen = submitted.working
    body = "<p>New first paragraph, which stands above.</p>" + TEXT
    drafting.save_text(post=submitted, text=drafting.Text(body=body), by=editor, at=NOW, based_on=seen.pk)
    note = write(submitted, editor, block=0, seen=seen.pk)
    assert note.revision == seen
    assert noted.place_of(note, Post.objects.get(pk=submitted.pk).working) == 1


WRONG = [
    ({"text": " \x00"}, "text"),
    ({"text": "x" * 4001}, "text"),
    ({"block": 2}, "block"),
    ({"block": 0, "quote": "x" * 301}, "quote"),
    ({"block": 0, "old": "always", "new": "never"}, "old"),
    ({"block": 1, "old": "in order to", "new": "to"}, "old"),
    ({"block": 0, "old": "", "new": "never"}, "old"),
    ({"block": 0, "old": "right", "new": "right"}, "old"),
    ({"block": 0, "old": "right", "new": "x" * 1001}, "new"),
]


@pytest.mark.parametrize(("fields", "wrong"), WRONG)
def test_what_is_wrong_with_a_note_is_said_by_field(fields, wrong, submitted, editor):
    with pytest.raises(IncompleteError) as refused:
        write(submitted, editor, **fields)
    assert wrong in refused.value.errors
    assert not Note.objects.exists()


def test_only_the_writers_and_editors_of_a_piece_write_answer_and_settle(submitted, editor):
    note, stranger = write(submitted, editor), UserFactory()
    for act in (notes.settle, notes.take, notes.leave, notes.reopen):
        with pytest.raises((PermissionDenied, MoveNotAllowedError)):
            act(note=note, by=stranger, at=NOW)
    with pytest.raises(PermissionDenied):
        write(submitted, stranger)
    with pytest.raises(PermissionDenied):
        notes.answer(note=note, text="Hello", by=stranger, at=NOW)
    note.refresh_from_db()
    assert note.is_open


def test_a_suggestion_is_taken_by_one_act_as_a_new_text_of_theirs(returned, editor, mole):
    note = suggest(returned, editor)
    revision = notes.take(note=note, by=mole, at=NOW)
    returned.refresh_from_db()
    assert returned.working == revision
    assert revision.body.startswith("<p>She was right seven times in ten.</p>")
    assert (revision.written_by, revision.based_on) == (mole, note.revision)
    note.refresh_from_db()
    assert (note.outcome, note.settled_by) == ("taken", mole)


def test_a_suggestion_follows_its_paragraph(returned, editor, mole):
    note = suggest(returned, editor)
    body = "<p>We did it in order to see.</p><p>I say she was right most of the time, and so she was.</p>"
    drafting.save_text(post=returned, text=drafting.Text(body=body), by=mole, at=NOW, based_on=returned.working_id)
    assert "I say she was right seven times in ten, and" in notes.take(note=note, by=mole, at=NOW).body


LATER = {
    "gone": "<p>She was always right.</p>",
    "twice": "<p>She was right most of the time, most of the time.</p>",
    "removed": "<p>We did it in order to see, in order to know.</p>",
}


@pytest.mark.parametrize("what", LATER)
def test_words_that_are_gone_or_there_twice_are_not_replaced(what, returned, editor, mole):
    note = suggest(returned, editor)
    text = drafting.Text(body=LATER[what])
    kept = drafting.save_text(post=returned, text=text, by=mole, at=NOW, based_on=returned.working_id)
    with pytest.raises(notes.WordsHaveChangedError):
        notes.take(note=note, by=mole, at=NOW)
    note.refresh_from_db()
    assert note.is_open
    assert Post.objects.get(pk=returned.pk).working == kept


def test_a_suggestion_is_taken_only_on_ones_turn_to_write(submitted, returned, editor, mole):
    note = suggest(returned, editor)
    with pytest.raises(MoveNotAllowedError):
        notes.take(note=note, by=editor, at=NOW)
    note.refresh_from_db()
    assert note.is_open
    own = suggest(submitted, editor)
    with pytest.raises(MoveNotAllowedError):
        notes.take(note=own, by=mole, at=NOW)


def test_a_note_is_settled_once_and_can_be_opened_again(returned, editor, mole):
    note = write(returned, editor)
    notes.settle(note=note, by=mole, at=NOW)
    with pytest.raises(MoveNotAllowedError):
        notes.settle(note=note, by=editor, at=NOW)
    assert notes.reopen(note=note, by=editor, at=NOW).is_open
    taken = suggest(returned, editor)
    notes.take(note=taken, by=mole, at=NOW)
    with pytest.raises(MoveNotAllowedError):
        notes.reopen(note=taken, by=editor, at=NOW)
    with pytest.raises(MoveNotAllowedError):
        notes.leave(note=note, by=mole, at=NOW)


def test_a_note_whose_paragraph_was_taken_out_keeps_its_words(returned, editor, mole):
    write(returned, editor, block=0)
    text = drafting.Text(body=LATER["removed"])
    drafting.save_text(post=returned, text=text, by=mole, at=NOW, based_on=returned.working_id)
    returned.refresh_from_db()
    (one,) = noted.notes_on(returned, reader=mole, text=returned.working)
    assert (one.place, one.is_lost, one.words) == (None, True, "She was right most of the time.")


@pytest.mark.parametrize("count", [1, 3])
def test_notes_are_read_in_the_same_number_of_queries_however_many(count, editor, django_assert_num_queries):
    post = make_piece(State.SUBMITTED, editor=editor, body=TEXT)
    for _ in range(count):
        notes.answer(note=write(post, editor, block=0), text="Yes.", by=editor, at=NOW)
    post = Post.objects.get(pk=post.pk)
    with django_assert_num_queries(5):
        assert len(noted.notes_on(post, reader=editor, text=post.working)) == count
