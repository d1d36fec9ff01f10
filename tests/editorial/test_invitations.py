"""Invitations: bound to an address, kept as a hash, accepted once by a deliberate act."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import invitations, review
from blog.editorial.invitations import InvitationClosedError
from blog.editorial.letters import post_room
from blog.editorial.names import identity
from blog.editorial.refusals import IncompleteError
from blog.models import Author, Invitation, Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
Status = Invitation.Status


@pytest.fixture
def invitation(editor) -> Invitation:
    return invitations.invite(
        by=editor, at=NOW, name="Priya Raman", email="Priya@Council.Example ", note="After the call.", brief="900 words"
    )


def token_of(invitation: Invitation) -> str:
    return invitations.link_of(invitation).rstrip("/").rpartition("/")[2]


def test_an_invited_guest_is_on_the_byline_at_once(invitation):
    post = invitation.post

    assert post.state == State.DRAFTING
    assert [byline.author.name for byline in post.ordered_bylines()] == ["Priya Raman"]
    assert invitation.status_at(NOW) == Status.SENT


def test_the_letter_carries_the_link_and_the_database_does_not(invitation, mailoutbox):
    token = token_of(invitation)

    post_room.send_due(at=NOW)

    assert mailoutbox[0].to == ["Priya Raman <priya@council.example>"]
    assert token in mailoutbox[0].body
    stored = [str(value) for row in (Letter, Invitation) for values in row.objects.values_list() for value in values]
    assert not any(token in value for value in stored)
    assert len(token) == 64


def test_opening_changes_nothing_but_the_first_opening(invitation):
    first = invitations.open_invitation(token=token_of(invitation), at=NOW)
    invitations.open_invitation(token=token_of(invitation), at=NOW + DAY)

    invitation.refresh_from_db()
    assert first == invitation
    assert invitation.opened_at == NOW
    assert invitation.status_at(NOW) == Status.OPENED


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é\ud800"])
def test_an_unknown_token_opens_nothing(token, invitation):
    assert invitations.open_invitation(token=token, at=NOW) is None


def test_accepting_ties_the_name_to_the_account_and_tells_the_editor(invitation, editor, writer):
    post = invitations.accept(invitation=invitation, by=writer, at=NOW)

    assert Post.objects.held_by(writer).get() == post
    assert Letter.objects.get(kind="to_editor/invitation_accepted").to_address == editor.email


def test_accepting_again_changes_nothing_and_another_account_is_refused(invitation, writer, reader):
    invitations.accept(invitation=invitation, by=writer, at=NOW)

    assert invitations.accept(invitation=invitation, by=writer, at=NOW + DAY) == invitation.post
    with pytest.raises(InvitationClosedError):
        invitations.accept(invitation=invitation, by=reader, at=NOW)

    assert Letter.objects.filter(kind="to_editor/invitation_accepted").count() == 1


def test_an_invitation_runs_out_after_thirty_days_and_can_be_sent_again(invitation, editor, writer):
    late = NOW + 30 * DAY
    assert invitation.status_at(late) == Status.EXPIRED
    with pytest.raises(InvitationClosedError, match="run out"):
        invitations.accept(invitation=invitation, by=writer, at=late)
    old_token = token_of(invitation)

    invitations.send_again(invitation=invitation, by=editor, at=late)

    invitation.refresh_from_db()
    assert token_of(invitation) == old_token
    invitations.accept(invitation=invitation, by=writer, at=late + DAY)


def test_a_changed_address_ends_the_old_link_and_stops_its_letter(invitation, editor, writer):
    new = invitations.change_address(invitation=invitation, name="Priya", email="p@home.example", by=editor, at=NOW)

    invitation.refresh_from_db()
    assert invitation.status_at(NOW) == Status.REVOKED
    with pytest.raises(InvitationClosedError):
        invitations.accept(invitation=invitation, by=writer, at=NOW)
    assert new.post == invitation.post
    assert [letter.to_address for letter in Letter.objects.filter(status="waiting")] == ["p@home.example"]


def test_a_revoked_invitation_cannot_be_accepted_and_keeps_the_piece(invitation, editor, writer):
    invitations.revoke(invitation=invitation, by=editor, at=NOW)

    with pytest.raises(InvitationClosedError, match="taken back"):
        invitations.accept(invitation=Invitation.objects.get(), by=writer, at=NOW)
    assert Post.objects.count() == 1


def test_withdrawing_a_piece_takes_back_what_is_unanswered_and_tells_who_accepted(invitation, editor, writer):
    invitations.accept(invitation=invitation, by=writer, at=NOW)
    post = invitation.post
    second = identity.new_author(name="Dennis Okafor")
    post.bylines.create(author=second, position=2)
    unanswered = Invitation.objects.create(
        post=post, author=second, email="dennis@council.example", token_hash="x", sent_at=NOW, expires_at=NOW + DAY
    )

    review.withdraw(post=post, by=editor, at=NOW + HOUR)

    unanswered.refresh_from_db()
    invitation.refresh_from_db()
    assert (unanswered.revoked_at, invitation.revoked_at) == (NOW + HOUR, None)
    assert Letter.objects.get(kind="to_writer/withdrawn").to_user == writer


def test_declining_tells_the_editor_with_the_reason(invitation, editor):
    invitations.decline(invitation=invitation, at=NOW, reason="No time before May.")

    letter = Letter.objects.get(kind="to_editor/invitation_declined")
    assert letter.to_address == editor.email
    assert "No time before May." in letter.text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"name": " "}, {"name"}), ({"email": "priya"}, {"email"}), ({"name": "", "email": ""}, {"name", "email"})],
)
def test_a_wrong_invitation_names_each_field_and_makes_nothing(fields, wrong, editor):
    with pytest.raises(IncompleteError) as refusal:
        invitations.invite(by=editor, at=NOW, **{"name": "Priya", "email": "p@c.example", **fields})

    assert set(refusal.value.errors) == wrong
    assert not Post.objects.exists()
    assert not Author.objects.exists()


def test_only_editors_invite(reader):
    with pytest.raises(PermissionDenied):
        invitations.invite(by=reader, at=NOW, name="Priya", email="p@council.example")


def test_a_known_guest_invited_again_gives_no_pen_name_away(editor, invitation):
    """Inviting an address must not show under which names it has written before."""
    user = UserFactory(email="priya@council.example")
    invitations.accept(invitation=invitation, by=user, at=NOW)
    Author.objects.update(name="A Head of Service", slug="a-head-of-service", is_pen_name=True)

    second = invitations.invite(by=editor, at=NOW, name="Priya Raman", email="priya@council.example")

    assert second.author.name == "Priya Raman"


def test_a_guest_who_comes_back_keeps_their_page(editor, invitation, writer):
    invitations.accept(invitation=invitation, by=writer, at=NOW)
    second = invitations.invite(by=editor, at=NOW, name="Priya Raman", email=writer.email)

    post = invitations.accept(invitation=second, by=writer, at=NOW)

    assert Author.objects.get().bylines.count() == 2
    assert [byline.author.slug for byline in post.ordered_bylines()] == ["priya-raman"]
