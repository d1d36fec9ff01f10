"""Signing in with another provider: the whole way, what nobody gets by lying, and what is shown where there is none."""

import html
import json
import re

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.models import User
from blog.models import Letter
from tests.accounts.signing_in.codes import with_app
from tests.accounts.signing_in.conftest import PASSWORD
from tests.accounts.signing_in.provider import SERVER, Provider, state_in
from tests.factories import UserFactory
from tests.people import confirm, signed_in
from wlg import signing_in

LOGIN, CALLBACK = "/accounts/oidc/calder/login/", "/accounts/oidc/calder/login/callback/"


@pytest.fixture
def provider(monkeypatch, settings) -> Provider:
    monkeypatch.setenv("SIGN_IN_WITH", "calder")
    for name, value in {
        "NAME": "Calder Vale",
        "CLIENT_ID": "the-blog",
        "CLIENT_SECRET": "a secret",
        "SERVER_URL": SERVER,
    }.items():
        monkeypatch.setenv(f"SIGN_IN_CALDER_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": signing_in.providers()}}
    standing_in = Provider()
    monkeypatch.setattr(requests.Session, "request", lambda *args, **kw: standing_in.answer(*args, **kw))  # noqa: PLW0108  Bound to nothing
    return standing_in


@pytest.fixture
def trusted(provider, settings) -> Provider:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["trusted_domains"] = ["council.example"]
    return provider


def leave(client: Client, **form: str) -> dict[str, str]:
    """Go to the provider, and return what one is sent with."""
    page = client.post(LOGIN, form)
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)
    assert found, page.text
    away = html.unescape(found[1])
    assert away.startswith(f"{SERVER}/authorize?")
    return state_in(away)


def come_back(client: Client, **form: str):
    """Go to the provider and come back."""
    return client.get(CALLBACK, {"code": "a-code", "state": leave(client, **form)["state"]})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_whole_sign_in_with_a_trusted_provider(trusted):
    client = Client()
    assert ">Calder Vale</button>" in client.get("/accounts/login/").text
    assert client.get(LOGIN).status_code == 200
    answer = come_back(client, next="/desk/")
    assert answer["Location"] == "/accounts/3rdparty/signup/"
    page = client.get(answer["Location"]).text
    assert "pen name is welcome" in page
    assert "Ivy Lane" not in page
    refused = client.post(answer["Location"], {"display_name": ""})
    assert "There is a problem" in refused.text
    done = client.post(answer["Location"], {"display_name": "The Mole", "email": "other@council.example"})
    assert done["Location"] == "/desk/"
    assert is_in(client)
    user = User.objects.get()
    assert (user.email, user.display_name, user.has_usable_password()) == ("ivy@council.example", "The Mole", False)
    assert EmailAddress.objects.get().verified
    assert trusted.codes != ["None"]  # Proof Key for Code Exchange (RFC 7636)
    again = Client()
    come_back(again)
    assert is_in(again)
    assert User.objects.count() == 1


def test_hardly_anything_that_a_provider_tells_is_kept(trusted):
    client = Client()
    come_back(client)
    client.post("/accounts/3rdparty/signup/", {"display_name": "The Mole"})
    for _ in range(2):
        assert SocialAccount.objects.get().extra_data == {"userinfo": {"email": "ivy@council.example"}}
        come_back(Client())
    assert not SocialToken.objects.exists()
    kept = json.dumps(list(User.objects.values()), default=str)
    assert "Ivy Lane" not in kept


def test_an_address_counts_as_confirmed_only_by_a_trusted_provider(provider):
    client = Client()
    come_back(client)
    answer = client.post("/accounts/3rdparty/signup/", {"display_name": "The Mole"})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_in(client)
    assert not EmailAddress.objects.get().verified
    assert "Confirm your address" in Letter.objects.get().subject


@pytest.mark.parametrize(
    "lie",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": "ivy@council.example.evil.example"},
        {"email": "ivy@evil-council.example"},
    ],
)
def test_nor_for_another_domain_nor_where_it_says_so_itself(trusted, lie: dict[str, object]):
    trusted.person |= lie
    client = Client()
    come_back(client)
    client.post("/accounts/3rdparty/signup/", {"display_name": "The Mole"})
    assert not is_in(client)


def test_somebody_elses_account_is_neither_opened_nor_joined_by_an_address(trusted):
    ivy = confirm(UserFactory(email="ivy@council.example", password=PASSWORD))
    client = Client()
    answer = come_back(client)
    known = client.post(answer["Location"], {"display_name": "The Mole"}, follow=True)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.get() == ivy
    assert "has one already" in Letter.objects.get().text
    assert "Look in your mail" in known.text


def test_an_account_is_joined_by_its_owner_who_shows_who_they_are(provider):
    dana = confirm(UserFactory(email="dana@council.example", password=PASSWORD))
    client = signed_in(dana)
    assert come_back(client, process="connect")["Location"].startswith("/accounts/reauthenticate/")
    assert not SocialAccount.objects.exists()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert SocialAccount.objects.get().user == dana
    assert "Calder Vale" in Letter.objects.get().text
    assert "Calder Vale" in client.get("/accounts/3rdparty/").text
    fresh = Client()
    come_back(fresh)
    assert fresh.session["_auth_user_id"] == str(dana.pk)
    client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_for_all_the_same(trusted):
    dana = with_app(confirm(UserFactory(email="dana@council.example")))
    SocialAccount.objects.create(user=dana, provider="calder", uid="person-7")
    client = Client()
    assert come_back(client)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "lie",
    [{"iss": "https://evil.example"}, {"aud": "another-site"}, {"exp": 1_000_000}],
    ids=["issuer", "audience", "expired"],
)
def test_an_answer_for_somebody_else_is_refused(trusted, lie: dict[str, object]):
    trusted.token |= lie
    client = Client()
    assert "You are not signed in" in come_back(client).text
    assert not is_in(client)
    assert "socialaccount_sociallogin" not in client.session


def test_two_answers_about_two_people_are_refused(trusted):
    trusted.token_sub = "somebody-else"
    assert "You are not signed in" in come_back(Client()).text


def test_a_state_counts_once_and_in_its_own_browser(trusted):
    client, other = Client(), Client()
    state = leave(client)["state"]
    given = {"code": "a-code", "state": state}
    assert "You are not signed in" in other.get(CALLBACK, given).text
    assert client.get(CALLBACK, given)["Location"] == "/accounts/3rdparty/signup/"
    replayed = client.get(CALLBACK, given)
    assert "You are not signed in" in replayed.text
    assert "You are not signed in" in client.get(CALLBACK, {"code": "a-code"}).text


@pytest.mark.parametrize("token", [{}, [], {"access_token": 5}, {"access_token": "x", "id_token": "x.y"}])
def test_a_provider_that_answers_nonsense_breaks_nothing(trusted, token):
    trusted.nonsense = token
    client = Client()
    assert come_back(client).status_code in {200, 302, 401, 502}
    assert not is_in(client)


@pytest.mark.parametrize(
    "person", [{}, {"sub": "x" * 500}, {"sub": ""}, {"sub": "x", "email": ["a"]}, {"sub": "x", "email": "\x00@x"}]
)
def test_a_person_that_makes_no_sense_breaks_nothing(trusted, person):
    trusted.token_sub = str(person.get("sub", "x"))
    trusted.person = {"sub": "", **person}
    answer = come_back(Client())
    assert answer.status_code < 500 or answer.status_code == 502


def test_a_provider_that_is_down_is_said_to_be(provider):
    provider.is_down = True
    answer = Client().post(LOGIN)
    assert answer.status_code == 502
    assert "This does not work now" in answer.text


def test_whoever_stops_there_is_told_that_nothing_happened(provider):
    client = Client()
    state = leave(client)["state"]
    answer = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "You stopped at the other site" in answer.text


def test_without_a_provider_nothing_is_shown_and_nothing_breaks(db):
    client = Client()
    for path in ("/accounts/login/", "/accounts/signup/"):
        assert "oidc" not in client.get(path).text
    for path in (LOGIN, CALLBACK, "/accounts/oidc/%00/login/", f"/accounts/oidc/{'x' * 500}/login/callback/"):
        assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}


def test_what_a_stranger_joined_does_not_survive_the_owners_first_code(provider):
    """Signed up by way of a provider with somebody else's address, and waiting for its owner."""
    stranger, owner = Client(), Client()
    come_back(stranger)
    stranger.post("/accounts/3rdparty/signup/", {"display_name": "P"})
    Letter.objects.all().delete()
    owner.post("/accounts/login/code/", {"email": "ivy@council.example"})
    code = re.search(r"^([A-Z]{4}-[A-Z]{4})$", Letter.objects.get().text, re.MULTILINE)
    assert code
    owner.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert is_in(owner)
    assert not SocialAccount.objects.exists()


def test_nor_a_password_that_its_owner_sets_by_a_letter(provider):
    stranger = Client()
    come_back(stranger)
    stranger.post("/accounts/3rdparty/signup/", {"display_name": "P"})
    Letter.objects.all().delete()
    Client().post("/accounts/password/reset/", {"email": "ivy@council.example"})
    found = re.search(r"http://blog.example(/\S+)", Letter.objects.get().text)
    assert found
    owner = Client()
    form = owner.get(found[1], follow=True)
    owner.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"SIGN_IN_WITH": "Calder"},
        {"SIGN_IN_WITH": "a/b"},
        {"SIGN_IN_WITH": "calder"},
        {"SIGN_IN_WITH": "google", "SIGN_IN_GOOGLE_CLIENT_ID": "x"},
        {"SIGN_IN_WITH": "calder", "SIGN_IN_CALDER_SERVER_URL": "login.council.example"},
    ],
)
def test_what_is_missing_stops_the_start(monkeypatch, given: dict[str, str]):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured):
        signing_in.providers()
