"""Notes on the review page: beside their paragraph, linked both ways, kept when something is refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.editorial.noting import notes
from blog.models import Note, Post
from blog.states import State
from tests.admin.pages import piece_now, review_url
from tests.factories import make_author, make_editor

pytestmark = pytest.mark.django_db

TEXT = "<p>She was right most of the time.</p><p>We photographed every page of the book.</p>"


@pytest.fixture
def post(editor, writer) -> Post:
    return piece_now(State.SUBMITTED, editor=editor, writer=writer, author=make_author(writer), body=TEXT)


def write(client, post: Post, **fields):
    data = {"seen": post.working_id, "paragraph": "1", "text": "May we name the supplier?", **fields}
    return client.post(reverse("admin:blog_post_note", args=[post.pk]), data)


def act(client, post: Post, note: Note, name: str, **fields):
    return client.post(reverse("admin:blog_post_note_act", args=[post.pk, note.pk, name]), fields)


def page(client, post: Post, query: str = "") -> str:
    return " ".join(client.get(review_url(post) + query).content.decode().split())


def test_a_note_stands_in_the_rail_and_leads_to_its_paragraph_and_back(as_editor, post):
    response = write(as_editor, post, quote="most of the time")
    note = Note.objects.get()
    assert response.url.endswith(f"#remark-{note.pk}")
    shown = page(as_editor, post)
    assert "1 note open" in shown
    assert (
        f'<a class="marker" id="to-remark-{note.pk}" href="#remark-{note.pk}" data-words="most of the time">' in shown
    )
    assert f'<a href="#to-remark-{note.pk}">paragraph 1</a>' in shown
    assert "<q>most of the time</q>" in shown


@pytest.mark.parametrize("view", ["readers", "changes", "side"])
def test_every_paragraph_has_a_way_to_note_it_in_every_view(view, as_editor, post):
    shown = page(as_editor, post, f"?view={view}")
    assert [f'id="paragraph-{number}"' in shown for number in (1, 2, 3)] == [True, True, False]
    assert f"?view={view}&amp;note=2#new-note" in shown


@pytest.mark.parametrize("number", ["2", "0", "99", "x", "%00", "9" * 40])
def test_the_link_beside_a_paragraph_opens_the_form_with_its_words(number, as_editor, post):
    shown = page(as_editor, post, f"?note={number}")
    assert 'id="new-note" open' in shown
    assert ("On paragraph 2: <q>We photographed" in shown) == (number == "2")


def test_a_suggestion_is_a_sentence_and_taking_it_changes_the_text(as_editor, editor, post):
    write(as_editor, post, quote="most of the time", new="seven times in ten", suggests="1", text="")
    shown = page(as_editor, post)
    assert "Replace <del>most of the time</del> with <ins>seven times in ten</ins>" in shown
    act(as_editor, post, Note.objects.get(), "take")
    post.refresh_from_db()
    assert "right seven times in ten." in post.working.body
    assert "Taken:" in page(as_editor, post)


def test_what_was_typed_is_kept_when_a_note_is_refused(as_editor, post):
    typed = {"quote": "no such words", "new": "others", "suggests": "1", "text": "Why not?"}
    response = write(as_editor, post, **typed)
    assert response.status_code == 422
    shown = " ".join(response.content.decode().split())
    assert 'id="new-note" open' in shown
    assert "Copy them exactly" in shown
    assert all(words in shown for words in ("no such words", "others</textarea>", "Why not?</textarea>"))


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_what_was_typed_is_kept_when_an_answer_is_refused(text, as_editor, editor, post):
    note = notes.write_note(post=post, text="Who?", by=editor, at=timezone.now())
    response = act(as_editor, post, note, "answer", text=text)
    assert response.status_code == 422
    assert f'id="id_answer_{note.pk}_error"' in response.content.decode()
    assert text in response.content.decode()


def test_a_note_that_was_settled_meanwhile_is_told(as_editor, editor, post):
    note = notes.write_note(post=post, text="Who?", by=editor, at=timezone.now())
    assert act(as_editor, post, note, "done").status_code == 302
    response = act(as_editor, post, note, "done")
    assert response.status_code == 409
    assert "settled already" in response.content.decode()
    assert act(as_editor, post, note, "reopen").status_code == 302


@pytest.mark.parametrize("name", ["answer", "done", "take", "leave", "reopen"])
def test_a_note_of_another_piece_is_not_found(name, as_editor, editor, post):
    other = piece_now(State.SUBMITTED, editor=editor)
    note = notes.write_note(post=other, text="Who?", by=editor, at=timezone.now())
    assert act(as_editor, post, note, name, text="x").status_code == 404
    assert act(as_editor, post, Note(pk=10**30), name, text="x").status_code == 404
    note.refresh_from_db()
    assert note.is_open
    assert not note.answers.exists()


def test_an_act_that_there_is_not_is_not_found(as_editor, editor, post):
    note = notes.write_note(post=post, text="Who?", by=editor, at=timezone.now())
    assert act(as_editor, post, note, "delete").status_code == 404


def test_script_in_a_note_stays_text_everywhere(as_editor, editor, post):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    write(as_editor, post, quote="most of the time", new=nasty, suggests="1", text=nasty)
    notes.answer(note=Note.objects.get(), text=nasty, by=editor, at=timezone.now())
    act(as_editor, post, Note.objects.get(), "take")
    shown = as_editor.get(review_url(post)).content.decode()
    assert "<script>alert" not in shown
    assert "onerror" not in shown.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    post.refresh_from_db()
    assert "<script" not in post.working.body


def test_a_note_whose_paragraph_was_removed_says_so(as_editor, editor, post):
    write(as_editor, post, quote="most of the time")
    text = drafting.Text(body="<p>We photographed every page of the book.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=timezone.now(), based_on=post.working_id)
    shown = page(as_editor, post)
    assert "The paragraph this is about was removed: <q>most of the time</q>" in shown


def test_the_review_page_asks_the_same_number_of_questions_however_many_notes(
    as_editor, editor, post, django_assert_max_num_queries
):
    def count(client) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(review_url(post))
        return len(queries)

    write(as_editor, post)
    one = count(as_editor)
    for _ in range(3):
        write(as_editor, post)
    assert count(as_editor) == one


def test_another_editor_sees_it_and_can_answer(post, as_editor):
    from tests.people import signed_in

    write(as_editor, post)
    other = signed_in(make_editor(display_name="Sam Whitlock"))
    assert "May we name the supplier?" in page(other, post)
    assert act(other, post, Note.objects.get(), "answer", text="Yes.").status_code == 302
    assert "Sam Whitlock" in page(as_editor, post)
