"""The repository's own `deploy/nginx.conf`, run by a real nginx: as the current user, in a folder and on a port of its own."""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.on_postgresql import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HOST = "blog.example"


def missing() -> str:
    """Return which package is missing here, or nothing."""
    if program() is None:
        return "nginx"
    return "" if BROTLI.exists() else "libnginx-mod-http-brotli-static"


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class Site:
    """What stands in the configuration for one machine, and what stands there now."""

    folder: Path
    application: int
    pages: Path
    static: Path
    media: Path
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    host: str = HOST
    also: str = ""  # More for the http block

    @property
    def log(self) -> str:
        return (self.folder / "access.log").read_text()

    @property
    def errors(self) -> str:
        return (self.folder / "error.log").read_text()


def rendered(site: Site, *, tls: bool = False) -> str:
    """Return the configuration with this machine's folders and ports; each of the places must be there to be changed."""
    text = CONFIGURATION.read_text()
    if tls:
        text = with_tls(text)
    text = re.sub(r"^ +listen \[::\].*\n", "", text, flags=re.MULTILINE)
    changes = {
        "user www-data;": f"user {pwd.getpwuid(os.geteuid()).pw_name};" if os.geteuid() == 0 else "",
        "worker_processes auto;": "worker_processes 2;",
        "/run/nginx.pid": f"{site.folder}/nginx.pid",
        "/var/log/nginx/": f"{site.folder}/",
        "buffer=64k flush=5s": "buffer=64k flush=1s",
        "listen 80": f"listen 127.0.0.1:{site.port}",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site.application};",
        "/srv/wlg/var/pages/current": str(site.pages),
        "/srv/wlg/var/static/": f"{site.static}/",
        "/srv/wlg/var/media/": f"{site.media}/",
        "/srv/wlg/deploy": str(ROOT / "deploy"),
        HOST: site.host,
        "http {\n": "http {\n"
        + "".join(f"    {kind}_temp_path {site.folder}/{kind};\n" for kind in TEMPORARY)
        + site.also,
    }
    if tls:
        changes |= {
            "listen 443": f"listen 127.0.0.1:{site.tls_port}",
            f"/etc/letsencrypt/live/{site.host}": str(site.folder),
        }
    for old, new in changes.items():
        assert old in text, f"{old} is no longer in deploy/nginx.conf"
        text = text.replace(old, new)
    return text


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def with_tls(text: str) -> str:
    """Return the variant that speaks HTTPS, made by the command in deploy/README.md."""
    command = re.search(r"^    (sed .*) deploy/nginx.conf", (ROOT / "deploy" / "README.md").read_text(), re.MULTILINE)
    assert command
    made = subprocess.run(command[1], shell=True, input=text, capture_output=True, text=True, check=True)
    return made.stdout


@contextlib.contextmanager
def running(site: Site, *, tls: bool = False) -> Iterator[Site]:
    """Start nginx on the configuration and stop it at the end."""
    site.folder.mkdir(parents=True, exist_ok=True)
    file = site.folder / "nginx.conf"
    file.write_text(rendered(site, tls=tls))
    command = [program() or "nginx", "-p", str(site.folder), "-c", str(file), "-e", str(site.folder / "error.log")]
    started = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True)
    try:
        wait_for(site.port, started)
        yield site
    finally:
        started.terminate()
        started.communicate(timeout=10)


def wait_for(port: int, started: subprocess.Popen[str], patience: float = 10) -> None:
    """Wait until a program listens on the port; if it ends instead, give what it said."""
    until = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if started.poll() is not None:
            raise RuntimeError(started.stderr.read() if started.stderr else "The program ended at once.")
        if time.monotonic() > until:
            raise TimeoutError(f"Nothing listens on port {port}.")
        time.sleep(0.02)
