"""The review page offers each allowed move and no other."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from blog.admin.moves import ACTS
from blog.editorial.moves import allowed_moves
from blog.editorial.names.identity import staff_author
from blog.states import MOVES, State
from tests.admin.pages import buttons, piece_now, review_url
from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistant(db) -> User:
    """An editor who may not publish."""
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="edit_pieces"))
    return User.objects.get(pk=user.pk)


def test_every_move_of_the_table_has_a_button():
    assert set(ACTS) == {kind for kind, rule in MOVES.items() if not rule.is_consequence}


@pytest.mark.parametrize("state", list(State))
def test_the_buttons_are_the_allowed_moves(state, editor, as_editor):
    post = piece_now(state, editor=editor)
    allowed = allowed_moves(post=post, by=editor, at=timezone.now())
    assert sorted(buttons(as_editor, post)) == sorted(allowed)


@pytest.mark.parametrize("state", list(State))
def test_an_editor_who_may_not_publish_is_offered_less(state, editor, assistant):
    post = piece_now(state, editor=editor)
    offered = buttons(signed_in(assistant), post)
    assert sorted(offered) == sorted(allowed_moves(post=post, by=assistant, at=timezone.now()))
    assert not {"publish", "go_ahead", "retract", "reinstate", "unschedule"} & set(offered)


@pytest.mark.parametrize("state", [s for s in State if s != State.WITHDRAWN])
def test_the_buttons_of_ones_own_piece_are_the_allowed_moves(state, editor, as_editor):
    post = piece_now(state, editor=editor, writer=editor, author=staff_author(user=editor), is_guest_piece=False)
    assert sorted(buttons(as_editor, post)) == sorted(allowed_moves(post=post, by=editor, at=timezone.now()))


def test_a_scheduled_piece_can_be_unscheduled_and_a_piece_that_is_out_cannot(editor, as_editor):
    ahead = piece_now(State.PUBLISHED, editor=editor, go_out_at=timezone.now() + dt.timedelta(days=3))
    out = piece_now(State.PUBLISHED, editor=editor)
    assert "unschedule" in buttons(as_editor, ahead)
    assert "unschedule" not in buttons(as_editor, out)


@pytest.mark.parametrize("state", list(State))
def test_at_most_one_button_is_filled(state, editor, as_editor):
    post = piece_now(state, editor=editor)
    page = as_editor.get(review_url(post)).content.decode()
    assert page.count('<summary class="btn">') <= 1


def test_a_button_says_who_gets_a_letter(editor, as_editor):
    post = piece_now(State.SUBMITTED, editor=editor)
    assert "Priya Raman gets a letter in 5 minutes." in as_editor.get(review_url(post)).content.decode()
