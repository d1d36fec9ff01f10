"""Answering from what is kept before Django is entered: the outermost layer of the application server's program."""

import functools
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from blog.editorial.upkeep.old_paths import tells
from blog.reading.answers import answer
from blog.reading.baking.addresses import COMPRESSED, places
from blog.reading.baking.conditions import coding, has_it
from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import Bakery, bakery

Headers = list[tuple[str, str]]
READING = {"GET", "HEAD"}
MOST_BYTES = 64 * 1024 * 1024
SURE_FOR = 0.01  # Seconds; what another process of this machine takes away is served no longer than that
OF_THE_BODY = {"content-type", "content-length"}


@dataclass(slots=True)
class Kept:
    """A page in memory, as it was in its file when that had this state. `bodies` has each coding's headers and text.

    The file is not looked at again before `sure_until`, unless this process has carried out purges meanwhile.
    """

    file: str
    state: tuple[int, int, int]
    tag: str
    modified: str | None
    bodies: dict[str, tuple[Headers, bytes]]
    unmodified: Headers
    size: int
    sure_until: float = 0.0
    purgings: int = -1


class Entry:
    """A WSGI program that answers what it can from the kept pages and hands everything else to Django.

    After each request that may have changed something it lets the follower look, so that whoever changed it sees the
    change with the next request.
    """

    def __init__(self, django: WSGIApplication, at: Bakery, follower: Follower) -> None:
        self.django = django
        self.at = at
        self.follower = follower
        self.is_secure = bool(settings.SECURE_SSL_REDIRECT)
        self._shelf: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._shelving = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method = environ["REQUEST_METHOD"]
        if method not in READING:
            answered = self.django(environ, start_response)
            if method not in {"OPTIONS", "TRACE"}:
                self.follower.catch_up()
            return answered
        kept = self._kept(environ["PATH_INFO"]) if self._is_for_us(environ) and not _asks(environ) else None
        if kept is None:
            return self.django(environ, start_response)
        if_none_match, if_modified_since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        if (if_none_match or if_modified_since) and has_it(
            if_none_match=if_none_match, if_modified_since=if_modified_since, tag=kept.tag, modified=kept.modified
        ):
            start_response("304 Not Modified", kept.unmodified)
            return []
        bodies = kept.bodies
        headers, body = bodies.get(coding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or bodies[""]
        start_response("200 OK", headers)
        return [body] if method == "GET" else []

    def _is_for_us(self, environ: WSGIEnvironment) -> bool:
        """Say whether Django would not refuse or redirect this: the right host, and encrypted where the site is."""
        if not _is_allowed(environ.get("HTTP_HOST", "")) or environ.get("SCRIPT_NAME"):
            return False
        if not self.is_secure:
            return True
        if settings.SECURE_PROXY_SSL_HEADER:
            name, secure = settings.SECURE_PROXY_SSL_HEADER
            if name in environ:
                return bool(environ[name].split(",")[0].strip() == secure)
        return bool(environ["wsgi.url_scheme"] == "https")

    def _kept(self, address: str) -> Kept | None:
        if not self.at.is_trusted:
            return None
        kept = self._shelf.get(address)
        if kept:
            now, purgings = time.monotonic(), self.at.purgings
            if now < kept.sure_until and purgings == kept.purgings:
                return kept
            try:
                if _state(kept.file) == kept.state:
                    self._shelf.move_to_end(address)
                    kept.sure_until, kept.purgings = now + SURE_FOR, purgings
                    return kept
            except (OSError, KeyError):
                pass  # Taken away; by now another may be there
            self._forget(address)
        return self._fetch(address)

    def _fetch(self, address: str) -> Kept | None:
        """Read a page from its files, and keep it in memory, the page that was asked for longest ago giving way."""
        generation = self.at.generation()
        if generation is None:
            return None
        for place in places(address):
            kept = _read(f"{generation.folder}/{place.file}", place.content_type, is_text=place.is_text)
            if kept is None:
                continue
            with self._shelving:
                former = self._shelf.pop(address, None)
                self._bytes += kept.size - (former.size if former else 0)
                self._shelf[address] = kept
                while self._bytes > MOST_BYTES:
                    self._bytes -= self._shelf.popitem(last=False)[1].size
            return kept
        return None

    def _forget(self, address: str) -> None:
        with self._shelving:
            former = self._shelf.pop(address, None)
            if former:
                self._bytes -= former.size


def before(django: WSGIApplication) -> WSGIApplication:
    """Put the kept pages before Django and begin to follow the purges; where none are kept, change nothing."""
    at = bakery()
    if at is None:
        return django
    follower = Follower(at, claims=True)
    follower.start()
    # A server that loads the program once and then divides itself leaves the thread behind
    os.register_at_fork(after_in_child=follower.start_again)
    return Entry(django, at, follower)


def _asks(environ: WSGIEnvironment) -> bool:
    """Say whether the front page is asked for something that had its place in a question elsewhere (`/?p=7`)."""
    return environ["PATH_INFO"] == "/" and bool(environ.get("QUERY_STRING")) and tells(environ["QUERY_STRING"])


def _state(file: str) -> tuple[int, int, int]:
    found = os.stat(file)  # noqa: PTH116 (for every request; plain words cost twice as much)
    return found.st_mtime_ns, found.st_ino, found.st_size


def _read(file: str, content_type: str, *, is_text: bool) -> Kept | None:
    """Return a page with all its forms, or None if it is not there, or went while it was read."""
    bodies: dict[str, bytes] = {}
    try:
        state = _state(file)
        for name, ending in {"": "", **(COMPRESSED if is_text else {})}.items():
            with open(f"{file}{ending}", "rb") as opened:  # noqa: PTH123  A Path for each of these costs a tenth of an answer
                bodies[name] = opened.read()
        if _state(file) != state:
            return None
    except OSError:
        return None
    model = answer(bodies[""], content_type=content_type, second=state[0] // 10**9)
    shared = [*model.headers.items(), *_of_the_middleware()]
    unmodified = [(name, value) for name, value in shared if name.lower() not in OF_THE_BODY]
    return Kept(
        file=file,
        state=state,
        tag=model["ETag"],
        modified=model.get("Last-Modified"),
        bodies={name: (_with_body(shared, name, body), body) for name, body in bodies.items()},
        unmodified=unmodified,
        size=sum(map(len, bodies.values())) + 4096,
    )


def _with_body(shared: Headers, name: str, body: bytes) -> Headers:
    kept = [header for header in shared if header[0].lower() != "content-length"]
    return [*kept, *([("Content-Encoding", name)] if name else []), ("Content-Length", str(len(body)))]


@functools.lru_cache(1024)
def _is_allowed(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


class _Middleware(WSGIHandler):
    """Django's handler around an empty answer instead of a view."""

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


@functools.cache
def _of_the_middleware() -> Headers:
    """Return the headers that the middleware adds to every answer, found by sending an empty one through it."""
    site = urlsplit(settings.SITE_URL)
    environ: WSGIEnvironment = {"HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme}
    if settings.SECURE_PROXY_SSL_HEADER and site.scheme == "https":
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = secure
    setup_testing_defaults(environ)
    answered = _Middleware().get_response(WSGIRequest(environ))
    return [item for item in answered.headers.items() if item[0].lower() not in OF_THE_BODY]
