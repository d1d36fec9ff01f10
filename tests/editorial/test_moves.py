"""The table of moves: every state with every move, and every pair of states."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from blog.editorial import corrections, drafting, moves, proof, publishing, review
from blog.editorial.letters import reconsidering
from blog.editorial.names import identity
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError, TextHasChangedError
from blog.models import Letter, Post
from blog.states import MOVES, UNPUBLISHED_STATES, MoveKind, Party, State
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SCHEDULED = {MoveKind.UNSCHEDULE, MoveKind.RESCHEDULE}

# How each move is made. A kind of move without a row here fails `test_every_kind_of_move_is_tried`
ACTS = {
    MoveKind.SUBMIT: lambda p, w, e: drafting.submit_for_review(post=p, by=w, at=LATER),
    MoveKind.TAKE_BACK: lambda p, w, e: drafting.take_back(post=p, by=w, at=LATER),
    MoveKind.ASK_FOR_CHANGES: lambda p, w, e: review.ask_for_changes(post=p, reason="Why?", by=e, at=LATER),
    MoveKind.ACCEPT: lambda p, w, e: review.accept(post=p, by=e, at=LATER),
    MoveKind.DECLINE: lambda p, w, e: review.decline(post=p, reason="Ran before.", by=e, at=LATER),
    MoveKind.RECONSIDER: lambda p, w, e: reconsidering.reconsider(post=p, by=e, at=LATER),
    MoveKind.SIGN_OFF: lambda p, w, e: proof.sign_off(post=p, seen=p.working_id, by=w, at=LATER),
    MoveKind.GO_AHEAD: lambda p, w, e: proof.go_ahead(post=p, reason="On leave.", by=e, at=LATER),
    MoveKind.ASK_FOR_CORRECTION: lambda p, w, e: proof.ask_for_correction(post=p, reason="241.", by=w, at=LATER),
    MoveKind.SIGN_AGAIN: lambda p, w, e: _change_a_name(p, w),
    MoveKind.EDIT: lambda p, w, e: proof.take_back_for_editing(post=p, by=e, at=LATER),
    MoveKind.FINISH: lambda p, w, e: publishing.finish(post=p, by=e, at=LATER),
    MoveKind.PUBLISH: lambda p, w, e: publishing.publish(post=p, by=e, at=LATER),
    MoveKind.RESCHEDULE: lambda p, w, e: publishing.reschedule(post=p, by=e, at=LATER, go_out_at=LATER + DAY),
    MoveKind.UNSCHEDULE: lambda p, w, e: publishing.unschedule(post=p, by=e, at=LATER),
    MoveKind.CORRECT: lambda p, w, e: corrections.publish_correction(post=p, note="241.", by=e, at=LATER),
    MoveKind.RETRACT: lambda p, w, e: publishing.retract(post=p, reason="Wrong.", by=e, at=LATER),
    MoveKind.REINSTATE: lambda p, w, e: publishing.reinstate(post=p, by=e, at=LATER),
    MoveKind.WITHDRAW: lambda p, w, e: review.withdraw(post=p, by=w, at=LATER),
    MoveKind.REOPEN: lambda p, w, e: review.reopen(post=p, by=e, at=LATER),
}


def _change_a_name(post, writer):
    """Change how the writer appears: what was signed off is then to be signed again. Nobody chooses the move itself."""
    if post.state in UNPUBLISHED_STATES - {State.READY}:
        raise MoveNotAllowedError(moves.refusal(State(post.state)))
    author, details = post.bylines.get().author, identity.BylineDetails("Another Name", is_pen_name=False)
    try:
        identity.set_byline(post=post, author=author, details=details, by=writer, at=LATER)
    except EditorialRefusal as refusal:
        raise MoveNotAllowedError(str(refusal)) from refusal


# The plan's table, written out once more by hand: from a state, where a piece can go
WAYS = {
    "drafting": {"submitted", "ready", "withdrawn"},
    "submitted": {"drafting", "changes_requested", "in_proof", "declined", "ready", "withdrawn"},
    "changes_requested": {"submitted", "withdrawn"},
    "in_proof": {"ready", "submitted", "withdrawn"},
    "ready": {"published", "submitted", "in_proof", "withdrawn"},
    "published": {"published", "ready", "retracted"},
    "retracted": {"published"},
    "withdrawn": {"drafting"},
    "declined": {"drafting", "submitted"},
}


def test_every_kind_of_move_is_tried():
    assert set(ACTS) == set(MOVES) == set(MoveKind) - {MoveKind.BEGIN, MoveKind.BRING_IN}


@pytest.mark.parametrize(("origin", "target"), list(product(State, State)))
def test_the_table_allows_exactly_the_ways_of_the_plan(origin, target):
    leads_there = any(origin in rule.origins and rule.target == target for rule in MOVES.values())

    assert leads_there == (target.value in WAYS[origin.value])


@pytest.mark.parametrize(("kind", "state"), list(product(ACTS, State)))
def test_a_move_works_from_its_states_and_is_refused_from_all_others(kind, state, writer, editor):
    is_staff_piece = kind is MoveKind.FINISH
    go_out_at = LATER + dt.timedelta(days=3) if kind in SCHEDULED else None
    post = make_piece(state, writer=writer, editor=editor, go_out_at=go_out_at)
    if is_staff_piece:
        Post.objects.filter(pk=post.pk).update(is_guest_piece=False)
        post.refresh_from_db()
    if kind is MoveKind.CORRECT and state is State.PUBLISHED:
        text = drafting.Text(title="A corrected title")
        drafting.save_text(post=post, text=text, by=editor, at=LATER, based_on=post.working_id)
    moves_before, letters_before = post.moves.count(), Letter.objects.count()

    offered = {move for by in (writer, editor) for move in moves.allowed_moves(post=post, by=by, at=LATER)}
    assert (kind in offered) == (state in MOVES[kind].origins and not MOVES[kind].is_consequence)
    if state in MOVES[kind].origins:
        ACTS[kind](post, writer, editor)
        assert Post.objects.get(pk=post.pk).state == MOVES[kind].target
        made = post.moves.last()
        assert (made.kind, made.from_state, made.to_state, made.at) == (kind, state, MOVES[kind].target, LATER)
        assert made.by in {writer, editor}
        assert made.revision_id == post.working_id
    else:
        with pytest.raises(MoveNotAllowedError):
            ACTS[kind](post, writer, editor)
        assert Post.objects.get(pk=post.pk).state == state
        assert post.moves.count() == moves_before
        assert Letter.objects.count() == letters_before


@pytest.mark.parametrize("kind", ACTS)
def test_a_move_is_refused_to_a_stranger(kind, writer, editor, reader):
    origin = min(MOVES[kind].origins)
    post = make_piece(origin, writer=writer, editor=editor)
    Post.objects.filter(pk=post.pk).update(is_guest_piece=kind is not MoveKind.FINISH)
    post.refresh_from_db()

    with pytest.raises((PermissionDenied, MoveNotAllowedError)) as refusal:
        ACTS[kind](post, reader, reader)

    assert refusal.type is PermissionDenied or kind in SCHEDULED
    assert Post.objects.get(pk=post.pk).state == origin


@pytest.mark.parametrize("kind", [kind for kind, rule in MOVES.items() if rule.parties == {Party.WRITER}])
def test_an_editor_cannot_make_a_writers_move(kind, writer, editor):
    post = make_piece(min(MOVES[kind].origins), writer=writer, editor=editor)

    with pytest.raises(PermissionDenied):
        ACTS[kind](post, editor, editor)


@pytest.mark.parametrize("kind", [kind for kind, rule in MOVES.items() if rule.needs_reason])
def test_a_move_that_needs_a_reason_is_refused_without_one(kind, writer, editor):
    post = make_piece(min(MOVES[kind].origins), writer=writer, editor=editor)
    by = writer if Party.WRITER in MOVES[kind].parties else editor

    with pytest.raises(IncompleteError):
        moves.move(post=post, kind=kind, by=by, at=LATER, reason=" \n ")


def test_a_move_on_a_text_that_has_changed_since_is_refused(writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    seen = post.working_id
    drafting.save_text(post=post, text=drafting.Text(title="Another"), by=editor, at=LATER, based_on=seen)

    with pytest.raises(TextHasChangedError):
        review.accept(post=post, by=editor, at=LATER, seen=seen)


def test_a_stale_copy_of_a_piece_cannot_undo_what_happened_meanwhile(writer, editor):
    stale = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    review.decline(post=Post.objects.get(pk=stale.pk), reason="No.", by=make_editor(), at=LATER)

    with pytest.raises(MoveNotAllowedError, match="Declined"):
        review.accept(post=stale, by=editor, at=LATER)


def test_nobody_finishes_a_guest_piece_the_short_way(writer, editor):
    post = make_piece(State.DRAFTING, writer=writer, editor=editor)

    with pytest.raises(MoveNotAllowedError):
        publishing.finish(post=post, by=editor, at=LATER)


def test_a_co_author_is_a_writer_too(writer, editor):
    co_author = UserFactory()
    post = make_piece(State.DRAFTING, writer=writer, editor=editor)
    post.bylines.create(author=make_author(co_author, name="Dennis Okafor"), position=2)

    assert drafting.submit_for_review(post=post, by=co_author, at=LATER).by == co_author
