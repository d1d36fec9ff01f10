"""A real nginx in front of a folder of pages and a small program that says what reached it."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deploy.nginx import Site, missing, running

PAGE = "/2026/03/11/who-closes-a-row/"
FILES = {
    "pages/index.html": "front page",
    "pages/2026/03/11/who-closes-a-row/index.html": "a piece" * 100,
    "pages/feed/index.rss": "<rss/>",
    "pages/feed/atom/index.atom": "<feed/>",
    "pages/feed/json/index.json": "{}",
    "pages/author/priya-raman/feed/index.rss": "<rss/>",
    "pages/robots.txt": "User-agent: *",
    "pages/sitemap-2026-03.xml": "<urlset/>",
    "pages/cards/12-abc.png": "card",
    "pages/.secret/index.html": "hidden",
    "static/site.css": "p {}",
    "static/site.0123456789ab.css": "p {}",
    "static/site.0123456789ab.css.gz": "in .gz",
    "static/site.0123456789ab.css.br": "in .br",
    "static/.hidden": "hidden",
    "media/pictures/2026/03/a.jpg": "picture",
    "media/pictures/2026/03/a.svg": "<svg/>",
    "media/pictures/2026/03/a.html": "<script>",
    "media/documents/2026/03/0a1b/a-report.pdf": "document",
    "media/documents/2026/03/a.html": "<script>",
    "db.sqlite3": "the database",
}


class Application(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = {"method": self.command, "path": self.path, "headers": dict(self.headers.items())}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Application", "1")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET  # noqa: N815 (the names that the class looks for)

    def log_message(self, *words: object) -> None:
        pass


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    doubled: set[str] = field(default_factory=set)

    @property
    def is_from_application(self) -> bool:
        return "x-application" in self.headers

    @property
    def told(self) -> dict:
        return json.loads(self.body)


@dataclass
class Visitor:
    """Asks nginx, byte for byte as given."""

    site: Site

    def asks(
        self, path: str, *, method: str = "GET", host: str = "", body: bytes | None = None, **headers: str
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host or self.site.host)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders(body)
        response = connection.getresponse()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        names = [name for name, _ in pairs]
        answer = Answer(
            response.status, dict(pairs), response.read(), {name for name in names if names.count(name) > 1}
        )
        connection.close()
        return answer

    def sends(self, raw: bytes) -> bytes:
        """Send bytes and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.site.port), timeout=10) as connection:
            connection.sendall(raw)
            received = b""
            while piece := connection.recv(65536):
                received += piece
        return received


@pytest.fixture(scope="session")
def _nginx() -> None:
    if missing():
        pytest.skip(f"Install the package {missing()} to run the tests with a real nginx.")


@pytest.fixture(scope="module")
def site(_nginx: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a running nginx with files to serve and an application behind it."""
    folder = tmp_path_factory.mktemp("site")
    written(folder)
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    made = Site(folder / "nginx", application.server_port, folder / "pages", folder / "static", folder / "media")
    with running(made):
        yield made
    application.shutdown()
    application.server_close()


def written(folder: Path) -> None:
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        if name.startswith("pages/") and file.suffix not in {".png", ".gz", ".br"}:
            for ending in (".gz", ".br"):
                file.with_name(file.name + ending).write_text(f"in {ending}")


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return Visitor(site)
