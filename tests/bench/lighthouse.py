"""Lighthouse (https://github.com/GoogleChrome/lighthouse) on four kinds of page, as baked, through nginx."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.bench.chromium import CHROMIUM
from tests.bench.rows import Row
from tests.deploy.nginx import ROOT
from tests.deploy.site import fetch, newest_article, site

COLUMNS = ("performance", "accessibility", "best-practices", "seo")
PINS = Path(__file__).parent
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def installed() -> Path:
    """Install what package.json pins into a folder under var/, once for each set of pins, and return the program."""
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "node_modules" / ".bin" / "lighthouse"
    lock = (PINS / "package-lock.json").read_bytes()
    marker = folder / "installed.json"
    if not (program.exists() and marker.exists() and marker.read_bytes() == lock):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINS / name, folder / name)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "ci", *quiet], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        marker.write_bytes(lock)
    return program


def measure() -> list[Row]:
    program = installed()
    with site() as running:
        series = fetch(f"{running.url}/series/")[0].decode().split('href="/series/')[-1].split('"')[0]
        pages = {
            "home": "/",
            "article": newest_article(running),
            "series": f"/series/{series}",
            "search": "/search/",  # What it finds is kept from search engines on purpose,
        }
        rows = []
        for name, path in pages.items():
            fetch(running.url + path)
            scores, losses = audited(program, running.url + path, running.var / f"lighthouse-{name}.json")
            value = " · ".join(f"{scores[column]}" for column in COLUMNS)
            note = f" ({', '.join(losses)})" if losses else ""
            is_met = set(scores.values()) == {100}
            rows.append(Row(f"Lighthouse, {name}: {', '.join(COLUMNS)}", value + note, "100 each", is_met))
        return rows


def audited(program: Path, url: str, report: Path) -> tuple[dict[str, int], list[str]]:
    """Return the score of each column, and which audits cost something."""
    options = ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    only = f"--only-categories={','.join(COLUMNS)}"
    environment = os.environ | {"CHROME_PATH": CHROMIUM or "chromium"}
    subprocess.run(
        [program, url, *options, only],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    told = json.loads(report.read_text())
    counted = {ref["id"] for column in told["categories"].values() for ref in column["auditRefs"] if ref["weight"]}
    lost = [
        name for name in sorted(counted) if (told["audits"][name]["score"] or 0) < 1 and scored(told["audits"][name])
    ]
    return {name: round(column["score"] * 100) for name, column in told["categories"].items()}, lost


def scored(audit: dict[str, str]) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "informative", "manual"}
