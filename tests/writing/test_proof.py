"""The proof: changes marked and counted, signed off exactly as it stands or sent back."""

import pytest
from django.utils import timezone

from blog.editorial import drafting, review
from blog.editorial.names import identity
from blog.editorial.names.bylines import hash_on
from blog.models import Byline, Letter, Post
from blog.states import State
from tests.factories import UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db

SENT = "<p>It was the only one of the lot that held.</p><p>It is not rocket science, we said.</p><p>It held.</p>"
EDITED = "<p>It was the only one of the seven that held.</p><p>It is not clever, we said.</p><p>It held.</p>"


@pytest.fixture
def post(writer, editor) -> Post:
    """A guest's piece whose text, title and introduction the editor worked on before making the proof."""
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor, title="One list for all", body=SENT)
    edited = drafting.Text(
        title="One list for everything",
        body=EDITED,
        introduction="<p>A district of 92,000 people.</p>",
        introduced_by=identity.staff_author(user=editor),
    )
    drafting.save_text(post=post, text=edited, by=editor, at=timezone.now(), based_on=post.working_id)
    review.accept(post=post, by=editor, at=timezone.now())
    return post


def test_the_changes_are_told_in_one_sentence(as_writer, post):
    page = " ".join(as_writer.get(f"/desk/{post.pk}/proof/").content.decode().split())

    assert "Tom Ashby made 2 changes in 2 paragraphs, changed the title and wrote the introduction." in page


def test_the_changes_are_marked_and_lead_from_one_to_the_next(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/proof/").content.decode()

    assert "<del>lot</del>" in page
    assert "<ins>seven</ins>" in page
    assert '<a href="#change-1">Go to change 1</a>' in page
    for number in (1, 2, 3):
        assert f'id="change-{number}">Change {number} of 3' in page
    assert '<a href="#change-3">Next</a>' in page
    assert '<a href="#end">To the end</a>' in page


def test_the_introduction_is_the_editors(as_writer, post):
    for view in ("changes", "readers"):
        page = as_writer.get(f"/desk/{post.pk}/proof/?view={view}").content.decode()
        assert "From the editor, Tom Ashby" in page
        assert "A district of 92,000 people." in page


def test_readers_view_shows_the_edited_text_and_mine_the_sent_one(as_writer, post):
    readers = as_writer.get(f"/desk/{post.pk}/proof/?view=readers").content.decode()
    mine = as_writer.get(f"/desk/{post.pk}/proof/?view=mine").content.decode()

    assert "of the seven that held" in readers
    assert "<del>" not in readers
    assert "of the lot that held" in mine
    assert "92,000" not in mine


def test_an_unknown_view_shows_the_changes(as_writer, post):
    assert "<del>lot</del>" in as_writer.get(f"/desk/{post.pk}/proof/?view=%00").content.decode()


def test_an_unchanged_text_is_called_that(as_writer, writer, editor):
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)

    assert "Tom Ashby changed nothing: this is your text" in as_writer.get(f"/desk/{post.pk}/proof/").content.decode()


def test_signing_off_over_http_makes_it_ready_without_any_mail_sent(as_writer, post, mailoutbox):
    response = as_writer.post(f"/desk/{post.pk}/proof/sign-off/", {"seen": post.working_id, "byline": hash_on(post)})

    post.refresh_from_db()
    assert response.status_code == 302
    assert post.state == State.READY
    assert post.sign_offs.get().content_hash == post.working.content_hash
    assert Letter.objects.filter(kind="to_editor/signed_off").count() == 1
    assert not mailoutbox


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 30])
def test_another_text_than_the_one_read_is_not_signed(seen, as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/proof/sign-off/", {"seen": seen})

    page = response.content.decode()
    assert response.status_code == 409
    assert "The text has changed since you opened it." in page
    assert f'href="/desk/{post.pk}/proof/"' in page
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF


def test_asking_for_a_correction_needs_to_say_which(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/proof/correction/", {"seen": post.working_id, "reason": " "})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_reason_error"' in page
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF


def test_a_correction_goes_back_to_the_editor_with_its_words(as_writer, post):
    as_writer.post(f"/desk/{post.pk}/proof/correction/", {"seen": post.working_id, "reason": "It was 241."})

    assert Post.objects.get(pk=post.pk).state == State.SUBMITTED
    assert "It was 241." in Letter.objects.get(kind="to_editor/correction_asked").text


def test_a_correction_of_an_older_text_keeps_its_words(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/proof/correction/", {"seen": "1", "reason": "It was 241."})

    assert response.status_code == 409
    assert "It was 241." in response.content.decode()


def test_one_of_two_names_signs_and_the_piece_waits_for_the_other(as_writer, post):
    Byline.objects.create(post=post, author=make_author(UserFactory(), name="Dennis Okafor"), position=2)

    as_writer.post(f"/desk/{post.pk}/proof/sign-off/", {"seen": post.working_id, "byline": hash_on(post)})

    page = as_writer.get(f"/desk/{post.pk}/proof/").content.decode()
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF
    assert "You have signed off exactly this text." in page
    assert "Sign off this text" not in page
    assert "Dennis Okafor, not yet" in page


@pytest.mark.parametrize("state", [State.DRAFTING, State.SUBMITTED, State.PUBLISHED, State.DECLINED])
def test_without_a_proof_its_address_leads_to_the_piece(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    assert as_writer.get(f"/desk/{post.pk}/proof/")["Location"] == f"/desk/{post.pk}/"
    assert (
        as_writer.post(
            f"/desk/{post.pk}/proof/sign-off/", {"seen": post.working_id, "byline": hash_on(post)}
        ).status_code
        == 409
    )


def test_opening_the_proof_signs_nothing(as_writer, post):
    as_writer.get(f"/desk/{post.pk}/proof/?seen={post.working_id}&sign_off=1")

    assert not post.sign_offs.exists()
