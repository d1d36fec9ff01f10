"""For every move and every party that can make it: exactly the right people, once each, and never whoever made it."""

from collections import Counter

import pytest

from blog.editorial import proof
from blog.models import Letter, Post
from blog.states import MOVES, MoveKind, Party, State
from tests.editorial.test_letters import ACTS
from tests.factories import NOW, UserFactory, make_author, make_editor

pytestmark = pytest.mark.django_db
# A piece of one's own made ready, and a decision that nobody was told of
NOBODY_HEARS = {MoveKind.FINISH, MoveKind.RECONSIDER}
EDITORS_MOVES = [kind for kind, row in ACTS.items() if kind in NOBODY_HEARS or (row[2] or "").startswith("to_writer")]
# To sign again follows a change of the byline, whose own tests say who hears
WRITERS_MOVES = [kind for kind in ACTS if kind not in EDITORS_MOVES and not MOVES[kind].is_consequence]


@pytest.fixture
def second():
    return UserFactory(display_name="Second Realname")


def with_two_names(post: Post, second) -> Post:
    post.bylines.create(author=make_author(second, name="Ann Lee"), position=2)
    return post


def told() -> Counter:
    return Counter(letter.to_user for letter in Letter.objects.all())


def test_every_move_has_somebody_who_makes_it():
    for kind in EDITORS_MOVES:
        assert MOVES[kind].parties - {Party.WRITER}
    for kind in WRITERS_MOVES:
        assert Party.WRITER in MOVES[kind].parties


@pytest.mark.parametrize("kind", EDITORS_MOVES)
def test_what_an_editor_does_is_told_to_every_writer_once(kind, mole, second, editor, piece):
    origin, act, _letter = ACTS[kind]
    bystander = make_editor()
    is_signed_by_both = kind is MoveKind.PUBLISH
    start = State.IN_PROOF if is_signed_by_both else origin
    post = with_two_names(piece(start, is_guest_piece=kind is not MoveKind.FINISH), second)
    if is_signed_by_both:
        for writer in (mole, second):
            proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
        Letter.objects.all().delete()

    act(post, mole, editor)

    assert told() == ({} if kind in NOBODY_HEARS else {mole: 1, second: 1})
    assert bystander not in told()


@pytest.mark.parametrize("kind", WRITERS_MOVES)
@pytest.mark.parametrize("is_looked_after", [True, False])
def test_what_a_writer_does_is_told_to_whoever_looks_after_it_or_to_all_editors(
    kind, is_looked_after, mole, editor, piece
):
    second = UserFactory(display_name="Second Realname")
    origin, act, _letter = ACTS[kind]
    other = make_editor()
    post = with_two_names(piece(origin), second)
    if not is_looked_after:
        Post.objects.filter(pk=post.pk).update(editor=None)
        post = Post.objects.get(pk=post.pk)
    if kind is MoveKind.SIGN_OFF:
        proof.sign_off(post=post, seen=post.working_id, by=second, at=NOW)

    act(post, mole, editor)

    heard = told()
    assert {editor: 1, **({} if is_looked_after else {other: 1})} == {
        user: times for user, times in heard.items() if user in {editor, other}
    }
    assert mole not in heard
    assert heard[second] <= 1


def test_every_state_has_a_way_to_it_that_is_told():
    reached = {MOVES[kind].target for kind, row in ACTS.items() if row[2]}

    assert reached >= set(State) - {State.DRAFTING}
