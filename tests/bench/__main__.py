"""`make bench`, or `python -m tests.bench speed wire`: measure on this machine, print a table, write docs/performance.md.

Each part is measured in a process of its own, prints its rows, and keeps them in var/bench/, so that parts measured
another time stay in the page. The status is 0 even where a limit is not met: the page says so.
"""

import argparse
import datetime as dt
import json
import signal
from dataclasses import asdict

from tests.bench.apart import measured
from tests.bench.machine import described, missing
from tests.bench.page import written
from tests.bench.rows import Row
from tests.deploy.nginx import ROOT

PARTS = {
    "speed": "Baked pages",
    "unbaked": "Pages that are not yet baked",
    "publishing": "Publishing while readers read",
    "wire": "On the wire",
    "lighthouse": "Lighthouse",
    "enumeration": "Whether time tells who has an account",
    "growth": "As the blog grows",
    "mailings": "Letters to subscribers",
    "flood": "A flood of comments",
    "archive": "A blog that comes in",
}
KEPT = ROOT / "var" / "bench" / "rows.json"
PAGE = ROOT / "docs" / "performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the site on this machine.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of {', '.join(PARTS)}; all if none is named")
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if lacking := missing():
        raise SystemExit(f"Missing here: {', '.join(lacking)}. Install these packages, then try again.")
    # So that what a part has started is stopped with it
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for part in asked:
        print(f"\n{PARTS[part]}", flush=True)
        rows = measured(part)
        for row in rows:
            print(f"  {row.name}: {row.value}  [{row.limit or 'for information'}] {row.result}", flush=True)
        kept[part] = {"on": f"{dt.datetime.now(dt.UTC):%-d %B %Y}", "rows": [asdict(row) for row in rows]}
        KEPT.write_text(json.dumps(kept, indent=1))
        sections = [
            (heading, kept[name]["on"], [Row(**row) for row in kept[name]["rows"]])
            for name, heading in PARTS.items()
            if name in kept
        ]
        PAGE.write_text(written(sections, described()))
    print(f"\nWritten to {PAGE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
