"""Each part is measured in a process of its own, so that no part's settings meet another's."""

import concurrent.futures
import importlib
import multiprocessing
import signal

from tests.bench.rows import Row


def measured(part: str) -> list[Row]:
    """Measure a part in a new process and return its rows."""
    fresh = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=fresh) as pool:
        return pool.submit(_measure, part).result()


def _measure(part: str) -> list[Row]:
    # So that what a part has started is stopped with it
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    found = importlib.import_module(f"tests.bench.{part}").measure()
    return [each if isinstance(each, Row) else each.row() for each in found]
