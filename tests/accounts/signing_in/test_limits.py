"""Limits on guessing: by account, not against a council, not against an owner, and without the database's cache."""

import pytest
from allauth.core import context
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from accounts.adapter import AccountAdapter
from accounts.signing_in.limits import Tries
from blog.models import Letter
from tests.accounts.signing_in.codes import shown, with_app
from tests.accounts.signing_in.conftest import PASSWORD
from tests.factories import UserFactory
from tests.people import confirm, signed_in

LIMITED = "Too many wrong tries"


def sign_in(client: Client, user, password: str = PASSWORD, **more: str):
    return client.post("/accounts/login/", {"login": user.email, "password": password}, **more)


def test_three_hundred_accounts_behind_one_address_get_in(dana, settings):
    """In one minute, and while one of them is guessed at."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
    settings.CACHES = {"default": {**memory, "LOCATION": "three hundred"}}
    request = RequestFactory().post("/accounts/login/")
    adapter = AccountAdapter(request)
    with context.request_context(request):
        for number in range(300):
            tries = Tries(request)
            for action in ("login", "request_login_code", "signup", "reset_password"):
                assert tries.take(action, f"{action} officer{number}@council.example"), (number, action)
            adapter.pre_authenticate(request, email=f"officer{number}@council.example", password="x")
        for _ in range(9):
            adapter.pre_authenticate(request, email="officer1@council.example", password="x")
        with pytest.raises(ValidationError):
            adapter.pre_authenticate(request, email="officer1@council.example", password="x")
    assert sign_in(Client(), dana).status_code == 302


def test_a_stranger_does_not_keep_the_owner_out_of_their_own_browser(dana):
    owner = Client()
    sign_in(owner, dana)
    owner.post("/accounts/logout/")
    for _ in range(11):
        answer = sign_in(Client(), dana, "wrong")
    assert LIMITED in answer.text
    assert LIMITED in sign_in(Client(), dana).text
    assert sign_in(owner, dana).status_code == 302


def test_nor_from_another_place(dana):
    for _ in range(11):
        answer = sign_in(Client(), dana, "wrong", REMOTE_ADDR="203.0.113.7")
    assert LIMITED in answer.text
    assert sign_in(Client(), dana, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_many_places_together_run_into_a_limit_of_the_account(dana):
    for number in range(61):
        answer = sign_in(Client(), dana, "wrong", REMOTE_ADDR=f"203.0.113.{number}")
    assert LIMITED in answer.text


def test_a_known_browser_has_a_limit_too_and_is_known_to_its_account_alone(dana):
    other = confirm(UserFactory(email="owen@council.example", password=PASSWORD))
    owner = Client()
    sign_in(owner, dana)
    owner.post("/accounts/logout/")
    for _ in range(11):
        answer = sign_in(owner, dana, "wrong")
    assert LIMITED in answer.text
    for _ in range(11):
        sign_in(Client(), other, "wrong")
    assert LIMITED in sign_in(owner, other).text


@pytest.mark.parametrize("cookie", ["x", "." * 99, "a" * 32, f"{'a' * 32}.{'b' * 32}", "\x00" * 32, "é" * 32])
def test_a_made_up_cookie_makes_no_browser_known(dana, cookie: str):
    for _ in range(11):
        sign_in(Client(), dana, "wrong")
    client = Client()
    client.cookies["known"] = cookie
    assert LIMITED in sign_in(client, dana).text


def test_a_stranger_who_asks_for_codes_does_not_keep_the_owner_from_asking(dana):
    owner = Client()
    sign_in(owner, dana)
    owner.post("/accounts/logout/")
    for _ in range(4):
        answer = Client().post("/accounts/login/code/", {"email": dana.email})
    assert "Too many tries" in answer.text
    assert Letter.objects.count() == 3
    assert owner.post("/accounts/login/code/", {"email": dana.email}).status_code == 302


def test_resets_are_limited_by_account(dana):
    statuses = [Client().post("/accounts/password/reset/", {"email": dana.email}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


@pytest.fixture
def no_cache(monkeypatch):
    """Let every way to the cache's table fail, as when it is gone."""

    def fail(*args, **kwargs):
        raise DatabaseError("no such table: cache")

    for name in ("get_many", "_base_set", "delete", "has_key"):
        monkeypatch.setattr(DatabaseCache, name, fail)
    caches["default"].memory.clear()
    yield
    caches["default"].memory.clear()


def test_without_the_cache_limits_hold_and_everybody_else_gets_in(dana, no_cache):
    assert sign_in(Client(), dana).status_code == 302
    other = confirm(UserFactory(email="owen@council.example", password=PASSWORD))
    for _ in range(11):
        answer = sign_in(Client(), other, "wrong")
    assert LIMITED in answer.text
    assert LIMITED in sign_in(Client(), other).text


def test_without_the_cache_every_door_answers(dana, no_cache):
    forms = {
        "/accounts/login/code/": {"email": dana.email},
        "/accounts/password/reset/": {"email": dana.email},
        "/accounts/signup/": {"email": "new@council.example", "display_name": "N", "password1": PASSWORD},
    }
    for path, form in forms.items():
        assert Client().post(path, form).status_code == 302
    with_app(dana)
    client = Client()
    sign_in(client, dana)
    code = shown()
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    again = Client()
    sign_in(again, dana)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    for _ in range(11):
        answer = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert LIMITED in answer.text


def test_the_table_itself_may_be_missing(dana):
    caches["default"].memory.clear()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cache RENAME TO gone")
    cache.set("a", 1, 60)
    assert cache.get("a") == 1
    assert not cache.add("a", 2, 60)
    assert cache.touch("a", 60)
    assert cache.delete("a")
    assert sign_in(Client(), dana).status_code == 302


def test_signed_in_tries_are_limited_as_well(dana):
    client = signed_in(dana)
    for _ in range(11):
        answer = client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert answer.status_code == 429 or LIMITED in answer.text
