"""Writing together: inviting, the order of the names, leaving, and taking off a name that nobody answered for."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Max

from blog.editorial import drafting, invitations, proof, publishing, review
from blog.editorial.letters.writing import name_for
from blog.editorial.names import bylines, co_authors, identity
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Author, Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
def ann(db):
    return UserFactory(display_name="Ann Lee", email="ann@council.example")


@pytest.fixture
def together(writer, editor, ann):
    """Give pieces by two, in a state before publication."""

    def make(state: State) -> Post:
        post = make_piece(State.DRAFTING, writer=writer, editor=editor)
        bylines.add(post, make_author(ann, name="Ann Lee"))
        if state != State.DRAFTING:
            drafting.submit_for_review(post=post, by=writer, at=NOW)
            review.accept(post=post, by=editor, at=NOW)
        if state == State.READY:
            for user in (writer, ann):
                proof.sign_off(post=post, seen=post.working_id, by=user, at=NOW)
        return Post.objects.get(pk=post.pk)

    return make


def names(post: Post) -> list[str]:
    return [one.author.name for one in bylines.names_on(post)]


def letters_since(number: int) -> list[tuple[str, str]]:
    return sorted(Letter.objects.filter(pk__gt=number).values_list("kind", "to_address"))


def last_letter() -> int:
    return Letter.objects.aggregate(last=Max("pk"))["last"] or 0


def test_a_guest_invites_and_everybody_who_should_hears_of_it(together, writer, editor, ann):
    post = together(State.DRAFTING)
    before = last_letter()

    invitation = co_authors.invite(post=post, name="Ben Osei", email="Ben@council.example ", by=writer, at=NOW)

    assert names(post) == ["Priya Raman", "Ann Lee", "Ben Osei"]
    assert invitation.email == "ben@council.example"
    assert letters_since(before) == [
        ("to_editor/co_author_invited", editor.email),
        ("to_writer/co_author_invitation", "ben@council.example"),
        ("to_writer/co_author_invited", ann.email),
    ]
    assert "Priya Raman asks you to write" in Letter.objects.get(kind="to_writer/co_author_invitation").text


def test_an_editor_invites_a_co_author_and_the_writers_hear_of_it(together, writer, editor, ann):
    post = together(State.DRAFTING)
    before = last_letter()

    co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=editor, at=NOW)

    assert [letter for letter in letters_since(before) if letter[1] != "ben@council.example"] == [
        ("to_writer/co_author_invited", ann.email),
        ("to_writer/co_author_invited", writer.email),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "ANN LEE"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "no address"}, "email"),
        ({"email": "x" * 250 + "@y.example"}, "email"),
        ({"email": "priya@council.example"}, "email"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_beside_its_field(wrong, field, together, writer):
    post = together(State.DRAFTING)

    with pytest.raises(IncompleteError) as refused:
        co_authors.invite(post=post, by=writer, at=NOW, **{"name": "Ben", "email": "ben@council.example", **wrong})

    assert set(refused.value.errors) == {field}
    assert names(post) == ["Priya Raman", "Ann Lee"]
    assert not Author.objects.filter(name="Ben").exists()


def test_inviting_the_address_of_a_co_author_tells_nothing_about_them(together, writer, ann):
    post = together(State.DRAFTING)

    invitation = co_authors.invite(post=post, name="Somebody", email=ann.email, by=writer, at=NOW)

    with pytest.raises(EditorialRefusal, match="on this piece already"):
        invitations.accept(invitation=invitation, by=ann, at=LATER)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.RETRACTED, State.WITHDRAWN, State.DECLINED])
def test_the_byline_of_a_piece_that_is_out_or_ended_stays(state, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    with pytest.raises(EditorialRefusal, match="can’t be changed now"):
        co_authors.invite(post=post, name="Ben", email="ben@council.example", by=writer, at=NOW)


def test_a_writer_sends_a_few_invitations_and_no_more(together, writer):
    post = together(State.DRAFTING)
    for number in range(co_authors.MOST_INVITATIONS):
        sent = co_authors.invite(post=post, name=f"B{number}", email=f"b{number}@council.example", by=writer, at=NOW)
        invitations.revoke(invitation=sent, by=writer, at=NOW)

    with pytest.raises(IncompleteError, match="Ask the editors"):
        co_authors.invite(post=post, name="One more", email="more@council.example", by=writer, at=NOW)


def test_nobody_else_touches_the_byline(together, reader):
    post = together(State.DRAFTING)
    author = post.bylines.first().author_id

    for act in (
        lambda: co_authors.invite(post=post, name="B", email="b@council.example", by=reader, at=NOW),
        lambda: co_authors.move_name(post=post, author=author, places=1, seen="", by=reader, at=NOW),
        lambda: co_authors.leave(post=post, by=reader, at=NOW),
        lambda: co_authors.take_name_off(post=post, author=Author.objects.get(pk=author), by=reader, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_guest_takes_back_and_sends_again_only_their_own_unanswered_invitation(together, writer, ann):
    post = together(State.DRAFTING)
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=writer, at=NOW)

    with pytest.raises(EditorialRefusal, match="within the last hour"):
        invitations.send_again(invitation=sent, by=writer, at=NOW)
    invitations.send_again(invitation=sent, by=writer, at=LATER)
    for act in (invitations.send_again, invitations.revoke):
        with pytest.raises(PermissionDenied):
            act(invitation=sent, by=ann, at=LATER)
    invitations.revoke(invitation=sent, by=writer, at=LATER)

    assert names(post) == ["Priya Raman", "Ann Lee"]
    assert (
        Letter.objects.filter(kind="to_writer/name_taken_off").values_list("to_address", flat=True).get() == ann.email
    )
    with pytest.raises(EditorialRefusal):
        invitations.revoke(invitation=sent, by=writer, at=LATER)


def test_who_declines_comes_off_the_byline_and_the_others_hear_of_it(together, writer, editor, ann):
    post = together(State.DRAFTING)
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=writer, at=NOW)
    before = last_letter()

    invitations.decline(invitation=sent, at=LATER)

    assert names(post) == ["Priya Raman", "Ann Lee"]
    assert letters_since(before) == [
        ("to_editor/invitation_declined", editor.email),
        ("to_writer/co_author_declined", ann.email),
        ("to_writer/co_author_declined", writer.email),
    ]


def test_an_invited_name_blocks_the_sign_off_until_an_editor_takes_it_off(together, writer, editor, ann):
    post = together(State.IN_PROOF)
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=writer, at=NOW)

    with pytest.raises(EditorialRefusal, match="Ben Osei has been invited and has not answered yet"):
        proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    with pytest.raises(EditorialRefusal, match="Ben Osei has been invited"):
        proof.go_ahead(post=post, reason="On leave.", by=editor, at=NOW)
    co_authors.take_name_off(post=post, author=sent.author, by=editor, at=LATER)
    for user in (writer, ann):
        proof.sign_off(post=post, seen=post.working_id, by=user, at=LATER)

    assert Post.objects.get(pk=post.pk).state == State.READY
    with pytest.raises(invitations.InvitationClosedError):
        invitations.accept(invitation=sent, by=UserFactory(email="ben@council.example"), at=LATER)


def test_an_editor_takes_off_neither_who_accepted_nor_the_last(together, editor):
    post = together(State.DRAFTING)

    with pytest.raises(EditorialRefusal, match="Only they can take the name off"):
        co_authors.take_name_off(post=post, author=post.bylines.first().author, by=editor, at=NOW)
    alone = invitations.invite(by=editor, at=NOW, name="Ivy Lane", email="ivy@council.example")
    with pytest.raises(EditorialRefusal, match="the last name"):
        co_authors.take_name_off(post=alone.post, author=alone.author, by=editor, at=NOW)


def test_who_leaves_keeps_their_name_in_what_they_did(together, writer, editor, ann):
    post = together(State.IN_PROOF)
    own = post.bylines.get(author__identity__user=ann).author
    details = identity.BylineDetails("The Mole", is_pen_name=True)
    identity.set_byline(post=post, author=own, details=details, by=ann, at=NOW)
    drafting.say(post=post, text="Hello.", by=ann, at=NOW)
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    before = last_letter()

    co_authors.leave(post=post, by=ann, at=LATER)

    assert names(post) == ["Priya Raman"]
    assert name_for(ann, post) == "The Mole"
    assert identity.is_under_pen_name(post)
    assert not Post.objects.held_by(ann).exists()
    assert not proof.is_signed_off(post=post)
    assert letters_since(before) == [
        ("to_editor/co_author_left", editor.email),
        ("to_writer/co_author_left", writer.email),
    ]
    assert not any("Ann" in letter.subject + letter.text for letter in Letter.objects.filter(pk__gt=before))


def test_the_last_who_writes_cannot_leave(together, writer, ann):
    post = together(State.DRAFTING)
    co_authors.leave(post=post, by=ann, at=NOW)
    co_authors.invite(post=post, name="Ben", email="ben@council.example", by=writer, at=NOW)

    with pytest.raises(EditorialRefusal, match="Withdraw it"):
        co_authors.leave(post=post, by=writer, at=NOW)


def test_leaving_takes_a_ready_piece_back_into_proof_and_publishing_is_refused(together, writer, editor, ann):
    post = together(State.READY)

    co_authors.leave(post=post, by=ann, at=LATER)

    assert post.state == State.IN_PROOF
    with pytest.raises(EditorialRefusal):
        publishing.publish(post=post, by=make_editor(), at=LATER)
