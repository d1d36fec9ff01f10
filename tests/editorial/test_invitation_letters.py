"""The letter of an invitation: it keeps its link, goes once, and to an address that a mail server takes."""

import pytest
from django.core import mail

from blog.editorial import invitations
from blog.editorial.letters import post_room
from blog.editorial.letters.writing import INVITATION_LINK
from blog.editorial.refusals import IncompleteError
from blog.models import Invitation, Letter, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(editor, now) -> Invitation:
    return invitations.invite(by=editor, at=now, name="Ivy Lane", email="ivy@council.example")


def test_a_rewritten_invitation_keeps_its_link(invitation, editor, now):
    letter = invitation.letters.get()
    with pytest.raises(IncompleteError) as refused:
        post_room.rewrite(letter=letter, subject="Please", text="Please write for us.", by=editor, at=now)
    assert INVITATION_LINK in refused.value.errors["text"]
    letter.refresh_from_db()
    assert letter.subject != "Please"
    text = f"Please write for us: {INVITATION_LINK}"
    post_room.rewrite(letter=letter, subject="Please", text=text, by=editor, at=now)
    post_room.send_due(at=now)
    assert invitations.link_of(invitation) in mail.outbox[0].body


def test_sending_again_twice_brings_one_letter(invitation, editor, now):
    for _ in range(2):
        invitations.send_again(invitation=invitation, by=editor, at=now)
    post_room.send_due(at=now)
    assert len(mail.outbox) == 1
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["cancelled", "cancelled", "sent"]


def test_an_address_longer_than_a_row_holds_is_refused(editor, now):
    email = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example"
    with pytest.raises(IncompleteError) as refused:
        invitations.invite(by=editor, at=now, name="Ivy Lane", email=email)
    assert refused.value.errors["email"] == "Shorten the address to 254 characters."
    assert not Post.objects.exists()


def test_a_letter_reaches_a_domain_with_letters_beyond_ascii(editor, now):
    invitations.invite(by=editor, at=now, name="Ivy Lane", email="ivy@bücher.example")
    assert post_room.send_due(at=now) == 1
    assert mail.outbox[0].recipients() == ["Ivy Lane <ivy@xn--bcher-kva.example>"]
