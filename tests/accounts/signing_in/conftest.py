"""Accounts with a password, and counts that begin at nothing."""

import pytest
from django.core.cache import cache

from accounts.models import User
from tests.factories import UserFactory
from tests.people import confirm, without_second_factor

PASSWORD = "seven green kettles"


@pytest.fixture(autouse=True)
def _no_counts(db) -> None:
    cache.clear()


@pytest.fixture
def dana(db) -> User:
    return confirm(UserFactory(email="dana@council.example", display_name="Dana Whitby", password=PASSWORD))


@pytest.fixture
def tom(db) -> User:
    """Return an administrator who has no second factor yet."""
    fields = {"email": "tom@blog.example", "display_name": "Tom Ashby", "password": PASSWORD}
    return without_second_factor(confirm(UserFactory(administrator=True, **fields)))
