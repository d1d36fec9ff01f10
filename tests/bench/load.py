"""Load, made by wrk (https://github.com/wg/wrk)."""

import re
import statistics
import subprocess
from collections.abc import Sequence

CONNECTIONS = 32
SECONDS = 2
ROUNDS = 5


def requests_per_second(url: str, *, accept: str, seconds: int = SECONDS) -> float:
    """Ask for a page as fast as it comes. Raise RuntimeError if any answer failed."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Accept-Encoding: {accept}", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found:
        raise RuntimeError(said)
    return float(found[1])


def compared(ours: str, plain: str, *, accept: str, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Return the medians of both, in requests a second, and of their ratio.

    Each round asks both, in turns, now the one first and now the other: what the machine does meanwhile meets both.
    """
    made: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        order: Sequence[str] = (ours, plain) if number % 2 else (plain, ours)
        measured = {url: requests_per_second(url, accept=accept) for url in order}
        if number:  # The first round only warms up
            made.append((measured[ours], measured[plain]))
    return (
        statistics.median(mine for mine, _ in made),
        statistics.median(other for _, other in made),
        statistics.median(mine / other for mine, other in made),
    )
