"""Passkeys, as far as they can be asked without a browser: tests/journeys/test_signing_in.py uses one."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.forms import BoundField, Form
from django.test import Client

from accounts.forms.factors import Credential
from blog.models import Letter
from tests.accounts.signing_in.conftest import PASSWORD
from tests.people import signed_in

ADD, ENTER = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"
NONSENSE = [
    "",
    "null",
    "[]",
    "{}",
    "7",
    "9" * 5000,
    '"text"',
    "[" * 15_000,
    "x" * 1_000_000,
    "\x00",
    '{"response": []}',
    '{"response": {"userHandle": 5}}',
    '{"id": "YQ", "rawId": "Yg", "type": "public-key", "response": {}}',
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": dict.fromkeys(("clientDataJSON", "attestationObject", "authenticatorData", "signature"), "!!"),
        }
    ),
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "clientExtensionResults": 5,
            "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA", "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"},
        }
    ),
]  # fmt: skip


def test_what_is_asked_of_a_passkey_names_nobody(dana):
    answer = Client().get(ENTER, headers={"Accept": "application/json"})
    asked = answer.json()["request_options"]["publicKey"]
    assert not asked.get("allowCredentials")
    assert asked["userVerification"] == "required"


@pytest.mark.parametrize("credential", NONSENSE)
def test_nothing_sent_as_a_passkey_breaks_signing_in(dana, credential: str):
    client = Client()
    client.get(ENTER, headers={"Accept": "application/json"})
    answer = client.post(ENTER, {"credential": credential})
    assert answer.status_code in {200, 302, 400}
    assert "_auth_user_id" not in client.session


def test_nothing_sent_as_a_passkey_breaks_adding_one(dana):
    client = signed_in(dana)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for credential in NONSENSE:
        client.get(ADD)
        answer = client.post(ADD, {"credential": credential, "name": "Work laptop"})
        assert answer.status_code in {200, 400}
        assert answer.status_code == 400 or "There is a problem" in answer.text
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_is_not_there(dana, tom):
    theirs = Authenticator.objects.create(user=tom, type="webauthn", data={"name": "Tom’s", "credential": {}})
    client = signed_in(dana)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for act in ("edit", "remove"):
        path = f"/accounts/2fa/webauthn/keys/{theirs.pk}/{act}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "Mine"}).status_code == 404


def test_a_passkey_is_renamed_and_removed_and_its_owner_hears_of_it(dana):
    mine = Authenticator.objects.create(user=dana, type="webauthn", data={"name": "Old", "credential": {}})
    client = signed_in(dana)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Old" in client.get("/accounts/2fa/").text
    path = f"/accounts/2fa/webauthn/keys/{mine.pk}/"
    assert client.post(f"{path}edit/", {"name": ""}).status_code == 200
    client.post(f"{path}edit/", {"name": "Work\x00 laptop"})
    assert "Work laptop" in client.get("/accounts/2fa/").text
    client.post(f"{path}remove/")
    assert not Authenticator.objects.exists()
    assert "passkey of your account was removed" in Letter.objects.filter(to_user=dana).latest("pk").text


def test_a_passkey_that_was_refused_is_not_read_again_for_the_page():
    form = Form({"credential": "9" * 5000})
    assert str(BoundField(form, Credential(), "credential").value()) == ""
