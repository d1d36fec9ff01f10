"""Asking for a correction at paragraphs of a proof, proposing one later, and saying first which name stands on it."""

import pytest
from django.utils import timezone

from blog.editorial import invitations
from blog.editorial.names import co_authors, identity
from blog.editorial.names.bylines import hash_on
from blog.models import Letter, Note, Post, Proposal
from blog.states import State
from tests.factories import NOW, UserFactory, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db
BODY = "<p>We sent 214 chasers.</p><p>It held, mostly.</p><p>We never asked.</p>"


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(State.IN_PROOF, writer=writer, editor=editor, body=BODY)


def test_every_paragraph_of_the_proof_has_a_link_that_works_without_script(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/proof/").content.decode()

    for block in range(3):
        assert f'href="/desk/{post.pk}/proof/correction/?block={block}"' in page


def test_the_form_shows_the_paragraph_and_can_take_one_more(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/proof/correction/?block=0").content.decode()
    assert "We sent 214 chasers." in page
    assert 'name="text-0"' in page

    typed = {"seen": post.working_id, "block": ["0", "2"], "text-0": "It was 241.", "reason": "", "add": "1"}
    page = as_writer.post(f"/desk/{post.pk}/proof/correction/", typed).content.decode()

    assert "It was 241." in page
    assert 'name="text-2"' in page
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF


def test_what_is_asked_stands_beside_its_paragraph_and_in_one_letter(as_writer, post, editor):
    typed = {
        "seen": post.working_id,
        "block": ["0", "1", ""],
        "text-0": "It was 241.",
        "quote-0": "214 chasers",
        "text-1": "Say what did not.",
        "reason": "Nearly there.",
    }
    letters = Letter.objects.count()

    assert as_writer.post(f"/desk/{post.pk}/proof/correction/", typed).status_code == 302

    assert Post.objects.get(pk=post.pk).state == State.SUBMITTED
    assert list(Note.objects.values_list("block", "quote", "text")) == [
        (0, "214 chasers", "It was 241."),
        (1, "", "Say what did not."),
    ]
    assert Letter.objects.count() == letters + 1
    text = Letter.objects.get(kind="to_editor/correction_asked").text
    assert "> Nearly there." in text
    assert "> At “214 chasers”: It was 241." in text
    assert "> At “It held, mostly.”: Say what did not." in text


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"block": "0", "text-0": " "}, "id_text-0_error"),
        ({"block": "0", "text-0": "x" * 4001}, "id_text-0_error"),
        ({"block": "0", "text-0": "No.", "quote-0": "not in it"}, "id_quote-0_error"),
        ({"block": "0", "text-0": "No.", "quote-0": "x" * 301}, "id_quote-0_error"),
        ({"reason": " "}, "id_reason_error"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(typed, error, as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/proof/correction/", {"seen": post.working_id, **typed})

    assert response.status_code == 422
    assert f'id="{error}"' in response.content.decode()
    assert not Note.objects.exists()


def test_a_paragraph_that_is_not_there_or_another_text_keeps_the_words(as_writer, post):
    for typed in ({"seen": post.working_id, "block": "9"}, {"seen": "1", "block": "0"}):
        number = typed["block"]
        sent = {**typed, f"text-{number}": "It was 241."}

        response = as_writer.post(f"/desk/{post.pk}/proof/correction/", sent)

        assert response.status_code == 409
        assert "It was 241." in response.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("address", ["?block=9", "?block=x", "?block=-1", "?block=" + "9" * 40, "?block=%00"])
def test_an_odd_address_shows_the_form_without_a_paragraph(address, as_writer, post):
    response = as_writer.get(f"/desk/{post.pk}/proof/correction/{address}")

    assert response.status_code == 200
    assert "text-" not in response.content.decode()


def test_a_piece_that_is_not_in_proof_has_no_such_form(as_writer, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    assert as_writer.get(f"/desk/{post.pk}/proof/correction/")["Location"] == f"/desk/{post.pk}/"
    assert as_writer.post(f"/desk/{post.pk}/proof/correction/", {"reason": "x"}).status_code == 409


def test_a_correction_is_proposed_after_publication_and_seen_on_the_piece(as_writer, writer, editor):
    post = make_published(writer=writer, editor=editor, body=BODY, at=timezone.now())
    assert "2. It held, mostly." in as_writer.get(f"/desk/{post.pk}/propose/?block=1").content.decode()

    refused = as_writer.post(f"/desk/{post.pk}/propose/", {"block": "1", "wrong": "", "wanted": "All of it."})
    odd = as_writer.post(f"/desk/{post.pk}/propose/", {"block": "x", "wrong": "No."})
    sent = as_writer.post(f"/desk/{post.pk}/propose/", {"block": "1", "wrong": "It never held.", "state": "retracted"})

    assert (refused.status_code, odd.status_code, sent.status_code) == (422, 422, 302)
    assert "All of it." in refused.content.decode()
    assert Proposal.objects.get().passage == "It held, mostly."
    assert "It never held." in as_writer.get(f"/desk/{post.pk}/").content.decode()
    assert Post.objects.get(pk=post.pk).state == State.PUBLISHED


def test_before_publication_nothing_is_proposed(as_writer, post):
    assert as_writer.get(f"/desk/{post.pk}/propose/")["Location"] == f"/desk/{post.pk}/"
    assert as_writer.post(f"/desk/{post.pk}/propose/", {"wrong": "x"}).status_code == 409


def test_an_invited_writer_says_first_which_name_stands_on_it(editor):
    ivy = UserFactory(email="ivy@council.example")
    sent = invitations.invite(by=editor, at=timezone.now(), name="Ivy Lane", email=ivy.email)
    post = invitations.accept(invitation=sent, by=ivy, at=timezone.now())
    as_ivy = signed_in(ivy)

    assert as_ivy.get(f"/desk/{post.pk}/")["Location"] == f"/desk/{post.pk}/byline/"
    page = as_ivy.get(f"/desk/{post.pk}/byline/").content.decode()
    assert "Which name shall stand on it?" in page
    assert "Use this name and start writing" in page
    assert as_ivy.post(f"/desk/{post.pk}/byline/", {"name": " "}).status_code == 422
    assert as_ivy.get(f"/desk/{post.pk}/").status_code == 302
    assert as_ivy.post(f"/desk/{post.pk}/byline/", {"name": "The Mole", "is_pen_name": "on"}).status_code == 302

    assert as_ivy.get(f"/desk/{post.pk}/").status_code == 200
    assert post.bylines.get().author.name == "The Mole"


def test_what_an_editor_says_about_the_name_does_not_confirm_it(editor):
    sent = invitations.invite(by=editor, at=NOW, name="Ivy Lane", email="ivy@council.example")
    details = identity.BylineDetails("Ivy Lane", is_pen_name=False, role="Clerk")

    identity.set_byline(post=sent.post, author=sent.author, details=details, by=editor, at=NOW)

    assert not sent.post.bylines.get().is_confirmed


def test_the_proof_says_that_it_waits_for_an_answer_and_signs_nothing(as_writer, writer, post):
    co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=writer, at=NOW)

    page = as_writer.get(f"/desk/{post.pk}/proof/").content.decode()
    assert "Ben Osei has been invited and has not answered yet." in page
    assert "Sign off this text" not in page
    typed = {"seen": post.working_id, "byline": hash_on(post)}
    assert as_writer.post(f"/desk/{post.pk}/proof/sign-off/", typed).status_code == 409
    assert "Waits for Ben Osei" in as_writer.get("/desk/").content.decode()


def test_a_byline_that_changed_meanwhile_is_shown_before_it_is_signed(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/proof/sign-off/", {"seen": post.working_id, "byline": "x"})

    assert response.status_code == 409
    assert "The byline has changed since you opened it." in response.content.decode()
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF
