"""Making many pages at once, in as many processes as the machine has room for."""

import datetime as dt
import functools
import multiprocessing
import signal
from collections.abc import Iterator, Sequence

from django.db import connections
from django.http import Http404
from django.urls import Resolver404

from blog.plain_files.making import Made, make
from blog.reading.rendering import MovedError

AT_A_TIME = 8


def make_many(paths: Sequence[str], *, moment: dt.datetime, processes: int) -> Iterator[tuple[str, Made | str]]:
    """Yield each path with its page; with the path where it is instead, or nothing where there is none.

    With more than one process, none of them shares this one's connections to the database, so there must be nothing
    that only this one's transaction knows.
    """
    making = functools.partial(_made, moment=moment)
    if processes < 2 or len(paths) < 2 * AT_A_TIME or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(making, paths)
        return
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes, _let_the_first_stop) as pool:
        yield from pool.imap(making, paths, chunksize=AT_A_TIME)


def _let_the_first_stop() -> None:
    """Leave it to the process that started this one to say that somebody pressed Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _made(path: str, *, moment: dt.datetime) -> tuple[str, Made | str]:
    try:
        return path, make(path, moment=moment)
    except MovedError as moved:
        return path, moved.path
    except (Http404, Resolver404):
        return path, ""
