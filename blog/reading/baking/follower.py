"""Taking away the pages that a change has made stale. Every machine follows the same rows of the database."""

import datetime as dt
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from blog import keys
from blog.editorial.upkeep.purges import KEPT
from blog.models import Purge
from blog.reading.baking.generations import Bakery, Generation, bakery
from blog.reading.baking.index import Seen
from blog.reading.baking.locks import held
from blog.reading.baking.oven import LOOKBACK, complain, take_away

PAUSE = 0.25  # Seconds between two looks
SWEEP_EVERY = 40  # Looks between two clearings of what former generations left
logger = logging.getLogger(__name__)


class Follower:
    """Carries out purges on this machine. `look` may be called by any thread, and by any number of processes.

    With `claims`, its first look takes the folder over from another version; a process that only helps does not.
    """

    def __init__(self, at: Bakery, *, claims: bool) -> None:
        self.at = at
        self._may_claim = claims
        self._claims = claims
        self._one_at_a_time = threading.Lock()
        self._stopped = threading.Event()
        self._has_looked = threading.Event()
        self._thread: threading.Thread | None = None
        # What this process knows to have been carried out, so that a look at nothing new costs one query
        self._known: tuple[Generation | None, set[Seen]] = (None, set())

    def look(self, *, at: dt.datetime) -> None:
        """Take away every page that a purge due at that moment touches; one query where there is nothing new.

        Whatever was committed before the call is carried out when it returns. Raises DatabaseError while the database
        is away, and OSError or sqlite3.Error where pages can't be taken away; none is served then by this process.
        """
        with self._one_at_a_time:
            generation = self.at.generation()
            looked_at = _looked_at(generation)
            since = min(at, looked_at or at) - LOOKBACK
            found = Purge.objects.filter(due_at__gt=since, due_at__lte=at).values_list("pk", "due_at", "key")
            due = {(pk, due_at.timestamp()): key for pk, due_at, key in found}
            try:
                if self._known[0] != generation or due.keys() - self._known[1] or _is_lost(generation, at=at):
                    generation = self._carry_out(due, at=at)
                if generation:
                    os.utime(generation.looked, (at.timestamp(), at.timestamp()))
                self.at.is_trusted = True
            except (OSError, sqlite3.Error):
                self.at.is_trusted = False
                raise
            self._known = generation, set(due)
        self._has_looked.set()

    def _carry_out(self, due: dict[Seen, str], *, at: dt.datetime) -> Generation | None:
        self.at.prepare()
        with held(self.at.purging):
            generation = self.at.generation()
            if generation is None:
                if not self._may_begin():
                    return None
                generation = self.at.begin(seen=due, looked_at=at.timestamp())
            else:
                new = generation.index.unseen(due)
                touched = {due[row] for row in new}
                if keys.EVERYTHING in touched or _is_lost(generation, at=at):
                    generation = self.at.begin(seen=due, looked_at=at.timestamp())
                elif new:
                    take_away(generation, generation.index.showing(touched))
                    generation.index.mark_seen(new, forget_before=(at - 3 * LOOKBACK).timestamp())
            self._may_claim = False
            self.at.purgings += 1
            return generation

    def _may_begin(self) -> bool:
        """Say whether the folder is ours to begin anew: nobody's, or at the start another version's."""
        return self._claims and (self._may_claim or not self.at.target())

    def catch_up(self) -> None:
        """Carry out what is due now; a fault is logged, not raised, for the answer at hand is none the worse for it."""
        try:
            self.look(at=timezone.now())
        except DatabaseError as error:
            logger.warning("The purges can’t be read: %s", error)
        except (OSError, sqlite3.Error) as error:
            complain("Stale pages can’t be taken away", error)

    def start(self, *, patience: float = 3.0) -> None:
        """Follow in a thread of its own, and wait for its first look, though no longer than so many seconds."""
        self._thread = threading.Thread(target=self._follow, name="follower", daemon=True)
        self._thread.start()
        self._has_looked.wait(patience)

    def start_again(self) -> None:
        """Follow in a process that was divided from the one in which `start` was called."""
        self._one_at_a_time = threading.Lock()
        self.start(patience=0)

    def stop(self) -> None:
        """End the thread, and wait for its end."""
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _follow(self) -> None:
        looks = 0
        while not self._stopped.is_set():
            try:
                close_old_connections()
                self.look(at=timezone.now())
                if looks % SWEEP_EVERY == 0 and self.at.generation():
                    self.at.sweep()
                looks += 1
            except DatabaseError as error:
                logger.warning("The purges can’t be read: %s", error)
                connection.close()
                self._stopped.wait(1)
            except (OSError, sqlite3.Error) as error:
                complain("Stale pages can’t be taken away", error)
            except Exception:
                logger.exception("Following the purges failed")
                self._stopped.wait(1)
            self._stopped.wait(PAUSE)
        connection.close()


@contextmanager
def following() -> Iterator[None]:
    """Help to follow, in a process that makes no pages, so that scheduled pieces appear even if no server runs."""
    at = bakery()
    if at is None:
        yield
        return
    follower = Follower(at, claims=False)
    follower.start(patience=0)
    try:
        yield
    finally:
        follower.stop()


def _looked_at(generation: Generation | None) -> dt.datetime | None:
    """Return the moment of the last look at the purges of a generation, by whichever process."""
    if generation is None:
        return None
    try:
        return dt.datetime.fromtimestamp(generation.looked.stat().st_mtime, dt.UTC)
    except FileNotFoundError:
        return None


def _is_lost(generation: Generation | None, *, at: dt.datetime) -> bool:
    """Say whether there is no generation, or purges that it needs may have been cleared from the database already."""
    looked_at = _looked_at(generation)
    return looked_at is None or at - looked_at > KEPT - LOOKBACK
