"""A reply and what it answers: who is told, when, and what readers see of it."""

import datetime as dt

import pytest
from django.test import Client

from blog.editorial import invitations, publishing
from blog.editorial.pitching import replies
from blog.editorial.refusals import IncompleteError
from blog.models import Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=2)


def answer_to(original: Post, state: State = State.PUBLISHED, **fields) -> Post:
    reply = make_piece(state, title="Nobody closes a row", **fields)
    reply.in_reply_to = original
    reply.save(update_fields=["in_reply_to"])
    return reply


def told() -> list[str]:
    return list(Letter.objects.filter(kind="to_writer/reply_published").values_list("to_address", flat=True))


def test_the_writers_of_the_original_get_a_letter_once():
    priya = UserFactory()
    original = make_published(writer=priya)
    reply = answer_to(original)
    assert replies.tell_due(at=NOW) == 1
    assert replies.tell_due(at=NOW) == 0
    letter = Letter.objects.get(kind="to_writer/reply_published")
    assert (letter.to_user, letter.post) == (priya, original)
    assert f"http://blog.example{reply.get_absolute_url()}" in letter.text


def test_a_scheduled_reply_is_told_of_when_it_is_out_and_not_twice_after_a_retraction():
    priya, tom = UserFactory(), make_editor()
    original = make_published(writer=priya)
    reply = answer_to(original, editor=tom, go_out_at=LATER)
    assert replies.tell_due(at=NOW) == 0
    assert replies.tell_due(at=LATER) == 1
    publishing.retract(post=reply, reason="A slip.", by=tom, at=LATER)
    publishing.reinstate(post=reply, by=tom, at=LATER)
    assert replies.tell_due(at=LATER) == 0
    assert told() == [priya.email]


def test_whoever_published_the_reply_or_wrote_it_is_not_told():
    tom, priya = make_editor(), UserFactory()
    answer_to(make_published(writer=tom), editor=tom)
    author = make_author(priya)
    answer_to(make_published(writer=priya, author=author), writer=priya, author=author)
    assert replies.tell_due(at=NOW) == 2
    assert told() == []


def test_the_letter_names_the_byline_and_not_the_account():
    mole = UserFactory(display_name="Quentin Onlyhere")
    original = make_published(writer=mole, author=make_author(mole, name="The Mole", is_pen_name=True))
    answer_to(original)
    replies.tell_due(at=NOW)
    letter = Letter.objects.get(kind="to_writer/reply_published")
    assert letter.to_name == "The Mole"
    assert "Quentin" not in letter.text


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_reply_that_is_not_out_shows_nowhere(client: Client, state: State):
    original = make_published(title="Who closes a row?")
    reply = answer_to(original, state)
    path = original.get_absolute_url()
    for address in (path, "/", "/feed/", "/feed/atom/", "/feed/json/", "/sitemap.xml", "/search/?q=nobody"):
        assert "Nobody closes a row" not in client.get(address).text
    assert replies.tell_due(at=NOW) == 0
    assert reply.in_reply_to == original


def test_reply_and_original_lead_to_each_other_once_it_is_out(client: Client):
    original = make_published(title="Who closes a row?")
    reply = answer_to(original)
    assert f'href="{reply.get_absolute_url()}">Nobody closes a row' in client.get(original.get_absolute_url()).text
    assert f'href="{original.get_absolute_url()}">Who closes a row?' in client.get(reply.get_absolute_url()).text


def test_an_invitation_to_reply_makes_a_piece_that_answers():
    tom = make_editor()
    original = make_published()
    asked = {"by": tom, "at": NOW, "name": "Ann", "email": "ann@council.example"}
    assert invitations.invite(**asked, in_reply_to=original).post.in_reply_to == original
    with pytest.raises(IncompleteError):
        invitations.invite(**asked, in_reply_to=make_piece(State.SUBMITTED))
