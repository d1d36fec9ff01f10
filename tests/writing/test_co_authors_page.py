"""The page of the names on a piece: order, inviting, leaving; and nothing on it leads behind a pen name."""

import pytest
from django.contrib.auth.models import Permission

from blog.editorial import drafting, invitations
from blog.editorial.names import bylines, co_authors, identity
from blog.models import Invitation, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mole(db):
    return UserFactory(display_name="Realname Person", email="realname@council.example")


@pytest.fixture
def post(writer, editor, mole) -> Post:
    post = make_piece(writer=writer, editor=editor)
    bylines.add(post, make_author(mole, name="The Mole", is_pen_name=True, role="Digger"))
    return post


def order(post: Post) -> list[str]:
    return [one.author.name for one in bylines.names_on(post)]


def test_the_names_stand_in_their_order_with_buttons(as_writer, post):
    page = as_writer.get(f"/desk/{post.pk}/co-authors/").content.decode()

    assert page.index("Priya Raman") < page.index("The Mole")
    assert page.count('value="up"') == page.count('value="down"') == 1


def test_a_name_moves_by_a_button_without_script(as_writer, post):
    typed = {"author": post.bylines.first().author_id, "way": "down", "byline": bylines.hash_on(post)}

    assert as_writer.post(f"/desk/{post.pk}/co-authors/order/", typed).status_code == 302
    assert order(post) == ["The Mole", "Priya Raman"]
    assert as_writer.post(f"/desk/{post.pk}/co-authors/order/", typed).status_code == 409


@pytest.mark.parametrize("typed", [{"way": "sideways"}, {"way": ""}])
def test_another_way_than_up_and_down_is_not_found(typed, as_writer, post):
    assert as_writer.post(f"/desk/{post.pk}/co-authors/order/", typed).status_code == 404


@pytest.mark.parametrize("author", ["", "x", "9" * 30, "0"])
def test_a_key_that_is_none_moves_nothing(author, as_writer, post):
    typed = {"author": author, "way": "up", "byline": bylines.hash_on(post)}

    assert as_writer.post(f"/desk/{post.pk}/co-authors/order/", typed).status_code == 409


def test_inviting_takes_name_and_address_and_nothing_else(as_writer, post):
    """Whatever else is sent along, an author, a state or a date, is left alone."""
    extra = {"state": "published", "author": "1", "position": "1", "published_at": "2026-01-01", "invited_by": "1"}
    typed = {"name": "Ben Osei", "email": "ben@council.example", "note": "You know the tally.", **extra}

    assert as_writer.post(f"/desk/{post.pk}/co-authors/", typed).status_code == 302

    post.refresh_from_db()
    assert post.state == State.DRAFTING
    assert post.published_at is None
    assert order(post) == ["Priya Raman", "The Mole", "Ben Osei"]
    assert Invitation.objects.get(email="ben@council.example").invited_by.email == "priya@council.example"


def test_what_was_typed_is_kept_on_a_refusal(as_writer, post):
    response = as_writer.post(
        f"/desk/{post.pk}/co-authors/", {"name": "Ben <b>", "email": "nowhere\x00", "note": "Hi."}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Ben &lt;b&gt;"' in page
    assert "Hi." in page
    assert 'id="id_email_error"' in page


def test_an_invitation_is_taken_back_and_sent_again_by_buttons(as_writer, writer, post):
    sent = co_authors.invite(post=post, name="Ben", email="ben@council.example", by=writer, at=NOW)

    assert "Invited; the invitation has run out" in as_writer.get(f"/desk/{post.pk}/co-authors/").content.decode()
    assert as_writer.post(f"/desk/{post.pk}/co-authors/{sent.pk}/send-again/").status_code == 302
    assert "Invited, no answer yet" in as_writer.get(f"/desk/{post.pk}/co-authors/").content.decode()
    assert as_writer.post(f"/desk/{post.pk}/co-authors/{sent.pk}/send-again/").status_code == 409
    assert as_writer.post(f"/desk/{post.pk}/co-authors/{sent.pk}/x/").status_code == 404
    assert as_writer.post(f"/desk/{post.pk}/co-authors/{sent.pk}/take-back/").status_code == 302
    assert order(post) == ["Priya Raman", "The Mole"]


def test_an_invitation_is_not_reached_by_another_key(as_writer, writer, post, mole, editor):
    of_other = co_authors.invite(post=post, name="Ben", email="ben@council.example", by=mole, at=NOW)
    elsewhere = make_piece(writer=UserFactory(), editor=editor, title="Elsewhere")
    foreign = invitations.invite(by=editor, at=NOW, name="Ivy", email="ivy@council.example")

    for piece, invitation in ((post, of_other), (post, foreign), (elsewhere, of_other)):
        for act in ("take-back", "send-again"):
            assert as_writer.post(f"/desk/{piece.pk}/co-authors/{invitation.pk}/{act}/").status_code == 404
    assert as_writer.post(f"/desk/{post.pk}/co-authors/{'9' * 25}/take-back/").status_code == 404
    assert Invitation.objects.unanswered().count() == 2


def test_leaving_asks_twice_and_the_piece_goes_off_the_desk(as_writer, post):
    assert as_writer.post(f"/desk/{post.pk}/co-authors/leave/").status_code == 422
    assert order(post) == ["Priya Raman", "The Mole"]

    page = as_writer.post(f"/desk/{post.pk}/co-authors/leave/", {"sure": "on"}, follow=True).content.decode()

    assert "Your name is off “Who closes a row?”." in page
    assert as_writer.get(f"/desk/{post.pk}/").status_code == 404
    assert order(post) == ["The Mole"]


def test_co_authors_know_each_other_by_their_public_names_alone(as_writer, post, mole, writer):
    """Search every page of the piece that a co-author can open for what leads behind the pen name."""
    as_mole = signed_in(mole)
    drafting.say(post=post, text="A word.", by=mole, at=NOW)
    text = drafting.Text(body="<p>Another text by the mole, long enough to be kept.</p>")
    drafting.save_text(post=post, text=text, by=mole, at=NOW, based_on=post.working_id)
    conflict = as_writer.post(f"/desk/{post.pk}/", {"title": "Mine", "body": "<p>Mine.</p>", "based_on": "1"})
    as_mole.post(f"/desk/{post.pk}/co-authors/", {"name": "Ben", "email": "ben@council.example"})
    keys = list(post.revisions.values_list("pk", flat=True))
    pages = [
        "",
        "byline/",
        "co-authors/",
        "versions/?every=1",
        f"compare/{keys[0]}/{keys[1]}/",
        f"versions/{keys[-1]}/",
    ]

    shown = [as_writer.get(f"/desk/{post.pk}/{page}").content.decode() for page in pages]
    shown += [as_writer.get("/desk/").content.decode(), conflict.content.decode()]

    for page in shown:
        for secret in ("Realname", "realname", f"user-{mole.pk}"):
            assert secret not in page
    assert "The Mole" in shown[2]


def test_whoever_is_invited_by_a_pen_name_sees_that_name_alone(post, mole, client):
    sent = co_authors.invite(post=post, name="Ben", email="ben@council.example", by=mole, at=NOW)
    Invitation.objects.filter(pk=sent.pk).update(expires_at="2099-01-01T00:00:00Z")

    page = client.get(invitations.link_of(sent).removeprefix("http://testserver")).content.decode()

    assert "The Mole would like to write a piece with you" in page
    assert "they can tell that it is yours" in page
    assert "Realname" not in page


def test_who_left_under_a_pen_name_stays_behind_it(as_writer, as_editor, post, mole, writer):
    drafting.say(post=post, text="A word.", by=mole, at=NOW)
    text = drafting.Text(body="<p>Another text by the mole, long enough to be kept.</p>")
    drafting.save_text(post=post, text=text, by=mole, at=NOW, based_on=post.working_id)

    co_authors.leave(post=post, by=mole, at=NOW)

    for page in (
        as_writer.get(f"/desk/{post.pk}/").content.decode(),
        as_writer.get(f"/desk/{post.pk}/versions/?every=1").content.decode(),
        as_editor.get(f"/admin/blog/post/{post.pk}/change/").content.decode(),
        as_editor.get(f"/admin/blog/post/{post.pk}/versions/").content.decode(),
    ):
        assert "The Mole" in page
        assert "Realname" not in page


def test_the_way_of_a_pen_name_is_shown_to_its_owner_with_every_look(as_writer, post, mole):
    post_of_mole = signed_in(mole)
    insider = UserFactory(display_name="Ada Brook")
    insider.user_permissions.add(Permission.objects.get(codename="see_identities"))
    author = post.bylines.get(author__name="The Mole").author
    identity.look_behind(author=author, by=insider, at=NOW, reason="A legal letter.")

    for address in (f"/desk/{post.pk}/byline/", "/accounts/"):
        page = post_of_mole.get(address).content.decode()
        assert "Ada Brook" in page
        assert "A legal letter." in page
    assert "A legal letter." not in as_writer.get(f"/desk/{post.pk}/byline/").content.decode()
