"""`make run`: starts with a clear sentence where it can't, and stops everything that it started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.on_postgresql import free_port
from wlg import run


def test_a_port_in_use_is_told_in_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Port {port} can’t be used: Address already in use."):
            run.port_from(str(port))


@pytest.mark.parametrize("text", ["", "http", "0", "-1", "70000", "²"])
def test_what_is_no_port_is_told_in_a_sentence(text):
    with pytest.raises(SystemExit, match="write a number below 65536"):
        run.port_from(text)


def test_a_free_port_is_taken():
    port = free_port()

    assert run.port_from(str(port)) == port


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr(run, "find_spec", lambda name: None if name == "granian" else name)

    with pytest.raises(SystemExit, match="Missing here: granian"):
        run.require_packages()


def test_a_command_that_fails_stops_the_start():
    with pytest.raises(SystemExit, match="1"):
        run.manage("no_such_command")


def start(tmp_path: Path, port: int) -> subprocess.Popen[str]:
    given = {"VAR_DIR": str(tmp_path), "PORT": str(port), "SECRET_KEY": "for tests alone"}
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SITE_URL", "LOG_LEVEL"}}
    return subprocess.Popen(
        [sys.executable, "-m", "wlg.run"],
        cwd=settings.BASE_DIR,
        env={**kept, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as response:
            return response.status == 200
    except OSError:
        return False


def wait_for(port: int, *, until: bool) -> None:
    for _ in range(1200):
        if answers(port) is until:
            return
        time.sleep(0.1)
    pytest.fail(f"The site did not {'start' if until else 'stop'} within two minutes.")


def until_said(site: subprocess.Popen[str], sentence: str) -> str:
    """Return what was said up to a sentence. The server may be the quicker one, so both have to be waited for."""
    said = ""
    for line in site.stdout or ():
        said += line
        if sentence in line:
            return said
    pytest.fail(f"It ended without having said “{sentence}”: {said}")


def test_the_site_starts_and_stops_as_one(tmp_path):
    port = free_port()
    site = start(tmp_path, port)
    try:
        wait_for(port, until=True)
        said = until_said(site, "The worker is running.")
        os.killpg(site.pid, signal.SIGINT)
        rest, _ = site.communicate(timeout=30)
    finally:
        site.kill()

    assert site.returncode == 0
    assert f"The site is at http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said + rest
    assert not answers(port)
