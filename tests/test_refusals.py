"""What can't be read gets a page and a clear status; what opens something stays out of the log."""

import logging

import pytest
from django.test import Client

from wlg.logs import WithoutSecrets
from wlg.sessions import SessionStore

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (f"{FORM}; charset=utf-16", b"a=1"),
        (FORM, b"&".join(b"a%d=1" % number for number in range(1500))),
        (FORM, b"text=" + b"x" * 6_000_000),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=\xff", b"--x"),
    ],
)
@pytest.mark.parametrize("path", ["/contact/", "/accounts/login/", "/desk/1/"])
def test_a_form_that_cannot_be_read_is_a_bad_request(path: str, content_type: str, body: bytes):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/contact/")
    answer = client.generic("POST", path, body, content_type=content_type)
    assert answer.status_code == 400
    assert "This could not be read" in answer.text


def test_a_script_gets_the_sentence_alone():
    client = Client(enforce_csrf_checks=True)
    client.get("/contact/")
    answer = client.post("/desk/1/autosave/", b"--x", "multipart/form-data", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "could not be read" in answer.json()["message"]


def test_another_host_gets_no_page_of_ours(client):
    answer = client.get("/accounts/password/reset/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/invitation/{}/accept/", "/pitch/{}/confirm/", "/accounts/password/reset/key/{}/", "/accounts/confirm-email/{}/"],
)
def test_addresses_that_open_something_stay_out_of_the_log(path: str):
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Gone", path.format("4-s3cret:x")), None)
    assert WithoutSecrets().filter(record)
    assert "s3cret" not in record.getMessage()
    assert record.getMessage().startswith("Gone: /")


def test_every_other_record_is_left_alone():
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Not Found", "/2026/"), None)
    assert WithoutSecrets().filter(record)
    assert record.args == ("Not Found", "/2026/")


def test_the_console_has_the_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets"]


@pytest.mark.parametrize("key", ["aaaaaaaaaa\x00bbbbbbbbbb", "../../../etc/passwd", "' or 1=1 --"])
def test_a_session_that_can_be_none_is_none(client, key: str):
    assert SessionStore(key).session_key is None
    client.cookies["session"] = key
    assert client.get("/accounts/").status_code == 302
