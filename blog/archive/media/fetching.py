"""Files fetched from the old site: from the hosts that were named, within limits, and nothing else.

Each name is resolved once, all of its addresses must be public, and the connection goes to exactly that address: what
a name server says a moment later changes nothing. Standard library alone: it knows no cookies, and asks no environment
for proxies.
"""

import http.client
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from blog.archive.media import reach

MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 3
CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 60.0
PAUSE = 0.1  # Seconds between two requests to a host
LONGEST_PAUSE = 10.0
MOST_FAILURES = 3  # One after the other, before a host is left alone
AT_ONCE = 64 * 1024
MOVED = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 500, 502, 503, 504})
PORTS = {"http": 80, "https": 443}
KEPT_AS_IT_IS = "%/:=&?~+!$,;'@()*[]-._"


class NotFetchedError(Exception):
    """A file was not fetched. The text is a sentence for people."""


class _HostError(NotFetchedError):
    """It was the host that failed, and not only this file."""


@dataclass
class Fetcher:
    """Fetches files from the hosts that are named, in small letters. What can be changed is for tests."""

    hosts: frozenset[str]
    most_fetched: int = 50_000
    most_bytes: int = 20 * 1024**3
    most_each: int = MOST_BYTES
    connect_seconds: float = CONNECT_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    pause: float = PAUSE
    resolve: Callable[[str, int], list[str]] = reach.resolve
    is_allowed: Callable[[str], bool] = reach.is_public
    ports: dict[str, int] = field(default_factory=lambda: dict(PORTS))
    context: ssl.SSLContext | None = None
    _fetched: int = 0
    _bytes: int = 0
    _failures: Counter[str] = field(default_factory=Counter)
    _asked_at: dict[str, float] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str) -> bytes:
        """Return what is at an address. Raises NotFetchedError."""
        until = time.monotonic() + self.whole_seconds
        for _step in range(MOST_REDIRECTS + 1):
            found, address = self._ask(address, until)
            if found is not None:
                return found
        raise NotFetchedError(_("It leads on from address to address too often."))

    def _ask(self, address: str, until: float) -> tuple[bytes | None, str]:
        """Return what is at an address, or else the address that it leads on to."""
        scheme, host, port, target = self._parts(address)
        if self._failures[host] >= MOST_FAILURES:
            raise NotFetchedError(_("{host} failed several times, so it isn't asked any more.").format(host=host))
        if self._fetched >= self.most_fetched or self._bytes >= self.most_bytes:
            raise NotFetchedError(_("As much as may be fetched has been fetched."))
        self._fetched += 1
        try:
            answer = self._answer(scheme, host, port, target, until)
        except _HostError:
            self._failures[host] += 1
            raise
        self._failures[host] = 0
        if isinstance(answer, str):
            try:
                return None, urljoin(address, answer)
            except ValueError as error:
                raise NotFetchedError(_("It leads on to something that is no address.")) from error
        self._bytes += len(answer)
        return answer, address

    def _parts(self, address: str) -> tuple[str, str, int, str]:
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").encode("idna").decode().lower()
            port = parts.port or self.ports.get(parts.scheme, 0)
        except (ValueError, UnicodeError) as error:
            raise NotFetchedError(_("Its address is none that can be asked for.")) from error
        if parts.scheme not in self.ports or not host:
            raise NotFetchedError(_("Only addresses with http and https are asked for."))
        if parts.username is not None or parts.password is not None:
            raise NotFetchedError(_("Its address holds a name or a password, so it isn't asked for."))
        if host not in self.hosts:
            raise NotFetchedError(_("{host} is none of the hosts that may be asked.").format(host=host))
        if port not in self.ports.values():
            raise NotFetchedError(_("It is at an unusual port, so it isn't asked for."))
        target = quote(parts.path or "/", safe=KEPT_AS_IT_IS)
        return parts.scheme, host, port, target + (f"?{quote(parts.query, safe=KEPT_AS_IT_IS)}" if parts.query else "")

    def _answer(self, scheme: str, host: str, port: int, target: str, until: float) -> bytes | str:
        """Return the content, or as text the address that it leads on to."""
        numeric = self._numeric(host, port)
        self._wait_for(host)
        context = (self.context or ssl.create_default_context()) if scheme == "https" else None
        connection = _Connection(host, port, numeric, self.connect_seconds, context)
        left = until - time.monotonic()
        if left <= 0:
            raise NotFetchedError(_("It took too long."))
        # A timeout holds for each piece that comes; who sends a byte a second would never be done
        watch = threading.Timer(left, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request("GET", target, headers={"Accept-Encoding": "identity", "User-Agent": "wlg archive"})
            return self._read(connection.getresponse(), host, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if connection.is_cut or time.monotonic() >= until or isinstance(error, TimeoutError):
                raise _HostError(_("{host} took too long to answer.").format(host=host)) from error
            if isinstance(error, ssl.SSLError):
                raise _HostError(_("{host} has no certificate that can be trusted.").format(host=host)) from error
            raise _HostError(_("{host} did not answer as it should.").format(host=host)) from error
        finally:
            watch.cancel()
            connection.close()

    def _numeric(self, host: str, port: int) -> str:
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _HostError(_("There is no host {host}.").format(host=host)) from error
        if not found or not all(self.is_allowed(address) for address in found):
            raise _HostError(_("{host} is not on the public net, so it isn't asked.").format(host=host))
        # Of two nets the older one is there everywhere
        return next((address for address in found if ":" not in address), found[0])

    def _wait_for(self, host: str) -> None:
        since = time.monotonic() - self._asked_at.get(host, 0.0)
        pause = self._pauses.get(host, self.pause)
        if since < pause:
            time.sleep(pause - since)
        self._asked_at[host] = time.monotonic()

    def _read(self, response: http.client.HTTPResponse, host: str, until: float) -> bytes | str:
        if response.status in MOVED:
            return response.headers.get("Location") or ""
        if response.status in BUSY:
            self._pauses[host] = min(max(self._pauses.get(host, self.pause) * 2, 1.0), LONGEST_PAUSE)
            raise _HostError(_("{host} answered with {status}.").format(host=host, status=response.status))
        if response.status in {404, 410}:
            raise NotFetchedError(_("It is no longer at {host} ({status}).").format(host=host, status=response.status))
        if response.status != 200:
            raise NotFetchedError(_("{host} answered with {status}.").format(host=host, status=response.status))
        if (response.headers.get("Content-Encoding") or "identity").lower() != "identity":
            raise NotFetchedError(_("{host} sends it packed, although nobody asked for that.").format(host=host))
        if (response.length or 0) > self.most_each:
            raise NotFetchedError(self._too_large())
        return self._content(response, until)

    def _content(self, response: http.client.HTTPResponse, until: float) -> bytes:
        content = bytearray()
        while some := response.read1(AT_ONCE):
            content += some
            if len(content) > self.most_each:
                raise NotFetchedError(self._too_large())
            if time.monotonic() > until:
                raise TimeoutError
        if response.length:
            raise ConnectionError  # It ended before its end
        return bytes(content)

    def _too_large(self) -> str:
        return _("It is larger than {most} MB.").format(most=self.most_each // 1024**2)


class _Connection(http.client.HTTPConnection):
    """A connection to one numeric address, under the name of its host."""

    def __init__(self, host: str, port: int, numeric: str, timeout: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=timeout)
        # Otherwise http.client would write the port behind the name
        self.default_port = port
        self._numeric = numeric
        self._context = context
        self._plain: socket.socket | None = None
        self.is_cut = False

    def connect(self) -> None:
        self.sock = self._plain = socket.create_connection((self._numeric, self.port), self.timeout)
        if self.is_cut:
            raise TimeoutError
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End whatever is going on; called from another thread."""
        self.is_cut = True
        for end in (self.sock, self._plain):
            if end is not None:
                with suppress(OSError):
                    socket.socket.shutdown(end, socket.SHUT_RDWR)
