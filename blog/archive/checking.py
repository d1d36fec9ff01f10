"""Walking a list of old addresses: where each leads now, and which lead nowhere."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urljoin, urlsplit
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import requests
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.translation import gettext as _

MOST_REDIRECTS = 5
PATIENCE = 20  # Seconds for one answer of a site elsewhere
IN_A_SITEMAP = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
NEVER_SENT = "%/:=&?~#+!$,;'@()*[]"  # Left as it stands in an address that is not quite one

# Asks for one address, whole or from its slash on: the status, and where it leads
Ask = Callable[[str], tuple[int, str]]


@dataclass(frozen=True)
class Walked:
    """What became of one address. `why` is a sentence, or nothing where all is well."""

    address: str
    ends_at: str
    status: int
    why: str = ""


def addresses_in(lines: Iterable[str]) -> Iterator[str]:
    """Give the addresses of a list, one a line, or of a sitemap. Blank lines and those that begin with # are none."""
    for line in lines:
        text = line.strip()
        if "<" in text:
            yield from (found.replace("&amp;", "&") for found in IN_A_SITEMAP.findall(text))
        elif text and not text.startswith("#"):
            yield text.split()[0]


def walk(addresses: Iterable[str], ask: Ask) -> Iterator[Walked]:
    """Ask for each old address, on this site whatever its host, and follow where it leads."""
    for address in addresses:
        yield _walked(address, ask)


def _walked(address: str, ask: Ask) -> Walked:
    try:
        parts = urlsplit(address)
    except ValueError:
        return Walked(address, "", 0, _("This is no address."))
    at = (
        f"{quote(parts.path or '/', safe=NEVER_SENT)}{f'?{quote(parts.query, safe=NEVER_SENT)}' if parts.query else ''}"
    )
    at = f"/{at.lstrip('/')}"
    asked_front = at == "/"
    status = 0
    for _time in range(MOST_REDIRECTS + 1):
        status, to = ask(at)
        if not to:
            break
        at = to
    else:
        return Walked(address, at, status, _("It leads from one address to the next without an end."))
    if status != HTTPStatus.OK:
        why = _("It was taken down.") if status == HTTPStatus.GONE else _("Nothing is there.")
        return Walked(address, at, status, why)
    if not asked_front and (at == "/" or at.startswith("/?")):
        return Walked(address, at, status, _("It leads to the front page, which is not what was asked for."))
    return Walked(address, at, status)


def here(address: str) -> tuple[int, str]:
    """Ask the site itself, without a network."""
    parts, site = urlsplit(address), urlsplit(settings.SITE_URL)
    if parts.path.startswith(settings.MEDIA_URL):
        # The web server's, which has it from the disk
        name = unquote(parts.path).removeprefix(settings.MEDIA_URL)
        return (200 if (settings.MEDIA_ROOT / name).is_file() and ".." not in name else 404), ""
    path = unquote(parts.path).encode(errors="replace").decode("latin-1")
    environ: WSGIEnvironment = {
        "HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme, "PATH_INFO": path, "QUERY_STRING": parts.query,
        "REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(), "SCRIPT_NAME": "",
    }  # fmt: skip
    if settings.SECURE_PROXY_SSL_HEADER and site.scheme == "https":
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = secure
    setup_testing_defaults(environ)
    answered = WSGIHandler().get_response(WSGIRequest(environ))
    return answered.status_code, _on_this_site(str(answered.headers.get("Location", "")))


def at_site(site: str) -> Ask:
    """Return what asks a site over the network, such as the new one before its name leads there."""
    session = requests.Session()
    session.trust_env = False

    def ask(address: str) -> tuple[int, str]:
        try:
            answered = session.get(urljoin(site, address), allow_redirects=False, timeout=PATIENCE, stream=True)
        except requests.RequestException:
            return 0, ""
        with answered:
            return answered.status_code, _on_this_site(answered.headers.get("Location", ""))

    return ask


def _on_this_site(location: str) -> str:
    parts = urlsplit(location)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}" if location else ""
