"""The table of roles in the documentation is what the code answers."""

from pathlib import Path

import pytest

from accounts.models import User
from accounts.roles import ADDS, CAN_BE_LIMITED, Role, give_role, permissions_of
from blog.states import State
from tests.accounts.role_table import TABLE, Line, written
from tests.factories import NOW, CategoryFactory, UserFactory, make_piece

pytestmark = pytest.mark.django_db
PAGE = Path("docs/roles.md")


def with_role(role: Role, limits: list | None = None) -> User:
    user = UserFactory()
    give_role(user=user, role=role, at=NOW, limits=limits or [])
    return User.objects.get(pk=user.pk)


def test_the_documentation_says_what_each_role_may_do():
    post = make_piece(State.SUBMITTED, category=CategoryFactory())
    users = {role: with_role(role) for role in Role}
    table = written(lambda role, line: line.asked(users[role], post))
    assert table in PAGE.read_text(), f"docs/roles.md needs this table:\n\n{table}"


def test_each_role_may_do_all_that_the_one_before_it_may():
    for role, before in zip(list(Role)[1:], list(Role), strict=False):
        assert set(permissions_of(before)) < set(permissions_of(role)) or not permissions_of(role)
    assert set(ADDS) == set(Role)


@pytest.mark.parametrize("line", [line for line in TABLE if line.is_limited], ids=lambda line: line.words)
def test_limits_hold_for_everything_about_a_piece(line: Line):
    inside, outside = make_piece(State.SUBMITTED, category=CategoryFactory()), make_piece(State.SUBMITTED)
    for role in CAN_BE_LIMITED:
        free, limited = with_role(role), with_role(role, [inside.category])
        if not line.words.startswith(("Merge", "Approve")):
            assert line.asked(limited, inside) == line.asked(free, inside)
            assert not line.asked(limited, outside)


def test_nobody_without_a_role_may_do_anything():
    post = make_piece(State.SUBMITTED)
    assert not any(line.asked(UserFactory(), post) for line in TABLE)


def test_a_closed_account_may_do_nothing():
    post = make_piece(State.SUBMITTED)
    user = with_role(Role.ADMINISTRATOR)
    user.is_active = False
    asked = [line for line in TABLE if line.words != "Work in the admin"]
    assert not any(line.asked(user, post) for line in asked)
