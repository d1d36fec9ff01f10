"""The way of a guest piece through the editorial functions."""

import pytest

from blog.editorial import drafting
from blog.models import Letter
from blog.states import State
from tests.factories import NOW, make_piece, make_published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [s for s in State])
def test_a_piece_reaches_every_state(state):
    assert make_piece(state).state == state
