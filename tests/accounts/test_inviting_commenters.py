"""Inviting the writer of a comment: the letter goes to the account, and the editor is not told its address."""

import pytest
from django.test import Client

from accounts.models import AccountBlock, Comment, User
from blog.editorial import drafting, invitations
from blog.models import Invitation, Letter
from tests.factories import NOW, UserFactory, make_author, make_comment, make_editor, make_published
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db
SECRET = "zebra.crossing@council.example"


@pytest.fixture
def dana(db) -> User:
    return confirm(UserFactory(email=SECRET, display_name="Dana W."))


@pytest.fixture
def comment(dana: User) -> Comment:
    return make_comment(make_published(title="Who closes a row?"), dana, text="We never close one.")


def path_of(comment: Comment) -> str:
    return f"/admin/accounts/comment/{comment.pk}/invite/"


def test_the_letter_goes_to_the_account_and_no_page_of_an_editor_shows_its_address(comment: Comment, dana: User):
    desk = signed_in(make_editor())
    assert "Invite the writer of this comment" in desk.get(f"/admin/accounts/comment/{comment.pk}/change/").text
    assert "We never close one." in desk.get(path_of(comment)).text

    response = desk.post(path_of(comment), {"note": "Please do.", "title": "We never close one"})

    invitation = Invitation.objects.get()
    assert response.status_code == 302
    assert (invitation.email, invitation.post.in_reply_to) == (SECRET, comment.post)
    letter = Letter.objects.get(kind="to_writer/invitation")
    assert letter.to_address == SECRET
    for path in (
        f"/admin/blog/post/{invitation.post_id}/change/",
        "/admin/",
        "/admin/blog/letter/",
        f"/admin/blog/letter/{letter.pk}/change/",
        "/admin/blog/post/",
    ):
        page = desk.get(path)
        assert page.status_code == 200
        assert "zebra.crossing" not in page.text, path


def test_the_address_stays_hidden_once_they_write(comment: Comment, dana: User):
    tom = make_editor()
    invitation = invitations.invite_commenter(to=dana, in_reply_to=comment.post, by=tom, at=NOW)
    invitations.accept(invitation=invitation, by=dana, at=NOW)
    drafting.say(post=invitation.post, text="Welcome.", by=tom, at=NOW)
    desk, letter = signed_in(tom), Letter.objects.get(kind="to_writer/message")

    for path in ("/admin/blog/letter/", f"/admin/blog/letter/{letter.pk}/change/"):
        assert "zebra.crossing" not in desk.get(path).text, path


def test_the_account_accepts_it_like_any_other(comment: Comment, dana: User):
    invitation = invitations.invite_commenter(to=dana, in_reply_to=comment.post, by=make_editor(), at=NOW)
    post = invitations.accept(invitation=invitation, by=dana, at=NOW)
    assert [byline.author.name for byline in post.ordered_bylines()] == ["Dana W."]


def test_some_cannot_be_invited(comment: Comment, dana: User):
    editor = make_editor()
    desk = signed_in(editor)
    mole = UserFactory()
    author = make_author(mole, name="The Mole", is_pen_name=True)
    of_writer = make_comment(make_published(writer=mole, author=author), mole, author=author)
    own = make_comment(comment.post, editor)
    AccountBlock.objects.create(user=dana, reason="Adverts.", at=NOW)
    for one in (of_writer, own, comment):
        assert desk.get(path_of(one)).status_code == 403
        assert desk.post(path_of(one), {}).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("day", ["soon", "2020-03-01"])
def test_what_is_wrong_keeps_what_was_typed(comment: Comment, day: str):
    desk = signed_in(make_editor())
    response = desk.post(path_of(comment), {"note": "Please do.", "due_date": day})
    assert response.status_code == 422
    assert "Please do." in response.text


@pytest.mark.parametrize("key", [0, 10**6, 10**30])
def test_a_comment_that_is_not_there_is_not_found(key: int):
    assert signed_in(make_editor()).get(f"/admin/accounts/comment/{key}/invite/").status_code == 404


def test_readers_are_not_let_in(comment: Comment, dana: User, client: Client):
    assert client.get(path_of(comment)).status_code == 302
    assert signed_in(dana).get(path_of(comment)).status_code == 302
