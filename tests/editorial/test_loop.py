"""The way of a guest piece through the editorial functions."""

import pytest

from blog.states import State
from tests.factories import make_piece

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_a_piece_reaches_every_state(state):
    assert make_piece(state).state == state
