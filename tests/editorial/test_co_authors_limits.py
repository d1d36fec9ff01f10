"""How often a guest can have the blog write to somebody who has not answered."""

import datetime as dt

import pytest

from blog.editorial import invitations
from blog.editorial.letters import post_room
from blog.editorial.names import co_authors
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter
from blog.states import State
from tests.factories import NOW, make_piece

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def test_a_guest_sends_one_invitation_three_times_and_an_editor_goes_on(writer, editor):
    post = make_piece(State.DRAFTING, writer=writer, editor=editor)
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=writer, at=NOW)
    for day in range(1, invitations.MOST_LETTERS):
        post_room.send_due(at=NOW + (day - 1) * A_DAY)
        invitations.send_again(invitation=sent, by=writer, at=NOW + day * A_DAY)
    post_room.send_due(at=NOW + 8 * A_DAY)

    with pytest.raises(EditorialRefusal, match="Ask the editors"):
        invitations.send_again(invitation=sent, by=writer, at=NOW + 9 * A_DAY)
    assert Letter.objects.filter(kind="to_writer/co_author_invitation").count() == invitations.MOST_LETTERS

    invitations.send_again(invitation=sent, by=editor, at=NOW + 9 * A_DAY)


def test_no_web_address_gets_into_the_letters_greeting(writer):
    post = make_piece(State.DRAFTING, writer=writer)
    with pytest.raises(IncompleteError) as refused:
        co_authors.invite(
            post=post, name="Win at https://prize.example", email="ben@council.example", by=writer, at=NOW
        )
    assert set(refused.value.errors) == {"name"}
