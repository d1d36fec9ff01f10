"""The review page: the text and its changes, the history, the talk, what is left to do."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog.editorial import drafting, review
from blog.models import Letter, Post
from blog.states import State
from tests.admin.pages import piece_now, review_url
from tests.factories import UserFactory, make_author, make_editor
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_round(editor, writer) -> Post:
    """A piece that came back changed after a round of review."""
    post = piece_now(
        State.CHANGES_REQUESTED, editor=editor, writer=writer, author=make_author(writer), body="<p>One old word.</p>"
    )
    at = timezone.now()
    text = drafting.Text(body="<p>One new word.</p>")
    drafting.save_text(post=post, text=text, by=writer, at=at, based_on=post.working_id)
    drafting.submit_for_review(post=post, by=writer, at=at)
    return post


def test_it_opens_with_what_changed_since_the_last_round(as_editor, second_round):
    page = as_editor.get(review_url(second_round)).content.decode()
    assert "<del>old</del>" in page
    assert "<ins>new</ins>" in page
    assert "1 change in 1 paragraph." in page


def test_it_shows_the_text_as_readers_will_see_it(as_editor, second_round):
    page = as_editor.get(review_url(second_round) + "?view=readers").content.decode()
    assert "One new word." in page
    assert "<del>" not in page


def test_it_shows_the_writers_own_version_beside_the_editors(as_editor, editor, second_round):
    text = drafting.Text(body="<p>One edited word.</p>")
    drafting.save_text(post=second_round, text=text, by=editor, at=timezone.now(), based_on=second_round.working_id)
    page = as_editor.get(review_url(second_round) + "?view=sent").content.decode()
    assert "<del>new</del>" in page
    assert "<ins>edited</ins>" in page


def test_once_it_is_published_it_opens_with_what_readers_do_not_have_yet(as_editor, editor):
    post = piece_now(State.PUBLISHED, editor=editor, body="<p>One old word.</p>")
    text = drafting.Text(body="<p>One new word.</p>")
    drafting.save_text(post=post, text=text, by=editor, at=timezone.now(), based_on=post.working_id)
    page = as_editor.get(review_url(post)).content.decode()
    assert "Since it was published" in page
    assert "<ins>new</ins>" in page


@pytest.mark.parametrize("view", ["", "sideways", "%00", "changes"])
def test_an_unknown_view_is_no_error(view, as_editor, editor):
    post = piece_now(State.DRAFTING, editor=editor)
    assert as_editor.get(review_url(post) + f"?view={view}").status_code == 200


def test_the_history_tells_who_did_what_and_why(as_editor, second_round):
    page = as_editor.get(review_url(second_round)).content.decode()
    for words in ("Begun", "Changes asked for", "“Who answers, and by when?”", "Sent again", ", Priya Raman"):
        assert words in page


def test_a_message_joins_the_conversation_and_the_writer_gets_a_letter(as_editor, second_round):
    before = Letter.objects.count()
    response = as_editor.post(
        reverse("admin:blog_post_say", args=[second_round.pk]), {"text": "May we name the supplier?"}
    )
    assert response.status_code == 302
    assert Letter.objects.count() == before + 1
    assert "May we name the supplier?" in as_editor.get(review_url(second_round)).content.decode()


@pytest.mark.parametrize("text", ["", " \x00 ", "x" * 5000])
def test_a_message_that_says_nothing_or_too_much_is_refused(text, as_editor, second_round):
    response = as_editor.post(reverse("admin:blog_post_say", args=[second_round.pk]), {"text": text})
    assert response.status_code == 422
    assert 'id="id_say_error"' in response.content.decode()


def test_a_piece_is_handed_over_to_an_editor_and_to_nobody_else(as_editor, second_round, writer):
    sam = make_editor(display_name="Sam Whitlock")
    url = reverse("admin:blog_post_hand_over", args=[second_round.pk])
    for nobody in ("", "x", str(writer.pk), "9" * 40):
        assert as_editor.post(url, {"to": nobody}).status_code == 422
    assert as_editor.post(url, {"to": sam.pk}).status_code == 302
    second_round.refresh_from_db()
    assert second_round.editor == sam


def test_it_lists_what_is_left_to_do(as_editor, editor):
    post = piece_now(State.SUBMITTED, editor=editor, brief_words=900)
    page = " ".join(as_editor.get(review_url(post)).content.decode().split())
    assert "<b>To do:</b> 156 words of about 900" in page
    assert "<b>To do:</b> A category" in page
    assert "<b>To do:</b> Priya Raman signs off this text" in page


def test_a_sign_off_is_shown_with_its_date(as_editor, editor):
    page = as_editor.get(review_url(piece_now(State.READY, editor=editor))).content.decode()
    assert "Priya Raman signed off on" in page


def test_versions_are_listed_and_any_two_compared(as_editor, second_round):
    assert as_editor.get(reverse("admin:blog_post_versions", args=[second_round.pk])).status_code == 200
    revisions = list(second_round.revisions.order_by("number"))
    url = reverse("admin:blog_post_compare", args=[second_round.pk, revisions[1].pk, revisions[2].pk])
    assert "<ins>new</ins>" in as_editor.get(url).content.decode()


def test_a_version_of_another_piece_is_not_found(as_editor, editor, second_round):
    other = piece_now(State.SUBMITTED, editor=editor)
    url = reverse("admin:blog_post_compare", args=[second_round.pk, other.working_id, second_round.working_id])
    assert as_editor.get(url).status_code == 404


@pytest.mark.parametrize("part", ["change", "edit", "versions", "particulars"])
def test_a_piece_that_is_not_there_is_not_found(part, as_editor):
    for pk in (999, 10**30):
        assert as_editor.get(f"/admin/blog/post/{pk}/{part}/").status_code == 404


def test_only_editors_read_it(client, as_reader, editor, second_round):
    colleague = UserFactory(is_staff=True)
    colleague.user_permissions.add(*Permission.objects.filter(codename__in=["view_post", "change_post"]))
    assert client.get(review_url(second_round)).status_code == 302
    assert as_reader.get(review_url(second_round)).status_code == 302
    assert signed_in(User.objects.get(pk=colleague.pk)).get(review_url(second_round)).status_code == 403


def test_djangos_own_forms_for_a_piece_are_gone(as_editor, second_round):
    for path in ("add/", f"{second_round.pk}/delete/", f"{second_round.pk}/history/"):
        assert as_editor.get(f"/admin/blog/post/{path}").status_code == 404
    assert as_editor.post(review_url(second_round), {"state": "published"}).status_code == 405


def test_reopening_into_a_part_that_is_taken_is_refused(editor, as_editor):
    from tests.factories import SeriesFactory

    series = SeriesFactory()
    post = piece_now(State.DECLINED, editor=editor, series=series, part_number=1)
    piece_now(State.SUBMITTED, editor=editor, series=series, part_number=1)
    url = reverse("admin:blog_post_move", args=[post.pk, "reopen"])
    assert as_editor.post(url, {"seen": post.working_id}).status_code == 409
    assert review.text_of_last_round(post=post) is None
