"""The checklist and the saved replies on the review page, and comparing any two versions."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.editorial.noting import notes
from blog.models import ChecklistItem, LeftUndone, Post, SavedReply
from blog.states import State
from tests.admin.pages import make_move, piece_now, review_url
from tests.factories import CategoryFactory, make_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(editor, writer) -> Post:
    return piece_now(State.SUBMITTED, editor=editor, writer=writer, author=make_author(writer), body="<p>One word.</p>")


def page(client, post: Post, query: str = "") -> str:
    return " ".join(client.get(review_url(post) + query).content.decode().split())


def fill(client, post: Post, where: str, **fields):
    return client.post(reverse("admin:blog_post_fill", args=[post.pk, where]), fields)


def test_a_question_is_ticked_with_one_click_and_names_who_did(as_editor, post):
    ChecklistItem.objects.all().delete()
    item = ChecklistItem.objects.create(
        question="The rights are settled", help="Look at the credits.", depends_on="text"
    )
    assert "<b>To do:</b> The rights are settled" in page(as_editor, post)
    url = reverse("admin:blog_post_tick", args=[post.pk, item.pk])
    assert as_editor.post(url, {"ticked": "1"}).status_code == 302
    assert "Tom Ashby, " in page(as_editor, post)
    assert "<b>To do:</b> The rights are settled" not in page(as_editor, post)
    as_editor.post(url, {"ticked": "0"})
    assert "<b>To do:</b> The rights are settled" in page(as_editor, post)


def test_a_question_of_another_category_is_not_found(as_editor, post):
    item = ChecklistItem.objects.create(question="Elsewhere", category=CategoryFactory())
    for pk in (item.pk, 999, 10**30):
        assert as_editor.post(reverse("admin:blog_post_tick", args=[post.pk, pk]), {"ticked": "1"}).status_code == 404


def test_the_confirmation_lists_what_is_undone_and_publishes_all_the_same(as_editor, editor):
    post = piece_now(State.READY, editor=editor)
    shown = page(as_editor, post)
    assert "things are left undone, and will be recorded:" in shown
    assert "<li>A category</li>" in shown
    assert make_move(as_editor, post, "publish").status_code == 302
    assert "A category" in LeftUndone.objects.get(move__post=post).words
    assert "Left undone: A category" in page(as_editor, post)


@pytest.mark.parametrize(("where", "field"), [("ask_for_changes", "reason"), ("say", "text"), ("note", "text")])
def test_without_script_a_saved_reply_comes_after_what_was_typed(where, field, as_editor, post):
    reply = SavedReply.objects.create(title="Shorter", text="Please make it shorter.")
    response = fill(as_editor, post, where, **{field: "Dear Priya,"}, saved_reply=reply.pk)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Dear Priya,\n\nPlease make it shorter.</textarea>" in shown
    assert "There is a problem" not in shown
    post.refresh_from_db()
    assert post.state == State.SUBMITTED
    assert not post.notes.exists()


def test_the_sentence_that_leads_to_the_notes_is_ready(as_editor, editor, post):
    assert "See my" not in page(as_editor, post)
    for _ in range(3):
        notes.write_note(post=post, text="Who?", by=editor, at=timezone.now())
    assert "See my 3 notes beside the text." in page(as_editor, post)
    shown = fill(as_editor, post, "ask_for_changes", reason="", saved_reply="notes").content.decode()
    assert "See my 3 notes beside the text.</textarea>" in shown


@pytest.mark.parametrize("reply", ["", "x", "999", "9" * 40, "\x00"])
def test_a_reply_that_there_is_not_changes_nothing(reply, as_editor, post):
    response = fill(as_editor, post, "say", text="Dear Priya,", saved_reply=reply)
    assert "Dear Priya,</textarea>" in response.content.decode()


def test_any_two_versions_are_chosen_and_compared_both_ways(as_editor, editor, post):
    first = post.working
    text = drafting.Text(body="<p>One new word.</p><p>More.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=timezone.now(), based_on=first.pk)
    post.refresh_from_db()
    versions = reverse("admin:blog_post_versions", args=[post.pk])
    assert 'name="old"' in as_editor.get(versions).content.decode()
    url = as_editor.get(versions, {"old": first.pk, "new": post.working_id}).url
    assert url == reverse("admin:blog_post_compare", args=[post.pk, first.pk, post.working_id])
    assert "<p>One <ins>new</ins> word.</p>" in as_editor.get(url).content.decode()
    shown = " ".join(as_editor.get(f"{url}?view=side").content.decode().split())
    assert "Version 3:</span><p>One <ins>new</ins> word.</p>" in shown
    assert '<p class="none">Not there</p>' in shown
    for old, new in (("x", post.working_id), (first.pk, 999), ("", "")):
        assert as_editor.get(versions, {"old": old, "new": new}).status_code == 404
