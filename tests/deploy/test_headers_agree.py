"""A page has the same headers whether it comes from a file or from the application: neither can drift."""

import dataclasses
import http.client
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.deploy.conftest import PAGE, Visitor
from tests.deploy.nginx import Site, running
from tests.factories import make_published
from tests.on_postgresql import free_port

# What belongs to the connection, the file or its encoding and not to the page
OF_THE_ANSWER = {
    "server",
    "date",
    "connection",
    "content-length",
    "content-encoding",
    "etag",
    "last-modified",
    "accept-ranges",
}


def about_the_page(headers: dict[str, str]) -> dict[str, str]:
    kept = {name.lower(): value for name, value in headers.items() if name.lower() not in OF_THE_ANSWER}
    return kept | {"content-security-policy": "; ".join(sorted(kept.get("content-security-policy", "").split("; ")))}


@pytest.mark.parametrize("path", ["/", "/feed/", "/robots.txt"])
@pytest.mark.django_db
def test_nginx_and_the_application_say_the_same_of_a_page(visitor: Visitor, path: str):
    make_published()

    made = about_the_page(dict(Client().get(path, headers={"Accept-Encoding": "br"}).items()))
    from_file = about_the_page(visitor.asks(path).headers)

    assert from_file == made


@pytest.mark.django_db
def test_they_also_agree_where_nginx_speaks_https(site: Site, tmp_path: Path, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000  # As wlg/settings.py has it where SITE_URL begins with https
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    if shutil.which("openssl") is None:
        pytest.skip("Install the package openssl to run the tests of nginx with HTTPS.")
    certificate(tmp_path)
    secure = dataclasses.replace(site, folder=tmp_path, port=free_port(), tls_port=free_port())

    with running(secure, tls=True):
        connection = http.client.HTTPSConnection("127.0.0.1", secure.tls_port, context=trusting(secure.host))
        connection.request("GET", "/", headers={"Host": secure.host})
        from_file = about_the_page(dict(connection.getresponse().getheaders()))
        connection.close()
        to_https = Visitor(secure).asks(f"{PAGE}?a=1")

    made = about_the_page(dict(Client().get("/", secure=True).items()))
    assert from_file == made
    assert (to_https.status, to_https.headers["location"]) == (301, f"https://blog.example{PAGE}?a=1")


def certificate(folder: Path) -> None:
    """Make a certificate that nobody but this test trusts."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=blog.example"]
    subprocess.run(
        [*made, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True
    )


def trusting(host: str) -> ssl.SSLContext:
    """Return a context that trusts anybody but asks for our host by name."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    wrap = context.wrap_socket
    context.wrap_socket = lambda sock, **kwargs: wrap(sock, **{**kwargs, "server_hostname": host})
    return context
