"""What the application is told, what it is spared, and what readers get when it is down."""

import dataclasses
import time
from collections.abc import Iterator

import pytest

from tests.deploy.conftest import PAGE, Visitor
from tests.deploy.nginx import Site, running
from tests.on_postgresql import free_port


@pytest.fixture(scope="module")
def alone(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Give the same nginx with nothing behind it."""
    folder = tmp_path_factory.mktemp("alone")
    with running(dataclasses.replace(site, folder=folder, port=free_port(), application=free_port())) as made:
        yield Visitor(made)


def test_the_application_learns_who_asks_and_how_and_is_not_told_stories(visitor: Visitor):
    answer = visitor.asks("/desk/?a=1", X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="https")

    told = answer.told["headers"]
    assert (told["Host"], told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("blog.example", "127.0.0.1", "http")
    assert answer.told["path"] == "/desk/?a=1"


def test_the_applications_own_headers_stand_as_it_gave_them(visitor: Visitor):
    for path in ("/desk/", "/invitation/a-token/"):
        answer = visitor.asks(path)

        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not answer.doubled
        assert "content-security-policy" not in answer.headers
        assert "via" not in answer.headers


def test_a_picture_of_ten_megabytes_gets_through_and_a_flood_does_not(visitor: Visitor):
    assert visitor.asks("/desk/", method="POST", body=b"x" * (10 * 1024 * 1024 + 4000)).status == 200
    refused = visitor.sends(
        b"POST /desk/ HTTP/1.1\r\nHost: blog.example\r\nContent-Length: 20000000\r\nConnection: close\r\n\r\n"
    )
    assert refused.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "blog.example.evil.example", "admin.blog.example"])
def test_hosts_that_are_not_ours_get_nothing(visitor: Visitor, host: str):
    assert visitor.sends(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()) == b""


def test_a_request_without_a_host_gets_nothing(visitor: Visitor):
    assert visitor.sends(b"GET / HTTP/1.0\r\n\r\n") == b""


def test_nginx_does_not_say_its_version(visitor: Visitor):
    assert visitor.asks(PAGE).headers["server"] == "nginx"
    assert b"nginx/" not in visitor.asks("/static/none").body


def test_the_log_keeps_no_token_no_query_and_no_whole_address(visitor: Visitor):
    visitor.asks("/invitation/s3cret-token/accept/", method="POST", body=b"")
    visitor.asks("/pitch/s3cret-pitch/confirm/", method="POST", body=b"")
    visitor.asks("/following/12:s3cret-link/end/", method="POST", body=b"")
    visitor.asks("/accounts/password/reset/key/s3cret-key/")
    visitor.asks("/accounts/confirm-email/s3cret-mail/")
    visitor.asks("/search/?q=s3cret-words", Referer="http://blog.example/s3cret-referrer")
    visitor.asks(PAGE)

    log = _log_with(
        visitor,
        "POST /invitation/.../accept/ 200",
        "POST /pitch/.../confirm/ 200",
        "POST /following/.../end/ 200",
        "GET /accounts/password/reset/key/.../ 200",
        "GET /accounts/confirm-email/.../ 200",
        "GET /search/ 200",
        f"GET {PAGE} 200",
    )

    assert "s3cret" not in log
    assert "127.0.0.1" not in log
    assert "127.0.0.0 [" in log


def test_when_the_application_is_down_readers_still_read(alone: Visitor):
    answer = alone.asks(PAGE)

    assert (answer.status, answer.headers["cache-control"]) == (200, "public, no-cache")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/2026/03/12/not-baked/", "/desk/", "/invitation/s3cret-token/"])
def test_when_the_application_is_down_the_rest_says_so_in_our_words(alone: Visitor, path: str, method: str):
    answer = alone.asks(path, method=method, body=b"")

    assert answer.status == 502
    assert "We’ll be back in a moment" in answer.body.decode()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "cache-control" not in answer.headers


def test_the_page_that_says_so_has_no_address_of_its_own(visitor: Visitor):
    assert visitor.asks("/unavailable.html").status == 404


def test_no_token_gets_into_the_error_log(alone: Visitor):
    alone.asks("/invitation/s3cret-token/")
    alone.asks("/pitch/s3cret-pitch/")
    alone.asks("/following/12:s3cret-link/")
    alone.asks("/desk/")  # Whose failure is written down, so that there is a log to look into

    assert "connect() failed" in alone.site.errors
    assert "s3cret" not in alone.site.errors


def _log_with(visitor: Visitor, *lines: str) -> str:
    """Return the access log once it has all those lines: each of nginx's processes writes its own after some seconds."""
    log = ""
    for _ in range(300):
        log = visitor.site.log
        if all(line in log for line in lines):
            return log
        time.sleep(0.1)
    missing = [line for line in lines if line not in log]
    raise AssertionError(f"The access log never had {missing}:\n{log}")
