"""Known and unknown addresses are answered alike at the doors that tests/accounts/test_enumeration.py does not open."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from blog.models import Letter
from tests.accounts.signing_in.conftest import PASSWORD
from tests.accounts.signing_in.test_providers import come_back, provider, trusted
from tests.factories import UserFactory
from tests.people import confirm, signed_in

__all__ = ["provider", "trusted"]
TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')


def plain(content: bytes, name: str) -> bytes:
    """Return a page without what is different each time, and without the address."""
    return TOKEN.sub(b"", content).replace(name.encode(), b"somebody")


def test_adding_an_address(dana):
    confirm(UserFactory(email="listed@council.example"))
    pages = {}
    for name in ("listed", "nobody"):
        client = signed_in(confirm(UserFactory()))
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        own = client.get("/accounts/email/")
        me = re.findall(rb"person\d+@council.example", own.content)[0]
        answer = client.post("/accounts/email/", {"action_add": "", "email": f"{name}@council.example"}, follow=True)
        pages[name] = plain(answer.content, name).replace(me, b"me"), answer.redirect_chain
    assert pages["listed"] == pages["nobody"]
    assert Letter.objects.count() == 2


def test_typing_a_wrong_code(dana):
    pages = set()
    for name in ("dana", "nobody"):
        client = Client()
        client.post("/accounts/login/code/", {"email": f"{name}@council.example"})
        pages.add(plain(client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"}).content, name))
    assert len(pages) == 1


def test_signing_up_by_a_provider(trusted):
    confirm(UserFactory(email="listed@council.example"))
    trusted.person["email_verified"] = False
    chains = []
    for name in ("listed", "nobody"):
        trusted.person |= {"sub": name, "email": f"{name}@council.example"}
        client = Client()
        come_back(client)
        answer = client.post("/accounts/3rdparty/signup/", {"display_name": "Somebody"}, follow=True)
        chains.append((answer.redirect_chain, plain(answer.content, name)))
    assert chains[0] == chains[1]
    assert Letter.objects.count() == 2


def test_a_passkey_for_an_account_that_is_there_and_for_one_that_is_not(dana):
    pages = set()
    for number in (dana.pk, 987_654):
        client = Client()
        client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
        credential = f'{{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {{"userHandle": "{number}"}}}}'
        answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential}, follow=True)
        pages.add(TOKEN.sub(b"", answer.content))
    assert len(pages) == 1


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"])
def test_an_address_that_somebody_only_claims_is_its_owners(dana, path: str):
    """Somebody else added it to their account and never confirmed it; with a second factor it would be a wall."""
    EmailAddress.objects.create(user=dana, email="ivy@council.example", verified=False)
    form = {"email": "Ivy@council.example", "display_name": "Ivy", "password1": PASSWORD}
    Client().post(path, form)
    assert not EmailAddress.objects.filter(user=dana, email="ivy@council.example").exists()
    assert Letter.objects.get().to_user != dana
    assert EmailAddress.objects.filter(user=dana).count() == 1


def test_a_new_account_keeps_its_own_address_while_it_is_not_confirmed(db):
    form = {"email": "ivy@council.example", "display_name": "Ivy", "password1": PASSWORD}
    for _ in range(2):
        Client().post("/accounts/signup/", form)
    assert EmailAddress.objects.get().email == "ivy@council.example"
