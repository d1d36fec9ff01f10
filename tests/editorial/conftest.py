"""A writer under a pen name, and pieces of theirs."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from blog.models import Letter, Post
from blog.states import State
from tests.factories import UserFactory, make_author, make_piece


@pytest.fixture
def mole(db) -> User:
    """A writer whose account has another name than the piece."""
    return UserFactory(display_name="Realname Person", email="realname@council.example")


@pytest.fixture
def piece(mole: User, editor: User) -> Callable[..., Post]:
    """Give pieces of the mole's in any state, with the letters that led there out of the way."""

    def make(state: State, **fields: Any) -> Post:
        author = make_author(mole, name="The Mole", is_pen_name=True)
        post = make_piece(state, writer=mole, author=author, editor=editor, **fields)
        Letter.objects.all().delete()
        return post

    return make
