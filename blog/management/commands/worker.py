"""`manage.py worker`: reminds, sends what is due, prepares new pictures, takes stale pages away, until stopped."""

import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from blog.editorial.letters.news import write_digests
from blog.editorial.letters.post_room import send_due
from blog.editorial.letters.reminders import remind_due
from blog.editorial.mailings.sending import send_some
from blog.editorial.mailings.working import forget_old as forget_deliveries
from blog.editorial.mailings.working import look
from blog.editorial.pitching import pitches, replies
from blog.editorial.subscriptions import forgetting as subscriptions
from blog.editorial.upkeep.hub import tell_due
from blog.editorial.upkeep.purges import forget_old
from blog.editorial.upkeep.renditions import claim_next, make, make_due
from blog.editorial.upkeep.search_index import catch_up
from blog.reading.baking.follower import following

CLEAR_EVERY = 3600  # Seconds between two removals of old purges
LOOK_AT_DAYS_EVERY = 60  # Seconds between two looks at what is due by its day
LONGEST_MAILING = 5.0  # Seconds after which letters come first again


def look_at_tables() -> None:
    """Let SQLite look at its tables (https://www.sqlite.org/lang_analyze.html); PostgreSQL does so by itself.

    Without having looked it takes the index of what is published for every question about visible pieces, and reads
    all of them to find one by its address: 49 ms of 100,000 pieces instead of 0.1.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("ANALYZE")


def for_a_while(stopped: threading.Event) -> Callable[[], bool]:
    """Return what says whether to stop: told to, or because a mailing has held up the letters for long enough."""
    until = time.monotonic() + LONGEST_MAILING
    return lambda: stopped.is_set() or time.monotonic() > until


class Command(BaseCommand):
    """Send letters as they become due, and prepare pictures. Any number of workers may run; each claims its own."""

    help = "Send letters as they become due and prepare new pictures, until stopped by SIGINT or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the pause between two looks, and whether to stop when nothing is left."""
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks (default 1)")
        parser.add_argument("--once", action="store_true", help="send what is due now, then stop")

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        """Look for due letters until told to stop; a database that is away is waited for."""
        if once:
            self._work_once()
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write("The worker is running.")
        cleared = looked = -float("inf")
        with following():
            while not stopped.is_set():
                try:
                    close_old_connections()
                    replies.tell_due(at=timezone.now())
                    done = 0
                    if time.monotonic() - looked > LOOK_AT_DAYS_EVERY:
                        done += remind_due(at=timezone.now()) + write_digests(at=timezone.now())
                        look(at=timezone.now())
                        looked = time.monotonic()
                    done += send_due(at=timezone.now(), most=20)
                    done += send_some(at=timezone.now(), is_stopped=for_a_while(stopped))
                    done += tell_due(at=timezone.now(), most=2)
                    done += catch_up(at=timezone.now())
                    # One at a time: each takes seconds, and letters come first
                    done += make_due(at=timezone.now(), most=1)
                    if time.monotonic() - cleared > CLEAR_EVERY:
                        forget_old(at=timezone.now())
                        pitches.clear_unconfirmed(at=timezone.now())
                        forget_deliveries(at=timezone.now())
                        subscriptions.clear(at=timezone.now())
                        look_at_tables()
                        cleared = time.monotonic()
                except OperationalError as error:
                    self.stderr.write(f"The database is away: {error}. Trying again in {max(pause, 5):g} seconds.")
                    connection.close()
                    done = 0
                    stopped.wait(max(pause, 5))
                if not done:
                    stopped.wait(pause)

    def _work_once(self) -> None:
        replies.tell_due(at=timezone.now())
        remind_due(at=timezone.now())
        write_digests(at=timezone.now())
        sent = send_due(at=timezone.now())
        self.stdout.write(f"{sent} letters sent.")
        look(at=timezone.now())
        mailed = 0
        while some := send_some(at=timezone.now()):
            mailed += some
        if mailed:
            self.stdout.write(f"{mailed} letters to subscribers dealt with.")
        if told := tell_due(at=timezone.now()):
            self.stdout.write(f"The hub was told of {told} pieces.")
        made = 0
        while picture := claim_next(at=timezone.now()):
            made += make(picture, at=timezone.now())
        if made:
            self.stdout.write(f"{made} pictures prepared.")
        if found := catch_up(at=timezone.now()):
            self.stdout.write(f"OpenSearch told of {found} pieces.")
