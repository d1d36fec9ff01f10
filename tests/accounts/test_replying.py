"""Replying: nothing that readers don't see is shown on the way, and what was typed waits for its own piece."""

import pytest

from accounts.models import Comment
from tests.factories import UserFactory, make_author, make_comment, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["held", "hidden"])
@pytest.mark.parametrize("text", ["", "My reply."])
def test_a_comment_that_readers_do_not_see_is_not_quoted(regular, post, state: str, text: str):
    unseen = make_comment(post, UserFactory(display_name="Nobody Yet"), state=state, text="Words that wait.")
    page = signed_in(regular).post(f"/accounts/comment/{post.pk}/", {"text": text, "reply": unseen.pk})
    assert page.status_code in {409, 422}
    assert "Words that wait." not in page.text
    assert "Nobody Yet" not in page.text
    assert text in page.text
    assert not Comment.objects.filter(parent=unseen).exists()


def test_a_comment_that_readers_see_is_quoted_beside_the_error(regular, post):
    seen = make_comment(post, UserFactory(), text="Words for all.")
    page = signed_in(regular).post(f"/accounts/comment/{post.pk}/", {"text": "", "reply": seen.pk})
    assert page.status_code == 422
    assert "Words for all." in page.text


def test_what_was_typed_signed_out_waits_until_its_own_piece_is_opened(client, regular, post):
    writer = UserFactory()
    other = make_published(title="Another", writer=writer, author=make_author(writer, name="Bea Lind"))
    regular.set_password("three unlikely words")
    regular.save()
    client.post(f"/accounts/comment/{post.pk}/", {"text": "An hour of typing."})
    client.post("/accounts/login/", {"login": regular.email, "password": "three unlikely words"})
    assert "An hour of typing." not in client.get(f"/accounts/comment/{other.pk}/").text
    assert "An hour of typing." in client.get(f"/accounts/comment/{post.pk}/").text
