"""What letters say, and to whom, beyond one letter a move."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from blog.editorial import drafting, invitations, publishing, review
from blog.editorial.letters.writing import INVITATION_LINK, write_letter
from blog.models import Letter
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db

NEED_AN_ADDRESS = {"to_writer/published", "to_writer/scheduled", "to_writer/rescheduled", "to_writer/reinstated"}
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "letters"
OURS = sorted(
    f"{path.parent.name}/{path.stem}"
    for path in TEMPLATES.glob("to_*/*.txt")
    if path.parent.name in {"to_writer", "to_editor"} and path.stem != "contact"
)


def test_two_writers_are_told_once_each(mole, editor, piece):
    post = piece(State.SUBMITTED)
    second = UserFactory()
    for position, name in enumerate(("Second Name", "Third Name"), 2):
        post.bylines.create(author=make_author(second, name=name), position=position)

    review.ask_for_changes(post=post, reason="Who answers?", by=editor, at=NOW)

    assert sorted(Letter.objects.values_list("to_address", flat=True)) == sorted([mole.email, second.email])


def test_an_editor_who_writes_is_not_told_of_their_own_piece(editor):
    post = make_piece(writer=editor, editor=editor, is_guest_piece=False)

    drafting.submit_for_review(post=post, by=editor, at=NOW)

    assert not Letter.objects.exists()


def test_a_withdrawal_by_an_editor_is_told_to_the_writer(mole, editor, piece):
    post = piece(State.SUBMITTED)

    review.withdraw(post=post, by=editor, at=NOW)

    assert [letter.kind for letter in Letter.objects.all()] == ["to_writer/withdrawn"]


def test_a_message_goes_to_the_other_side(mole, editor, piece):
    post = piece(State.SUBMITTED)

    drafting.say(post=post, text="A question.", by=editor, at=NOW)
    drafting.say(post=post, text="An answer.", by=mole, at=NOW)

    assert [(letter.kind, letter.to_user) for letter in Letter.objects.order_by("pk")] == [
        ("to_writer/message", mole),
        ("to_editor/message", editor),
    ]
    assert "The Mole wrote about" in Letter.objects.get(kind="to_editor/message").subject


def test_a_scheduled_piece_is_announced_with_its_day_and_zone(mole, editor, piece):
    post = piece(State.READY)

    publishing.publish(post=post, by=editor, at=NOW, go_out_at=dt.datetime(2026, 3, 14, 8, 0, tzinfo=dt.UTC))

    letter = Letter.objects.get()
    assert letter.subject == "“Who closes a row?” comes out on Saturday 14 March"
    assert "Saturday 14 March 2026 at 08.00 (UK time)" in letter.text
    assert f"{settings.SITE_URL}/2026/03/14/who-closes-a-row/" in letter.text


@pytest.mark.parametrize(("due_date", "is_asked_for"), [(dt.date(2026, 3, 20), True), (dt.date(2026, 3, 1), False)])
def test_only_a_day_that_lies_ahead_is_asked_for(due_date, is_asked_for, mole, editor, piece):
    post = piece(State.SUBMITTED, due_date=due_date)

    review.ask_for_changes(post=post, reason="Who answers?", by=editor, at=NOW)

    assert ("Please send it back by Friday 20 March" in Letter.objects.get().text) is is_asked_for


def test_an_invitation_says_who_what_until_when_and_carries_the_place_of_its_link(editor):
    invitations.invite(
        by=editor,
        at=NOW,
        name="Priya Raman",
        email="priya@council.example",
        note="We met at the February call.",
        title="Who closes a row?",
        brief="What happens when an enquiry is finished.",
        brief_words=900,
        due_date=dt.date(2026, 3, 20),
    )

    letter = Letter.objects.get()
    assert letter.subject == "Will you write “Who closes a row?” for Any Other Business?"
    for words in (
        "Dear Priya Raman,",
        "Tom Ashby would like you to write",
        "We met at the February call.",
        "What happens when an enquiry is finished.",
        "about 900 words",
        "Friday 20 March",
        "It works until Friday 10 April",
        "yours alone",
        INVITATION_LINK,
    ):
        assert words in letter.text
    assert "\n\n\n" not in letter.text


def test_the_shortest_invitation_has_no_gaps(editor):
    invitations.invite(by=editor, at=NOW, name="Priya Raman", email="priya@council.example")

    letter = Letter.objects.get()
    assert letter.subject == "Will you write for Any Other Business?"
    assert "Untitled" not in letter.text
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("state", State)
def test_every_letter_can_be_written_in_every_state(state, mole, editor, piece):
    post = piece(state)
    invitation = invitations.invite(by=editor, at=NOW, name="Guest", email="guest@council.example")
    for name in OURS:
        if state is not State.PUBLISHED and name in NEED_AN_ADDRESS:
            continue
        letter = write_letter(
            name, to_address="x@council.example", to_name="X", post=post, at=NOW, by_name="Y", invitation=invitation
        )
        assert letter.subject, name
        assert letter.text.count("Any Other Business") >= 1, name
        Letter.objects.all().delete()
