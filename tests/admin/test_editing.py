"""The editor's writing page: saved as one types, never over somebody else's words, and nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.models import Author, Post, Revision
from blog.states import State
from tests.admin.pages import edit_url, piece_now, review_url
from tests.factories import UserFactory, make_editor
from tests.people import signed_in
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(editor) -> Post:
    return piece_now(State.SUBMITTED, editor=editor)


def typed(post: Post, **fields):
    return {
        "title": "A new title",
        "standfirst": "In short.",
        "body": "<p>Words.</p>",
        "based_on": post.working_id,
        **fields,
    }


def autosave(client, post, **fields):
    return client.post(reverse("admin:blog_post_autosave", args=[post.pk]), typed(post, **fields))


def somebody_else_saves(post: Post) -> None:
    text = drafting.Text(body="<p>Their words.</p>")
    row = Post.objects.get(pk=post.pk)
    drafting.save_text(post=row, text=text, by=make_editor(), at=timezone.now(), based_on=row.working_id)


def test_saving_makes_a_revision_and_leads_back(as_editor, editor, post):
    response = as_editor.post(edit_url(post), typed(post, introduction="<p>Meet Priya.</p>"))
    assert (response.status_code, response["Location"]) == (302, review_url(post))
    post.refresh_from_db()
    assert (post.working.title, post.working.introduction) == ("A new title", "<p>Meet Priya.</p>")
    assert post.working.introduced_by == Author.objects.get(identity__user=editor)


def test_a_colleagues_introduction_keeps_its_name_unless_one_says_otherwise(as_editor, editor, post):
    colleague = make_editor(display_name="Sam Whitlock")
    signed_in(colleague).post(edit_url(post), typed(post, introduction="<p>Meet Priya.</p>"))
    post.refresh_from_db()
    as_editor.post(edit_url(post), typed(post, introduction="<p>Meet Priya Raman.</p>"))
    post.refresh_from_db()
    assert post.working.introduced_by.name == "Sam Whitlock"
    assert "Put my name to it instead of Sam Whitlock" in as_editor.get(edit_url(post)).content.decode()
    as_editor.post(edit_url(post), typed(post, introduction="<p>Mine.</p>", sign_introduction="1"))
    post.refresh_from_db()
    assert post.working.introduced_by.name == "Tom Ashby"


def test_opening_the_page_changes_nothing(as_editor, post):
    before = (Author.objects.count(), Revision.objects.count())
    assert as_editor.get(edit_url(post)).status_code == 200
    assert (Author.objects.count(), Revision.objects.count()) == before


def test_a_conflict_brings_both_texts_together_and_keeps_what_was_typed(as_editor, post):
    somebody_else_saves(post)
    response = as_editor.post(edit_url(post), typed(post, body="<p>My words.</p>"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Two texts become one" in page
    assert "<ins>Their words.</ins>" in page or "Their words." in page
    assert "&lt;p&gt;My words.&lt;/p&gt;" in page
    assert Revision.objects.filter(post=post, body="<p>My words.</p>").exists()
    post.refresh_from_db()
    assert post.working.body == "<p>Their words.</p>"


def test_saving_as_one_types_answers_a_script(as_editor, post):
    answer = autosave(as_editor, post)
    post.refresh_from_db()
    assert answer.status_code == 200
    assert set(answer.json()) == {"revision", "saved_at", "words", "words_text"}
    assert answer.json()["revision"] == post.working_id


def test_saving_as_one_types_reports_a_conflict_with_the_way_to_both_texts(as_editor, post):
    somebody_else_saves(post)
    answer = autosave(as_editor, post)
    assert answer.status_code == 409
    assert set(answer.json()) == {"message", "compare"}
    assert as_editor.get(answer.json()["compare"]).status_code == 200


def test_saving_as_one_types_says_what_is_too_long(as_editor, post):
    answer = autosave(as_editor, post, title="x" * 1_000_000)
    assert answer.status_code == 422
    assert answer.json()["errors"]["title"] == ["Shorten the title to 300 characters."]


def test_saving_as_one_types_out_of_turn_is_refused(as_editor, editor):
    answer = autosave(as_editor, piece_now(State.IN_PROOF, editor=editor))
    assert answer.status_code == 409
    assert "message" in answer.json()


def test_a_script_of_somebody_who_was_signed_out_is_told(client, as_reader, post):
    assert autosave(client, post).status_code == 401
    assert autosave(as_reader, post).status_code == 403
    assert autosave(signed_in(UserFactory(is_staff=True)), post).status_code == 403
    assert client.get(reverse("admin:blog_post_autosave", args=[post.pk])).status_code == 405


@pytest.mark.parametrize("state", list(State))
def test_the_page_opens_only_while_the_text_can_be_written(state, editor, as_editor):
    piece = piece_now(state, editor=editor)
    may_write = drafting.may_write(post=piece, by=editor)
    assert as_editor.get(edit_url(piece)).status_code == (200 if may_write else 409)
    assert ("Edit the text" in as_editor.get(review_url(piece)).content.decode()) == may_write


def test_a_lead_picture_is_taken_in_with_its_description(as_editor, post):
    as_editor.post(
        edit_url(post), typed(post, lead_file=picture_file(), lead_alt="A paper book", lead_credit="T. Ashby")
    )
    post.refresh_from_db()
    assert (post.working.lead_picture.alt, post.working.lead_picture.credit) == ("A paper book", "T. Ashby")
    as_editor.post(edit_url(post), typed(post, lead_remove="1"))
    post.refresh_from_db()
    assert post.working.lead_picture is None


def test_a_lead_picture_without_description_keeps_the_text(as_editor, post):
    response = as_editor.post(edit_url(post), typed(post, body="<p>Kept words.</p>", lead_file=picture_file()))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Describe the picture for people who cannot see it." in page
    assert "Kept words." in page


def test_a_picture_for_the_text_answers_a_script(as_editor, post):
    url = reverse("admin:blog_post_pictures", args=[post.pk])
    answer = as_editor.post(url, {"file": picture_file(), "alt": "A step ladder", "caption": "The ladder"})
    assert answer.status_code == 201
    assert set(answer.json()) == {"src", "width", "height", "alt", "caption", "credit"}
    assert as_editor.post(url, {"file": picture_file()}).json()["errors"]["alt"]
    assert as_editor.post(url, {"alt": "Nothing"}).status_code == 422


def test_ones_own_piece_begins_with_ones_own_name(as_editor, editor):
    response = as_editor.post(reverse("admin:blog_post_begin"))
    post = Post.objects.get()
    assert response["Location"] == edit_url(post)
    assert not post.is_guest_piece
    assert [byline.author.name for byline in post.ordered_bylines()] == ["Tom Ashby"]
    assert as_editor.get(reverse("admin:blog_post_begin")).status_code == 405
