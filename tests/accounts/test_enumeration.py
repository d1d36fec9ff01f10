"""Who has an account is told neither by words nor by time: the slow part, hashing, is done as often either way."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories import UserFactory
from tests.people import confirm


class Counting(MD5PasswordHasher):
    """Counts how often it hashes."""

    algorithm = "counting"
    hashed = 0

    def encode(self, *args, **kwargs):
        Counting.hashed += 1
        return super().encode(*args, **kwargs)


FORMS = {
    "/accounts/login/": {"login": "{}", "password": "three wrong words"},
    "/accounts/signup/": {"email": "{}", "display_name": "Dana", "password1": "seven green kettles"},
    "/accounts/password/reset/": {"email": "{}"},
    "/accounts/login/code/": {"email": "{}"},
}


@pytest.mark.parametrize("path", FORMS)
def test_known_and_unknown_addresses_cost_the_same(db, settings, path: str):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    confirm(UserFactory(email="with@council.example", password="three other words"))
    confirm(UserFactory(email="without@council.example"))
    confirm(UserFactory(email="gone@council.example", password="three other words", is_active=False))
    costs, places = {}, set()
    for name in ("with", "without", "gone", "nobody"):
        Counting.hashed = 0
        given = {field: value.format(f"{name}@council.example") for field, value in FORMS[path].items()}
        answer = Client().post(path, given)
        costs[name] = Counting.hashed
        places.add((answer.status_code, answer.get("Location")))
    assert len(set(costs.values())) == 1, costs
    assert len(places) == 1
