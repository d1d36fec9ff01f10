"""Files are fetched from the hosts that were named, from public addresses, and within limits."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from blog.archive.media import Media
from blog.archive.media.fetching import Fetcher, NotFetchedError
from blog.archive.media.reach import is_public

HOST = "old.example"
SMALL = 1000


class OldSite(BaseHTTPRequestHandler):
    """Answers by its path, and remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        step, _sign, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"say_{step}", self.say_missing)(rest)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say_missing(self, rest: str) -> None:
        self.answer(404)

    def say_ok(self, rest: str) -> None:
        self.answer(200, b"picture")

    def say_to(self, rest: str) -> None:
        self.answer(302, Location=rest)

    def say_loop(self, rest: str) -> None:
        self.answer(301, Location="/loop/again")

    def say_large(self, rest: str) -> None:
        self.answer(200, b"x" * (SMALL + 1))

    def say_endless(self, rest: str) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _number in range(100):
            self.wfile.write(b"x" * SMALL)
        self.close_connection = True

    def say_short(self, rest: str) -> None:
        self.answer(200, b"half", Content_Length="100")
        self.close_connection = True

    def say_packed(self, rest: str) -> None:
        self.answer(200, b"\x1f\x8b", Content_Encoding="gzip")

    def say_busy(self, rest: str) -> None:
        self.answer(503)

    def say_slow(self, rest: str) -> None:
        for letter in "HTTP/1.1 200 OK" * 9:
            self.wfile.write(letter.encode())
            self.wfile.flush()
            time.sleep(0.05)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    server.daemon_threads = True
    threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher(port: int) -> Fetcher:
    """Give one that takes this machine for the old site."""
    OldSite.asked.clear()
    return Fetcher(
        frozenset({HOST, "cdn.example"}),
        most_each=SMALL,
        connect_seconds=1,
        whole_seconds=2,
        pause=0,
        resolve=lambda _host, _port: ["127.0.0.1"],
        is_allowed=lambda address: address == "127.0.0.1",
        ports={"http": port, "https": port},
    )


def why(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(NotFetchedError) as error:
        fetcher.fetch(address)
    return str(error.value)


def test_a_file_is_fetched_and_nothing_is_told_but_what_must_be(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert fetcher.fetch(f"http://{HOST}/ok/m%C3%BCll ü.jpg?a=1&b=2#x") == b"picture"
    path, headers = OldSite.asked[0]
    assert path == "/ok/m%C3%BCll%20%C3%BC.jpg?a=1&b=2"
    assert headers == {"host": HOST, "accept-encoding": "identity", "user-agent": "wlg archive"}


def test_it_follows_to_hosts_that_are_named_and_to_no_others(fetcher: Fetcher):
    assert fetcher.fetch(f"http://{HOST}/to/http://cdn.example/ok/") == b"picture"
    assert fetcher.fetch(f"http://{HOST}/to//ok/") == b"picture"
    asked = len(OldSite.asked)
    assert "evil.example" in why(fetcher, f"http://{HOST}/to/http://evil.example/ok/")
    assert len(OldSite.asked) == asked + 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://evil.example/", "none of the hosts"),
        ("http://old.example.evil.example/", "none of the hosts"),
        ("http://127.0.0.1/", "none of the hosts"),
        ("http://evil.example#@old.example/", "none of the hosts"),
        ("http://tom:secret@old.example/", "name or a password"),
        ("http://old.example:22/", "unusual port"),
        ("http://old.example:99999/", "can be asked for"),
        ("http://[old.example/", "can be asked for"),
        ("http://" + "a" * 300 + ".example/", "can be asked for"),
        ("ftp://old.example/", "http and https"),
        ("file:///etc/passwd", "http and https"),
        ("/wall.jpg", "http and https"),
    ],
)
def test_other_addresses_are_not_asked_for(fetcher: Fetcher, address: str, reason: str):
    assert reason in why(fetcher, address)
    assert OldSite.asked == []


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], []])
def test_a_name_that_leads_into_a_private_net_is_not_asked(fetcher: Fetcher, addresses: list[str]):
    fetcher.resolve, fetcher.is_allowed = lambda _host, _port: addresses, is_public
    assert "public net" in why(fetcher, f"http://{HOST}/ok/")
    assert OldSite.asked == []


def test_a_name_is_resolved_once_for_each_request_and_what_it_said_is_where_it_goes(fetcher: Fetcher):
    said = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetcher.resolve = lambda _host, _port: next(said)
    assert fetcher.fetch(f"http://{HOST}/ok/") == b"picture"
    assert "public net" in why(fetcher, f"http://{HOST}/ok/")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "no longer"),
        ("loop", "too often"),
        ("large", "larger"),
        ("endless", "larger"),
        ("short", "as it should"),
        ("packed", "packed"),
        ("busy", "503"),
        ("to/http://[", "no address"),
        ("to/", "none of the hosts|too often|no longer"),
    ],
)
def test_what_goes_wrong_is_said(fetcher: Fetcher, path: str, reason: str):
    with pytest.raises(NotFetchedError, match=reason):
        fetcher.fetch(f"http://{HOST}/{path}")


def test_who_sends_a_byte_now_and_then_is_cut_off(fetcher: Fetcher):
    fetcher.whole_seconds = 0.3
    began = time.monotonic()
    assert "too long" in why(fetcher, f"http://{HOST}/slow/")
    assert time.monotonic() - began < 1.5


def test_a_host_that_fails_is_left_alone(fetcher: Fetcher):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        fetcher.ports = {"http": nobody.getsockname()[1]}
        reasons = [why(fetcher, f"http://{HOST}/ok/{number}") for number in range(4)]
    assert ["any more" in reason for reason in reasons] == [False, False, False, True]


def test_no_more_is_fetched_than_was_allowed(fetcher: Fetcher):
    fetcher.most_fetched = 2
    for _number in range(2):
        fetcher.fetch(f"http://{HOST}/ok/")
    assert "As much as may be fetched" in why(fetcher, f"http://{HOST}/ok/")
    fetcher.most_fetched, fetcher.most_bytes = 100, 14
    assert "As much as may be fetched" in why(fetcher, f"http://{HOST}/ok/")


def test_media_says_why_a_file_could_not_be_fetched(fetcher: Fetcher):
    media = Media(fetcher=fetcher)
    found = media.find(f"http://{HOST}/ok/wall.jpg?w=3")
    assert found is not None
    assert (found.name, found.size, found.open().read()) == ("wall.jpg", 7, b"picture")
    assert media.find(f"http://{HOST}/missing/") is None
    assert "no longer" in media.why(f"http://{HOST}/missing/")
    assert "nothing is fetched" in Media().why(f"http://{HOST}/ok/")
    assert Media().find(f"http://{HOST}/ok/") is None


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.2.1",
        "255.255.255.255",
        "168.63.129.16",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:1::1",
        "::7f00:1",
        "2001:db8::1",
        "127.1",
        "0177.0.0.1",
        "2130706433",
        "old.example",
    ],
)
def test_what_is_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_public(address: str):
    assert is_public(address)
