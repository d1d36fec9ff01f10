"""Comments to decide about, and people who report them."""

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import Comment, User
from tests.factories import NOW, UserFactory, make_comment
from tests.people import confirm

LONG_AGO = NOW - dt.timedelta(days=400)


@pytest.fixture
def comment(post, regular) -> Comment:
    return make_comment(post, regular, text="You are all fools.")


@pytest.fixture
def make_reporter() -> Callable[..., User]:
    def make(**fields) -> User:
        return confirm(UserFactory(**{"joined_at": LONG_AGO, **fields}))

    return make
