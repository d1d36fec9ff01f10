"""Each move over HTTP: it works in its states, is refused in the others, and never by a GET or by the wrong person."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.editorial import drafting
from blog.editorial.names.identity import staff_author
from blog.models import Letter, Move, Post
from blog.states import MOVES, MoveKind, Party, State
from tests.admin.pages import make_move, piece_now, review_url
from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db

EDITORS_KINDS = [
    kind
    for kind, rule in MOVES.items()
    if rule.parties & {Party.EDITOR, Party.PUBLISHER} and kind != MoveKind.FINISH and not rule.is_consequence
]
IN_ITS_STATE = [(kind, state) for kind in EDITORS_KINDS for state in sorted(MOVES[kind].origins)]
ELSEWHERE = {state: [kind for kind in EDITORS_KINDS if state not in MOVES[kind].origins] for state in State}


def piece_ready_for(kind: MoveKind, state: State, editor) -> Post:
    """Make a piece in a state, with what the move needs beside the state."""
    ahead = timezone.now() + dt.timedelta(days=3) if kind in {MoveKind.UNSCHEDULE, MoveKind.RESCHEDULE} else None
    post = piece_now(state, editor=editor, go_out_at=ahead)
    if kind == MoveKind.CORRECT:
        text = drafting.Text(standfirst="A corrected standfirst.")
        drafting.save_text(post=post, text=text, by=editor, at=timezone.now(), based_on=post.working_id)
    return post


@pytest.mark.parametrize(("kind", "state"), IN_ITS_STATE)
def test_a_move_works_in_its_state(kind, state, editor, as_editor):
    post = piece_ready_for(kind, state, editor)
    response = make_move(as_editor, post, kind)
    assert (response.status_code, response.get("Location")) == (302, review_url(post))
    post.refresh_from_db()
    assert post.state == MOVES[kind].target


@pytest.mark.parametrize("state", ELSEWHERE)
def test_a_move_is_refused_in_any_other_state(state, editor, as_editor):
    post = piece_now(state, editor=editor)
    moves, letters = Move.objects.count(), Letter.objects.count()
    for kind in ELSEWHERE[state]:
        response = make_move(as_editor, post, kind)
        assert response.status_code == 409, kind
        assert "There is a problem" in response.content.decode(), kind
        post.refresh_from_db()
        assert (post.state, Move.objects.count(), Letter.objects.count()) == (state, moves, letters), kind


@pytest.mark.parametrize(
    ("kind", "state", "target"),
    [
        (MoveKind.FINISH, State.DRAFTING, State.READY),
        (MoveKind.SUBMIT, State.DRAFTING, State.SUBMITTED),
        (MoveKind.TAKE_BACK, State.SUBMITTED, State.DRAFTING),
        (MoveKind.SIGN_OFF, State.IN_PROOF, State.READY),
        (MoveKind.ASK_FOR_CORRECTION, State.IN_PROOF, State.SUBMITTED),
    ],
)
def test_ones_own_piece_moves_from_the_same_page(kind, state, target, editor, as_editor):
    post = piece_now(state, editor=editor, writer=editor, author=staff_author(user=editor), is_guest_piece=False)
    assert make_move(as_editor, post, kind).status_code == 302
    post.refresh_from_db()
    assert post.state == target


@pytest.mark.parametrize("kind", [kind for kind in EDITORS_KINDS if MOVES[kind].needs_reason])
def test_a_move_that_needs_a_reason_asks_for_it_beside_its_button(kind, editor, as_editor):
    post = piece_ready_for(kind, min(MOVES[kind].origins), editor)
    response = make_move(as_editor, post, kind, reason="  ")
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_reason_{kind}_error"' in page
    assert f'data-move="{kind}" open' in page


def test_a_refused_reason_is_kept_even_where_its_form_is_gone(editor, as_editor):
    post = piece_now(State.IN_PROOF, editor=editor)
    response = make_move(as_editor, post, "ask_for_changes", reason="Paragraph three wants a name.")
    assert response.status_code == 409
    assert "Paragraph three wants a name." in response.content.decode()


def test_a_text_that_was_changed_meanwhile_is_not_accepted(editor, as_editor):
    post = piece_now(State.SUBMITTED, editor=editor)
    seen = post.working_id
    drafting.save_text(
        post=post, text=drafting.Text(title="Another title"), by=editor, at=timezone.now(), based_on=seen
    )
    assert make_move(as_editor, post, "accept", seen=seen).status_code == 409


@pytest.mark.parametrize("seen", ["", "none", "9" * 30, "-1"])
def test_a_button_that_names_no_text_is_refused(seen, editor, as_editor):
    assert make_move(as_editor, piece_now(State.SUBMITTED, editor=editor), "accept", seen=seen).status_code == 409


def test_a_get_makes_no_move_and_an_unknown_move_is_not_found(editor, as_editor):
    post = piece_now(State.SUBMITTED, editor=editor)
    for kind in MOVES:
        assert as_editor.get(reverse("admin:blog_post_move", args=[post.pk, kind])).status_code == 405, kind
    for kind in ("begin", "fly", "PUBLISH"):
        assert make_move(as_editor, post, kind).status_code == 404, kind


def test_a_move_of_a_piece_that_is_not_there_is_not_found(as_editor):
    for pk in (999_999, 10**30):
        assert as_editor.post(f"/admin/blog/post/{pk}/move/accept/", {"seen": 1}).status_code == 404


def test_nobody_else_makes_a_move(client, editor, as_reader, as_writer):
    post = piece_now(State.SUBMITTED, editor=editor)
    colleague = signed_in(UserFactory(is_staff=True))
    assert make_move(client, post, "accept").status_code == 302
    assert make_move(as_reader, post, "accept").status_code == 302
    assert make_move(as_writer, post, "accept").status_code == 302
    assert make_move(colleague, post, "accept").status_code == 403
    assert (
        signed_in(editor, enforce_csrf_checks=True)
        .post(reverse("admin:blog_post_move", args=[post.pk, "accept"]), {"seen": post.working_id})
        .status_code
        == 403
    )
    post.refresh_from_db()
    assert post.state == State.SUBMITTED


def test_of_two_editors_publishing_one_is_told_and_one_letter_is_written(editor, as_editor):
    post = piece_now(State.READY, editor=editor)
    colleague = signed_in(UserFactory(administrator=True))
    first, second = make_move(as_editor, post, "publish"), make_move(colleague, post, "publish")
    assert (first.status_code, second.status_code) == (302, 409)
    assert Letter.objects.filter(kind="to_writer/published", post=post).count() == 1
    assert post.moves.filter(kind=MoveKind.PUBLISH).count() == 1


def test_withdrawing_a_piece_takes_its_open_invitation_back(editor, as_editor):
    from blog.editorial import invitations

    invitation = invitations.invite(by=editor, at=timezone.now(), name="Dennis Okafor", email="d@council.example")
    assert make_move(as_editor, invitation.post, "withdraw").status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_at
