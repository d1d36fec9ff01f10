"""`python -m tests.on_postgresql COMMAND …`: run a command on a PostgreSQL server of its own.

The server is made from the installed binaries in a new folder, listens on one free port of 127.0.0.1, never runs as
root, and is stopped and removed afterwards. Where PostgreSQL is not installed, one line says so and the command is
not run; with NOTHING_SKIPPED set that counts as a failure.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def main(command: list[str]) -> int:
    binaries = find_binaries()
    if binaries is None:
        print("Skipped: the tests on PostgreSQL. Install the package postgresql to run them.")
        return 1 if os.environ.get("NOTHING_SKIPPED") else 0
    with server(binaries) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def find_binaries() -> Path | None:
    """Return the folder that has initdb, the newest version first."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: float(path.parts[4]), reverse=True)
    return newest[0].parent if newest else None


@contextlib.contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Start a server in a new folder and give the DATABASE_URL; stop it and remove the folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="wlg-postgresql-"))
    user = unprivileged_user()
    if user:
        shutil.chown(folder, user)

    def run(*command: object) -> None:
        words = [str(word) for word in command]
        subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    data = folder / "data"
    port = free_port()
    try:
        initdb = [binaries / "initdb", "-D", data, "-U", "wlg", "--auth=trust"]
        run(*initdb, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        # Durability is not what these tests are about, and fsync would make them slow
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
        pg_ctl = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        run(*pg_ctl, "-o", options, "start")
        try:
            yield f"postgres://wlg@127.0.0.1:{port}/postgres"
        finally:
            run(*pg_ctl, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> str | None:
    """Return somebody else to run as where this is root: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
