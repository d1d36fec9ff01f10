"""Two of those who write a piece at the same moment: one wins, the other is told, and nothing happens twice."""

import pytest

from accounts import joining
from blog.editorial import invitations, proof, proposals, review
from blog.editorial.names import bylines, co_authors
from blog.editorial.names.bylines import BylineHasChangedError
from blog.editorial.refusals import EditorialRefusal, MoveNotAllowedError
from blog.models import Identity, Invitation, Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece, make_published
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.two_at_once]


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


@pytest.fixture
def pair():
    return UserFactory(), UserFactory()


@pytest.fixture
def post(pair) -> Post:
    writer, co_author = pair
    post = make_piece(State.SUBMITTED, writer=writer)
    bylines.add(post, make_author(co_author, name="Dennis Okafor"))
    review.accept(post=post, by=make_editor(), at=NOW)
    return fresh(post)


def test_the_order_changes_while_the_other_signs(post, pair):
    writer, co_author = pair
    seen, first = bylines.hash_on(post), bylines.names_on(post)[0].author_id

    outcomes = at_once(
        lambda: proof.sign_off(post=fresh(post), seen=post.working_id, byline=seen, by=writer, at=NOW),
        lambda: co_authors.move_name(post=fresh(post), author=first, places=1, seen=seen, by=co_author, at=NOW),
    )

    told = isinstance(outcomes[0], BylineHasChangedError)
    asked_again = Letter.objects.filter(kind="to_writer/byline_changed", to_user=writer).exists()
    assert told != asked_again, "Whoever signed hears of it, on the page or by a letter"
    assert not any(signature.signed_at for signature in proof.signatures(post=post))


def test_two_change_the_order_from_the_same_page(post, pair):
    seen = bylines.hash_on(post)
    first = bylines.names_on(post)[0].author_id

    outcomes = at_once(
        *[
            lambda w=w: co_authors.move_name(post=fresh(post), author=first, places=1, seen=seen, by=w, at=NOW)
            for w in pair
        ]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["BylineHasChangedError", "NoneType"]
    assert [one.author.name for one in bylines.names_on(post)] == ["Dennis Okafor", "Priya Raman"]


def test_both_leave_and_one_of_them_stays(post, pair):
    outcomes = at_once(*[lambda w=w: co_authors.leave(post=fresh(post), by=w, at=NOW) for w in pair])

    assert sum(isinstance(outcome, EditorialRefusal) for outcome in outcomes) == 1
    assert post.bylines.count() == 1


def test_a_co_authors_invitation_is_accepted_twice_at_once(post, pair):
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=pair[0], at=NOW)

    at_once(*[lambda: _join(Invitation.objects.select_related("post", "author").get(pk=sent.pk)) for _ in range(2)])

    assert Identity.objects.filter(author__bylines__post=post, user__email="ben@council.example").count() == 1
    assert Letter.objects.filter(kind="to_writer/co_author_joined").count() == 2
    assert post.bylines.count() == 3


def _join(invitation: Invitation) -> object:
    return joining.join(invitation=invitation, at=NOW)


def test_an_invitation_is_accepted_while_it_is_taken_back(post, pair):
    sent = co_authors.invite(post=post, name="Ben Osei", email="ben@council.example", by=pair[0], at=NOW)
    ben = UserFactory(email="ben@council.example")

    outcomes = at_once(
        lambda: invitations.accept(invitation=Invitation.objects.get(pk=sent.pk), by=ben, at=NOW),
        lambda: invitations.revoke(invitation=Invitation.objects.get(pk=sent.pk), by=pair[0], at=NOW),
    )

    assert sum(isinstance(outcome, EditorialRefusal) for outcome in outcomes) == 1
    is_on_it = Identity.objects.filter(author__bylines__post=post, user=ben).exists()
    assert post.bylines.count() == (3 if is_on_it else 2)


def test_two_editors_answer_a_proposal():
    writer, editors = UserFactory(), [make_editor(), make_editor()]
    out = make_published(writer=writer)
    proposal = proposals.propose(post=out, wrong="It was 241.", by=writer, at=NOW)

    outcomes = at_once(
        lambda: proposals.take_up(proposal=proposal, by=editors[0], at=NOW),
        lambda: proposals.refuse(proposal=proposal, reason="It was not.", by=editors[1], at=NOW),
    )

    assert sum(isinstance(outcome, MoveNotAllowedError) for outcome in outcomes) == 1
    assert Letter.objects.filter(kind__in=["to_writer/correction_taken", "to_writer/correction_refused"]).count() == 1
