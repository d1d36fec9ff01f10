"""Bringing in a Word file at the guest's desk: by a plain form and by the script."""

import io

import pytest

from blog.models import Post, WordFile
from blog.states import State
from tests.factories import make_piece
from tests.word.making import COMMENT_LIKE, paragraph, run, word_file

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor, body="<p>We kept a tally.</p>")


def sent(post: Post, content: bytes | None = None, way: str = "replace") -> dict[str, object]:
    file = io.BytesIO(word_file(paragraph("New.")) if content is None else content)
    file.name = "draft.docx"
    return {"file": file, "way": way, "based_on": post.working_id}


def test_the_form_asks_what_becomes_of_the_text_that_is_there(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/word/").content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert "Add the Word file at its end" in page


def test_an_empty_piece_is_not_asked(as_writer, writer, editor):
    post = make_piece(writer=writer, editor=editor, body="")

    assert "at its end" not in as_writer.get(f"/desk/{post.pk}/word/").content.decode()


def test_the_writing_page_says_what_was_left_out(as_writer, post):
    content = word_file(paragraph(run("New. ") + COMMENT_LIKE))

    response = as_writer.post(f"/desk/{post.pk}/word/", sent(post, content), follow=True)

    page = response.content.decode()
    assert "The Word file is in the text below." in page
    assert "1 comment was left out." in page
    assert "as if they had all been accepted" in page
    assert "New. here" in page


def test_a_report_of_another_piece_is_not_shown(as_writer, post, writer, editor):
    other = make_piece(writer=writer, editor=editor, title="Other")
    as_writer.post(f"/desk/{other.pk}/word/", sent(other))
    record = WordFile.objects.get()

    for key in (record.pk, "x", "\x00", 10**30):
        page = as_writer.get(f"/desk/{post.pk}/", {"word": key})
        assert page.status_code == 200
        assert "The Word file is in" not in page.content.decode()


@pytest.mark.parametrize(
    ("content", "way", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "replace", "old Word file (.doc)"),
        (b"PK\x03\x04", "add", "can’t be read"),
        (None, "", "Say whether the Word file replaces the text"),
    ],
)
def test_a_refusal_stands_in_the_form_with_what_was_chosen(as_writer, post, content, way, sentence):
    response = as_writer.post(f"/desk/{post.pk}/word/", sent(post, content, way))

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(sentence) == 2
    assert f'value="{way}" checked' in page or not way
    assert "<title>Error:" in page


def test_the_script_is_answered_with_the_way_on(as_writer, post):
    url = f"/desk/{post.pk}/word/"
    refused = as_writer.post(url, sent(post, b"x"), **JSON)
    done = as_writer.post(url, sent(post), **JSON)

    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["file"])
    assert done.status_code == 201
    assert done.json() == {"address": f"/desk/{post.pk}/?word={WordFile.objects.get().pk}"}


def test_after_somebody_elses_save_both_stand_there(as_writer, post, writer):
    began = sent(post)
    as_writer.post(f"/desk/{post.pk}/autosave/", {"title": "Theirs", "based_on": post.working_id})

    plain = as_writer.post(f"/desk/{post.pk}/word/", began)
    script = as_writer.post(f"/desk/{post.pk}/word/", {**sent(post), "based_on": post.working_id}, **JSON)

    assert plain.status_code == 409
    assert "Two texts become one" in plain.content.decode()
    assert script.status_code == 409
    assert "/merge/" in script.json()["compare"]


def test_out_of_turn_the_page_leads_back_and_a_file_is_refused(as_writer, writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)

    assert as_writer.get(f"/desk/{post.pk}/word/").status_code == 302
    assert as_writer.post(f"/desk/{post.pk}/word/", sent(post)).status_code == 409
    assert as_writer.post(f"/desk/{post.pk}/word/", sent(post), **JSON).status_code == 409


def test_a_stranger_finds_nothing_there(as_reader, client, post):
    assert as_reader.get(f"/desk/{post.pk}/word/").status_code == 404
    assert as_reader.post(f"/desk/{post.pk}/word/", sent(post)).status_code == 404
    assert client.post(f"/desk/{post.pk}/word/", sent(post), **JSON).status_code == 401


def test_an_editor_brings_one_in_at_the_other_desk(as_editor, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    url = f"/admin/blog/post/{post.pk}/word/"

    refused = as_editor.post(url, sent(post, b"%PDF-"))
    page = as_editor.post(url, sent(post), follow=True).content.decode()

    assert refused.status_code == 422
    assert "This is a PDF." in refused.content.decode()
    assert "The Word file is in the text below." in page
    other = {**sent(post, word_file(paragraph("Other."))), "based_on": post.working_id}
    assert as_editor.post(url, other, **JSON).status_code == 409
