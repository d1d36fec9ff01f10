"""`python -m tests.bench.growth`: what pages cost in blogs of 100, 10,000 and 100,000 pieces, and how the cost grows.

The blogs are made by `generator` where there are none yet, on SQLite in folders that stay, and on PostgreSQL on a
server that lives as long as the measuring. Each is read by a process of its own (`readings`); they are asked in turn,
round by round, so that whatever else the machine does meets all of them.
"""

import argparse
import contextlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.rows import Row, at_most
from tests.on_postgresql import find_binaries, server

SIZES = (100, 10_000, 100_000)
ROUNDS, CALLS = 15, 3
FLAT, GENTLE, BARE = 1.3, 3.0, 2.0
FOLDER = Path(tempfile.gettempdir()) / "bench-growth"


@dataclass(frozen=True)
class Growth:
    """What one page costs in each blog, in milliseconds of processor time, and how many times more it may."""

    database: str
    name: str
    costs: dict[int, float]
    limit: float

    @property
    def ratio(self) -> float:
        """The cost in the largest blog over that in the smallest, or of one between if that is worse."""
        smallest, *others = self.costs.values()
        return max(others) / smallest

    def row(self) -> Row:
        """Return the line of the table."""
        costs = ", ".join(f"{posts:,}: {cost:.1f} ms" for posts, cost in self.costs.items())
        return at_most(f"{self.name} on {self.database}", self.ratio, self.limit, note=f" ({costs})")


def measure(*, sizes: tuple[int, ...] = SIZES, folder: Path = FOLDER) -> list[Growth]:
    """Measure on SQLite and, where it is installed, on PostgreSQL."""
    return [*on_sqlite(sizes=sizes, folder=folder), *on_postgresql(sizes=sizes)]


def on_sqlite(*, sizes: tuple[int, ...] = SIZES, folder: Path = FOLDER) -> list[Growth]:
    """Measure on SQLite; the databases stay in the folder for the next time."""
    blogs = {posts: {"VAR_DIR": str(folder / str(posts)), "DATABASE_URL": ""} for posts in sizes}
    for posts, where in blogs.items():
        if (Path(where["VAR_DIR"]) / "made").exists():
            # Made by an earlier version, perhaps; a table that is made anew loses what the planner knew of it
            asked = [sys.executable, "-m", "django", "migrate", "--settings=tests.settings", "-v0"]
            subprocess.run(asked, env=_environment(where), check=True)
            with contextlib.closing(sqlite3.connect(Path(where["VAR_DIR"]) / "db.sqlite3")) as database:
                database.execute("ANALYZE")  # As the worker does
                database.commit()
            continue
        _generate(posts, where)
        (Path(where["VAR_DIR"]) / "made").touch()
    return _compare("SQLite", blogs)


def on_postgresql(*, sizes: tuple[int, ...] = SIZES) -> list[Growth]:
    """Measure on a PostgreSQL server that is made for it and removed; nothing where that is not installed."""
    binaries = find_binaries()
    if binaries is None:
        print("Skipped: growth on PostgreSQL. Install the package postgresql to measure it.")
        return []
    with server(binaries) as url, tempfile.TemporaryDirectory() as var:
        blogs = {}
        for posts in sizes:
            own = url.rpartition("/")[0] + f"/blog{posts}"
            subprocess.run([binaries / "psql", url, "-qc", f"CREATE DATABASE blog{posts}"], check=True)
            blogs[posts] = {"VAR_DIR": var, "DATABASE_URL": own}
            _generate(posts, blogs[posts])
        return _compare("PostgreSQL", blogs)


def _generate(posts: int, where: dict[str, str]) -> None:
    Path(where["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "tests.bench.generator", "--posts", str(posts)], env=_environment(where), check=True
    )


def _environment(where: dict[str, str]) -> dict[str, str]:
    everything = {**os.environ, **where}
    return {name: value for name, value in everything.items() if value or name != "DATABASE_URL"}


def _compare(database: str, blogs: dict[int, dict[str, str]]) -> list[Growth]:
    with contextlib.ExitStack() as stack:
        readers = {posts: stack.enter_context(_reader(posts, where)) for posts, where in blogs.items()}
        announced = [_line(reader).split() for reader in readers.values()]
        names = announced[0]
        took: dict[tuple[str, int], list[float]] = {}
        # Round by round, so that a slow minute of the machine meets everything
        for turn in range(ROUNDS + 1):
            for name in names:
                for posts, reader in readers.items():
                    cost = _ask(reader, name)
                    if turn:  # The first warms up
                        took.setdefault((name, posts), []).append(cost)
        found = []
        for name in names:
            costs = {posts: statistics.median(took[name, posts]) for posts in readers}
            words = name.replace("_", " ")
            limit = GENTLE if words.startswith(("last page", "search", "the desk")) else FLAT
            found.append(Growth(database, words, costs, limit))
        return _against_the_bare_query(found)


def _against_the_bare_query(found: list[Growth]) -> list[Growth]:
    """Hold the search for a common word against the database queries that count its matches and find the newest.

    Finding them costs more the more there are; what may not grow is what the page adds to that.
    """
    known = {growth.name: growth for growth in found}
    page, bare = known["search for a common word"], known["the bare query for it"]
    largest = max(page.costs)
    costs = {0: bare.costs[largest], largest: page.costs[largest]}
    against = Growth(page.database, "search for a common word, against its bare query", costs, BARE)
    return [*(growth for growth in found if growth not in (page, bare)), against]


@contextlib.contextmanager
def _reader(posts: int, where: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.bench.readings", str(posts)]
    with subprocess.Popen(
        command, env=_environment(where), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        yield reader


def _ask(reader: "subprocess.Popen[str]", name: str) -> float:
    assert reader.stdin
    reader.stdin.write(f"{name} {CALLS}\n")
    reader.stdin.flush()
    return float(_line(reader))


def _line(reader: "subprocess.Popen[str]") -> str:
    assert reader.stdout
    line = reader.stdout.readline()
    if not line:
        raise RuntimeError("A reading process ended early.")
    return line.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description="What pages cost as a blog grows.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of pieces, the smallest first")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the SQLite databases stay")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    asked = parser.parse_args()
    sizes = tuple(int(size) for size in asked.sizes.split(","))
    found = on_sqlite(sizes=sizes, folder=asked.folder) if asked.database != "postgresql" else []
    if asked.database != "sqlite":
        found += on_postgresql(sizes=sizes)
    for growth in found:
        costs = "  ".join(f"{cost:8.2f}" for cost in growth.costs.values())
        verdict = "" if growth.ratio <= growth.limit else "  NOT MET"
        print(f"{growth.database:10}  {growth.name:27}{costs}  ×{growth.ratio:.2f}  (≤ {growth.limit}){verdict}")


if __name__ == "__main__":
    main()
