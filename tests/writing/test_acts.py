"""What a writer can do beside writing: take back, withdraw, say something, and read meanwhile."""

import pytest
from django.utils import timezone

from blog.editorial import drafting, review
from blog.models import Letter, Post
from blog.states import State
from tests.factories import make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor)


def test_taking_back_and_withdrawing_end_on_the_piece(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/submit/")
    assert as_writer.post(f"/desk/{post.pk}/take-back/").status_code == 302
    assert Post.objects.get(pk=post.pk).state == State.DRAFTING

    page = as_writer.post(f"/desk/{post.pk}/withdraw/", {"reason": "I changed jobs."}, follow=True).content.decode()

    assert Post.objects.get(pk=post.pk).state == State.WITHDRAWN
    assert "I changed jobs." in page
    assert "Your text is kept" in page


def test_while_the_editor_edits_the_writer_reads_what_was_sent(as_writer, post, writer, editor):
    drafting.submit_for_review(post=post, by=writer, at=timezone.now())
    half_done = drafting.Text(body="<p>Half a sentence of the</p>")
    drafting.save_text(post=post, text=half_done, by=editor, at=timezone.now(), based_on=post.working_id)

    page = as_writer.get(f"/desk/{post.pk}/").content.decode()

    assert "Half a sentence" not in page
    assert "A name against each row" in page


def test_the_conversation_shows_messages_and_reasons_and_keeps_an_empty_one_out(as_writer, post, writer, editor):
    drafting.submit_for_review(post=post, by=writer, at=timezone.now())
    review.ask_for_changes(post=post, reason="Who answers?", by=editor, at=timezone.now())
    as_writer.post(f"/desk/{post.pk}/say/", {"text": "The contact centre."})

    empty = as_writer.post(f"/desk/{post.pk}/say/", {"text": " "})

    page = empty.content.decode()
    assert empty.status_code == 422
    assert "Write your message first." in page
    assert page.index("Who answers?") < page.index("The contact centre.")
    assert Letter.objects.filter(kind="to_editor/message").count() == 1


@pytest.mark.parametrize("state", [State.DRAFTING, State.IN_PROOF, State.PUBLISHED, State.WITHDRAWN])
def test_only_what_is_with_the_editor_can_be_taken_back(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    assert as_writer.post(f"/desk/{post.pk}/take-back/").status_code == 409
    assert "Take it back" not in as_writer.get(f"/desk/{post.pk}/").content.decode()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.RETRACTED, State.WITHDRAWN, State.DECLINED])
def test_what_is_out_or_over_can_not_be_withdrawn(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    assert as_writer.post(f"/desk/{post.pk}/withdraw/").status_code == 409
    assert "Withdraw this piece" not in as_writer.get(f"/desk/{post.pk}/").content.decode()


@pytest.mark.parametrize("state", list(State))
def test_the_page_of_a_piece_opens_in_every_state(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    page = as_writer.get(f"/desk/{post.pk}/").content.decode()

    assert "Who closes a row?" in page
    assert "A name against each row" in page
    assert "Write to Tom Ashby" in page
