"""Notes at the writer's desk: answered, taken or left with one click, and nothing typed in the text is lost by it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting, review
from blog.editorial.noting import notes
from blog.models import Note, Post
from blog.states import State
from tests.factories import make_author, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db

TEXT = "<p>She was right most of the time.</p><p>We photographed every page.</p>"


@pytest.fixture
def post(editor, writer) -> Post:
    at = timezone.now()
    return make_piece(
        State.CHANGES_REQUESTED, editor=editor, writer=writer, author=make_author(writer), body=TEXT, at=at
    )


@pytest.fixture
def as_writer(writer):
    return signed_in(writer)


def note_on(post: Post, editor, text="Who?", **fields) -> Note:
    return notes.write_note(post=post, text=text, by=editor, at=timezone.now(), **fields)


def suggestion(post: Post, editor) -> Note:
    return note_on(post, editor, "", block=0, old="most of the time", new="seven times in ten")


def act(client, post: Post, note: Note, name: str, **fields):
    return client.post(reverse("writing:note_act", args=[post.pk, note.pk, name]), fields)


def page(client, post: Post) -> str:
    return " ".join(client.get(reverse("writing:piece", args=[post.pk])).content.decode().split())


def typed(post: Post, body: str) -> dict:
    return {"title": "Who closes a row?", "standfirst": "A standfirst.", "body": body, "based_on": post.working_id}


def test_the_rail_shows_the_notes_with_their_words(as_writer, post, editor):
    note_on(post, editor, "Could you say who?", block=0, quote="most of the time")
    suggestion(post, editor)
    shown = page(as_writer, post)
    assert "2 notes to answer" in shown
    assert "<q>most of the time</q>" in shown
    assert "Replace <del>most of the time</del> with <ins>seven times in ten</ins>" in shown
    assert "Take it" in shown


def test_taking_a_suggestion_keeps_what_was_typed_and_not_saved(as_writer, post, editor):
    note = suggestion(post, editor)
    body = TEXT + "<p>Typed, and not saved yet.</p>"
    assert act(as_writer, post, note, "take", **typed(post, body)).status_code == 302
    post.refresh_from_db()
    assert post.working.body == body.replace("most of the time", "seven times in ten")
    assert "Taken:" in page(as_writer, post)


@pytest.mark.parametrize(("name", "outcome"), [("done", "done"), ("leave", "left"), ("answer", "open")])
def test_every_other_click_saves_the_text_too(name, outcome, as_writer, post, editor):
    note = suggestion(post, editor)
    body = TEXT + "<p>Typed, and not saved yet.</p>"
    fields = {**typed(post, body), f"text-{note.pk}": "Yes."}
    assert act(as_writer, post, note, name, **fields).status_code == 302
    note.refresh_from_db()
    post.refresh_from_db()
    assert note.outcome == outcome
    assert post.working.body == body


def test_taking_while_another_window_saved_shows_both_texts(as_writer, post, writer, editor):
    note = suggestion(post, editor)
    mine = typed(post, TEXT + "<p>Mine.</p>")
    text = drafting.Text(body=TEXT + "<p>Theirs.</p>")
    drafting.save_text(post=post, text=text, by=writer, at=timezone.now(), based_on=post.working_id)
    response = act(as_writer, post, note, "take", **mine)
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    note.refresh_from_db()
    assert note.is_open
    assert any("Mine." in revision.body for revision in post.revisions.all())


def test_an_answer_survives_a_conflict_over_the_text(as_writer, post, writer, editor):
    note = note_on(post, editor)
    fields = {**typed(post, TEXT + "<p>Mine.</p>"), f"text-{note.pk}": "Dana does."}
    text = drafting.Text(body=TEXT + "<p>Theirs.</p>")
    drafting.save_text(post=post, text=text, by=writer, at=timezone.now(), based_on=post.working_id)
    assert act(as_writer, post, note, "answer", **fields).status_code == 409
    assert note.answers.get().text == "Dana does."


def test_a_refused_answer_keeps_text_and_says_why(as_writer, post, editor):
    note = note_on(post, editor)
    body = TEXT + "<p>Typed.</p>"
    response = act(as_writer, post, note, "answer", **typed(post, body), **{f"text-{note.pk}": "x" * 5000})
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Shorten the answer" in shown
    assert "x" * 5000 in shown
    assert "Typed." in shown


def test_words_that_are_gone_can_not_be_taken_and_the_page_says_so(as_writer, post, editor):
    note = suggestion(post, editor)
    response = act(as_writer, post, note, "take", **typed(post, "<p>She was always right, most times.</p>"))
    assert response.status_code == 409
    assert "no longer stand" in response.content.decode()
    assert "so they can’t be replaced by a click" in page(as_writer, post)


def test_while_the_editor_has_it_notes_are_answered_and_not_taken(as_writer, post, writer, editor):
    note, plain = suggestion(post, editor), note_on(post, editor)
    drafting.submit_for_review(post=post, by=writer, at=timezone.now())
    assert "You can take it when it is your turn to write." in page(as_writer, post)
    assert act(as_writer, post, note, "take").status_code == 409
    assert act(as_writer, post, plain, "answer", **{f"text-{plain.pk}": "Dana."}).status_code == 302


def test_what_an_editor_notes_meanwhile_is_not_there_yet(as_writer, post, writer, editor):
    drafting.submit_for_review(post=post, by=writer, at=timezone.now())
    note = note_on(Post.objects.get(pk=post.pk), editor, "Half a thought")
    assert "Half a thought" not in page(as_writer, post)
    assert act(as_writer, post, note, "done").status_code == 404
    review.ask_for_changes(post=post, reason="See my note.", by=editor, at=timezone.now())
    assert "Half a thought" in page(as_writer, post)


@pytest.mark.parametrize("name", ["answer", "done", "take", "leave", "reopen"])
def test_a_note_of_another_piece_does_not_exist(name, as_writer, post, editor):
    foreign = note_on(make_piece(State.CHANGES_REQUESTED, editor=editor), editor)
    assert act(as_writer, post, foreign, name).status_code == 404
    assert act(as_writer, foreign.post, foreign, name).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_open


def test_script_in_a_note_stays_text(as_writer, post, editor):
    note_on(post, editor, "<script>alert(1)</script>", block=0, quote="right")
    assert "<script>alert" not in page(as_writer, post)


def test_before_sending_a_writer_sees_what_to_look_at(as_writer, post):
    assert "Before you send it" in page(as_writer, post)


def test_readers_see_nothing_of_notes(client, editor, writer):
    post = make_published(editor=editor, writer=writer, author=make_author(writer), body=TEXT, at=timezone.now())
    note_on(post, editor, "Between ourselves", block=0)
    assert "Between ourselves" not in client.get(post.get_absolute_url()).content.decode()
