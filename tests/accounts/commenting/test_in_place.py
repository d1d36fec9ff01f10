"""What the script in the page gets, and that all of it works without the script as well."""

import pytest
from django.test import Client

from accounts.models import Comment
from tests.factories import make_author, make_comment, make_published
from tests.people import confirm, signed_in

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def address(post) -> str:
    return f"/accounts/comment/{post.pk}/"


def test_a_preview_shows_the_comment_and_writes_nothing(address, regular):
    before = Comment.objects.count()
    for headers in ({}, FETCH):
        answer = signed_in(regular).post(address, {"text": "> Quoted.\n<b>Mine.</b>", "preview": "1"}, headers=headers)
        assert answer.status_code == 200
        assert "How it will look" in answer.text
        assert "<blockquote><p>Quoted.</p></blockquote><p>&lt;b&gt;Mine.&lt;/b&gt;</p>" in answer.text
        assert "&lt;b&gt;Mine.&lt;/b&gt;</textarea>" in answer.text
    assert Comment.objects.count() == before
    assert signed_in(regular).post(address, {"text": " ", "preview": "1"}).status_code == 422


def test_a_preview_under_a_pen_name_shows_that_and_no_other_mark(writer):
    author = make_author(writer, name="Ivy Lane", is_pen_name=True)
    piece = make_published(writer=writer, author=author)
    sent = {"text": "Thank you.", "preview": "1"}
    page = signed_in(confirm(writer)).post(f"/accounts/comment/{piece.pk}/", sent, headers=FETCH).text
    assert "<b>Ivy Lane</b>" in page
    assert ">Author<" in page
    assert writer.display_name not in page


def test_a_new_comment_comes_back_as_readers_see_it_with_a_fresh_form(address, regular, post, newcomer):
    top = make_comment(post, newcomer)
    answer = signed_in(regular).post(address, {"text": "Again.", "reply": top.pk}, headers=FETCH)
    left = Comment.objects.latest("pk")
    assert answer.status_code == 201
    for part in (
        f'data-top="{top.pk}"',
        'data-page="1"',
        f'data-address="{left.get_absolute_url()}"',
        'data-count="3 comments',
        f'<article class="cmt" id="{left.anchor}">',
        f'data-acts-of="{left.anchor}"',
        'id="comment-form"',
    ):
        assert part in answer.text, part
    assert "<html" not in answer.text
    assert 'name="reply"' not in answer.text


def test_a_held_comment_comes_back_marked(address, newcomer):
    answer = signed_in(newcomer).post(address, {"text": "So did we."}, headers=FETCH)
    assert answer.status_code == 201
    assert 'data-address=""' in answer.text
    assert answer.text.count("So did we.") == 1
    assert "With the editors" in answer.text


def test_errors_and_an_ended_sign_in_come_back_to_the_script(address, regular):
    answer = signed_in(regular).post(address, {"text": "y" * 5001}, headers=FETCH)
    assert (answer.status_code, "y" * 5001 in answer.text, "<html" in answer.text) == (422, True, False)
    assert Client().post(address, {"text": "Hello."}, headers=FETCH).status_code == 401


def test_the_readers_page_names_the_script_and_holds_nothing_personal(client, post, regular):
    page = client.get(post.get_absolute_url()).text
    assert 'data-script="/static/comments' in page
    assert "csrfmiddlewaretoken" not in page
    assert "/edit/" not in page
    assert "/accounts/house-rules" not in page
    assert 'href="/house-rules/"' in page
