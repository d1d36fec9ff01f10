"""The machine on which it is measured, in words that say nothing about whose it is."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.bench.chromium import CHROMIUM
from tests.deploy import nginx
from tests.on_postgresql import find_binaries

GIGABYTE = 1024**3


def missing() -> list[str]:
    """Return the Debian packages that the measuring needs and that are not here."""
    wanted = {
        "nginx and libnginx-mod-http-brotli-static": not nginx.missing(),
        "wrk": shutil.which("wrk"),
        "postgresql": find_binaries(),
        "chromium": CHROMIUM,
        "nodejs and npm": shutil.which("node") and shutil.which("npm"),
    }
    return [name for name, found in wanted.items() if not found]


def described() -> dict[str, str]:
    """Return what the numbers depend on."""
    postgresql = find_binaries()
    return {
        "Processor": f"{processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / GIGABYTE:.0f} GB",
        "System": f"{system()}, Linux {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "granian": f"{version('granian')}, 2 processes of 4 threads",
        "nginx": said(nginx.program() or "nginx", "-v"),
        "SQLite": _sqlite(),
        "PostgreSQL": said(str(postgresql / "postgres"), "--version") if postgresql else "none",
        "Chromium": said(CHROMIUM or "chromium", "--version"),
    }


def said(*command: str) -> str:
    """Return the number of a version as a program gives it."""
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", answer.stdout + answer.stderr)
    return found[0] if found else "unknown"


def processor() -> str:
    names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return names[0].strip() if names else platform.machine()


def system() -> str:
    names = re.findall(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text())
    return names[0] if names else platform.system()


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version
