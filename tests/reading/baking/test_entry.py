"""Answers given before Django is entered: the same as Django's, in the form that the browser reads."""

import gzip
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from blog import keys
from blog.editorial.upkeep import old_paths
from blog.editorial.upkeep.purges import mark
from blog.reading.baking import entry
from blog.reading.baking.entry import Entry
from blog.states import State
from tests.factories import make_published
from tests.reading.baking.house import House
from tests.reading.surfaces import SURFACES, make_subject

pytestmark = pytest.mark.django_db


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes
    is_ours: bool  # Whether it was given before Django was entered


class Browser:
    """Asks the WSGI program as a server would."""

    def __init__(self, house: House) -> None:
        self.entered = 0
        django = WSGIHandler()

        def counted(environ: dict[str, Any], start_response: Any) -> Any:
            self.entered += 1
            return django(environ, start_response)

        self.entry = Entry(counted, house.at, house.follower)

    def ask(self, path: str, *, method: str = "GET", host: str = "blog.example", **more: str) -> Answer:
        environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_HOST": host, **more}
        environ["wsgi.input"] = io.BytesIO()
        setup_testing_defaults(environ)
        environ["SCRIPT_NAME"] = ""
        said: list[Any] = []
        before = self.entered
        body = self.entry(environ, lambda status, headers, *_: said.extend((status, headers)))
        names = [name for name, _ in said[1]]
        assert len(names) == len(set(names))
        return Answer(said[0], dict(said[1]), b"".join(body), is_ours=self.entered == before)


@pytest.fixture
def browser(house: House) -> Iterator[Browser]:
    entry._of_the_middleware.cache_clear()
    entry._is_allowed.cache_clear()
    # As Django's own test client has it: the transaction around the test must not end with a request
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Browser(house)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    entry._of_the_middleware.cache_clear()
    entry._is_allowed.cache_clear()


def test_an_answer_is_the_one_that_django_gives(house: House, browser: Browser, yesterday):
    subject, ours = make_subject(State.PUBLISHED, at=yesterday), []
    for name, surface in SURFACES.items():
        path = surface.path(subject)
        first = browser.ask(path)
        again = browser.ask(path)
        assert not first.is_ours, name
        assert again.is_ours == (path in house.kept()), name
        if again.is_ours:
            assert again == Answer(first.status, first.headers, first.body, is_ours=True), name
            assert "Set-Cookie" not in again.headers, name
            ours.append(name)
    assert len(ours) > 30


def test_over_https_the_headers_are_those_of_https(settings, house: House, browser: Browser):
    settings.SITE_URL, settings.SECURE_SSL_REDIRECT = "https://blog.example", True
    settings.SECURE_HSTS_SECONDS = 1000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    browser = Browser(house)
    first = browser.ask("/", HTTP_X_FORWARDED_PROTO="https")
    again = browser.ask("/", HTTP_X_FORWARDED_PROTO="https")
    assert again.is_ours
    assert again.headers == first.headers
    assert again.headers["Strict-Transport-Security"].startswith("max-age=1000")
    assert browser.ask("/").status == "301 Moved Permanently"
    assert browser.ask("/", HTTP_X_FORWARDED_PROTO="http").status == "301 Moved Permanently"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity", ""),
        ("GZIP", "gzip"),
        ("br;q=x", ""),
        ("", ""),
        (",;=,q=1", ""),
    ],
)
def test_the_browser_gets_a_form_that_it_reads(house: House, browser: Browser, accepted: str, coding: str):
    plain = browser.ask("/").body
    got = browser.ask("/", HTTP_ACCEPT_ENCODING=accepted)
    read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding]
    assert got.headers.get("Content-Encoding", "") == coding
    assert got.headers["Content-Length"] == str(len(got.body))
    assert got.headers["Vary"] == "Accept-Encoding"
    assert read(got.body) == plain


def test_a_browser_that_has_the_page_is_told_so(house: House, browser: Browser, client: Client):
    first = browser.ask("/")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for asked in (
        {"HTTP_IF_NONE_MATCH": tag},
        {"HTTP_IF_NONE_MATCH": f'"other", {tag[2:]}'},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": modified},
    ):
        ours = browser.ask("/", HTTP_ACCEPT_ENCODING="br", **asked)
        django = client.get("/", **asked)
        assert (ours.status, ours.body, ours.is_ours) == ("304 Not Modified", b"", True)
        assert (django.status_code, django.content) == (304, b"")
        assert ours.headers == {name: value for name, value in django.headers.items() if name != "Content-Length"}
    assert browser.ask("/", HTTP_IF_NONE_MATCH='"other"', HTTP_IF_MODIFIED_SINCE=modified).status == "200 OK"


def test_a_browser_that_has_the_page_is_told_so_where_nothing_is_kept(client: Client):
    tag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/feed/", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_head_request_gets_the_headers_alone(house: House, browser: Browser):
    whole = browser.ask("/")
    browser.ask("/")
    head = browser.ask("/", method="HEAD")
    assert head == Answer("200 OK", whole.headers, b"", is_ours=True)


def test_a_page_that_was_taken_away_is_not_served_from_memory(house: House, browser: Browser):
    browser.ask("/archive/")
    assert browser.ask("/archive/").is_ours
    mark(keys.ALL, at=timezone.now())
    house.look()
    assert not browser.ask("/archive/").is_ours
    assert browser.ask("/archive/").is_ours


def test_a_page_that_another_process_took_away_is_soon_not_served_either(house: House, browser: Browser):
    browser.ask("/archive/")
    assert browser.ask("/archive/").is_ours
    (house.at.current / "archive/index.html").unlink()
    time.sleep(entry.SURE_FOR)
    assert not browser.ask("/archive/").is_ours


def test_whoever_changes_something_sees_it_at_once(house: House, browser: Browser):
    browser.ask("/archive/")
    mark(keys.ALL, at=timezone.now())
    assert browser.ask("/contact/", method="POST").status == "403 Forbidden"
    assert house.kept() == {}


def test_a_foreign_host_is_refused_as_ever(house: House, browser: Browser):
    browser.ask("/")
    for host in ("evil.example", "blog.example.evil", "", "blog.example:x"):
        answer = browser.ask("/", host=host)
        assert (answer.is_ours, answer.status) == (False, "400 Bad Request"), host
    assert browser.ask("/", host="BLOG.example:8000").is_ours


@pytest.mark.parametrize(
    "path",
    [
        *("/../index.sqlite3", "/pages/../../index.sqlite3", "//archive/", "/archive//", "/./", "/%2e%2e/", "/archive"),
        *("/archive/index.html", "/archive/index.html.gz", "/index.sqlite3", "/\x00/", "/archive/\x00", "/inner/x/"),
        *(
            "/ARCHIVE/",
            "/archive\n/",
            "/\xc3\xa9/",
            f"/{'a' * 300}/",
            "/" + "a/" * 4000,
            "",
            "archive/",
            "/nothing-here/",
        ),
    ],
)
def test_a_path_leads_to_no_file_but_its_page(house: House, browser: Browser, path: str):
    browser.ask("/archive/")
    browser.ask("/nowhere/")
    answer = browser.ask(path)
    assert not answer.is_ours
    assert answer.status[0] in "34" or path == ""
    assert sorted(house.kept()) in (["/archive/"], ["/", "/archive/"])


def test_memory_is_bounded(house: House, browser: Browser, monkeypatch):
    monkeypatch.setattr(entry, "MOST_BYTES", 30_000)
    for _ in range(2):
        for path in ("/", "/archive/", "/series/", "/writers/", "/contribute/", "/feed/"):
            browser.ask(path)
    assert 0 < browser.entry._bytes <= 30_000
    assert browser.entry._bytes == sum(kept.size for kept in browser.entry._shelf.values())


def test_the_front_page_is_not_taken_for_what_a_question_names(house: House, browser: Browser, yesterday):
    piece = make_published(at=yesterday, title="Bins")
    old_paths.keep([("/?p=7", "post", piece.pk)], at=yesterday)
    browser.ask("/")

    assert browser.ask("/", QUERY_STRING="utm_source=x").is_ours
    asked = browser.ask("/", QUERY_STRING="p=7")
    assert (asked.status, asked.headers["Location"]) == ("301 Moved Permanently", piece.get_absolute_url())
    assert browser.ask("/", QUERY_STRING="p=8").status == "404 Not Found"
    assert browser.ask("/", QUERY_STRING="cat=8").status == "200 OK"
