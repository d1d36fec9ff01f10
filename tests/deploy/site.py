"""The site as it runs for real: granian with two processes, a worker, and nginx with `deploy/nginx.conf` before them."""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.nginx import ROOT, Site, running, wait_for
from tests.on_postgresql import free_port

PROCESSES = 2
THREADS = 4


@dataclass
class Running:
    """Where the pieces of a running site are."""

    var: Path
    nginx: Site
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.nginx.port}"

    @property
    def application_url(self) -> str:
        return f"http://127.0.0.1:{self.nginx.application}"


@contextlib.contextmanager
def site(*, also: str = "") -> Iterator[Running]:
    """Make a site with the demonstration's content in a new folder, start it, and remove it at the end.

    `also` is more for nginx's http block.
    """
    var = Path(tempfile.mkdtemp(prefix="wlg-bench-"))
    nginx = Site(
        var / "nginx",
        free_port(),
        var / "pages" / "current",
        var / "static",
        var / "media",
        host="127.0.0.1",
        also=also,
    )
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DEVELOPMENT", "DEBUG", "DATABASE_URL"}},
        "DJANGO_SETTINGS_MODULE": "wlg.settings",
        "VAR_DIR": str(var),
        "SITE_URL": f"http://127.0.0.1:{nginx.port}",
        "SECRET_KEY": secrets.token_urlsafe(),
        "DEFAULT_FROM_EMAIL": "editors@blog.example",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "BEHIND_PROXY": "1",
        "BAKE": "1",
        # Editors publish here with a password alone; that the desk asks for more is tested in tests/accounts/signing_in
        "SECOND_FACTOR_REQUIRED": "0",
        "LOG_LEVEL": "ERROR",
    }
    var.chmod(0o755)
    try:
        for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"]):
            manage(words, environment)
        manage(["demonstrate"], environment | {"DEVELOPMENT": "1"})
        with contextlib.ExitStack() as stack:
            stack.enter_context(granian("wlg.wsgi:application", nginx.application, environment))
            stack.enter_context(started([sys.executable, "manage.py", "worker"], environment))
            stack.enter_context(running(nginx))
            yield Running(var, nginx, environment)
    finally:
        shutil.rmtree(var, ignore_errors=True)


def manage(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextlib.contextmanager
def granian(
    target: str, port: int, environment: dict[str, str], *, processes: int = PROCESSES
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a WSGI program under the application server, with the same settings whatever the program."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    options = ["--workers", str(processes), "--blocking-threads", str(THREADS), "--log-level", "warning"]
    with started([*command, *options, target], environment) as process:
        wait_for(port, process, patience=30)
        yield process


@contextlib.contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program in a session of its own and end it, with what it started, at the end."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=8)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)


def fetch(url: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    """Return a page's bytes as they came, and its headers by their names in lower case."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=20) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def bake(running: Running, path: str, *, patience: float = 15) -> Path:
    """Ask for a page until its file is there, and return the file."""
    file = running.nginx.pages / path.strip("/") / "index.html"
    until = time.monotonic() + patience
    while time.monotonic() < until:
        fetch(running.url + path, Accept_Encoding="br")
        if file.exists():
            return file
        time.sleep(0.1)
    raise TimeoutError(f"{path} was not baked within {patience} seconds.")


def newest_article(running: Running) -> str:
    """Return the path of the piece on top of the front page, as the site's own feed names it."""
    feed = fetch(f"{running.url}/feed/")[0].decode()
    item = feed.split("<item>")[1]
    return item.split("<link>")[1].split("</link>")[0].removeprefix(running.url)
