"""docs/performance.md, as `make bench` writes it."""

from collections.abc import Iterable

from tests.bench.rows import Row

INTRODUCTION = """# What it costs

Written by `make bench`; measured on the machine below and on no other. Ratios come from one run in which both sides were
measured in turns, and are medians of several rounds. What each line means, and how it is measured, is in
[decisions/12-benchmark.md](decisions/12-benchmark.md).
"""


def written(sections: list[tuple[str, str, list[Row]]], machine: dict[str, str]) -> str:
    """Return the page: the machine, then a table for each part."""
    parts = [INTRODUCTION, table(("", ""), list(machine.items()))]
    for heading, on, rows in sections:
        cells = [(row.name, row.value, row.limit or "–", row.result or "–") for row in rows]
        parts.append(f"## {heading}\n\nMeasured on {on}.\n")
        parts.append(table(("what", "measured", "limit", "result"), cells))
    return "\n".join(parts)


def table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *map(tuple, rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
