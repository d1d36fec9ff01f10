"""Where one is signed in: what the list shows, and what ends a session."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.signing_in import devices, sessions
from tests.accounts.signing_in.conftest import PASSWORD
from tests.people import signed_in

PATH = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(user, agent: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Chrome/140.0", "Chrome on Linux"),
        ("<script>alert(1)</script>", "A browser that does not say its name"),
        ("", "A browser that does not say its name"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_plain_words(agent: str, words: str):
    assert devices.described(agent) == words


def test_no_network_address_is_kept_and_nothing_that_a_browser_wrote(dana):
    sign_in(dana, f"{FIREFOX} secret-of-the-machine")
    row = UserSession.objects.get()
    assert (row.ip, row.user_agent) == ("0.0.0.0", "Firefox on Windows")


def test_the_list_shows_this_one_and_the_others_and_ends_any(dana):
    here, there, third = sign_in(dana), sign_in(dana, "Android Chrome/1"), sign_in(dana)
    page = here.get(PATH)
    assert page.text.count("this one") == 1
    assert "Chrome on Android" in page.text
    row = UserSession.objects.get(user_agent="Chrome on Android")
    here.post(PATH, {"session": row.pk})
    assert there.get("/accounts/").status_code == 302
    assert third.get("/accounts/").status_code == 200
    here.post(PATH, {"session": "others"})
    assert third.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_somebody_elses_session_stays(dana, tom):
    theirs = signed_in(tom)
    number = UserSession.objects.get(user=tom).pk
    client = sign_in(dana)
    for chosen in (number, 0, 10**30, "\x00", "x", "²"):
        assert client.post(PATH, {"session": chosen}).status_code == 302
    assert theirs.get("/accounts/").status_code == 200


def test_ending_this_one_signs_out(dana):
    client = sign_in(dana)
    assert client.post(PATH, {"session": UserSession.objects.get().pk})["Location"] == "/accounts/login/"
    assert client.get("/accounts/").status_code == 302


def test_a_new_password_ends_the_sessions_elsewhere(dana):
    here, there = sign_in(dana), sign_in(dana)
    new = "eight blue buckets"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/accounts/").status_code == 200
    assert there.get("/accounts/").status_code == 302
    assert "You are signed in nowhere else" in here.get(PATH).text


def test_use_is_noted_once_an_hour(dana, django_assert_num_queries):
    client = sign_in(dana)
    session, at = client.session, timezone.now()
    assert sessions.SEEN in session
    with django_assert_num_queries(0):
        sessions.note_use(session=session, at=at)
    sessions.note_use(session=session, at=at + dt.timedelta(hours=2))
    assert UserSession.objects.get().last_seen_at == at + dt.timedelta(hours=2)


def test_a_reader_has_no_session_and_no_cookie(db, client: Client):
    answer = client.get("/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
