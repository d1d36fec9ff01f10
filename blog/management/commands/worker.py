"""`manage.py worker`: sends what is due, until it is stopped."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from blog.editorial.post_room import send_due


class Command(BaseCommand):
    """Send letters as they become due. Any number of workers may run; each letter is claimed by one."""

    help = "Send letters as they become due, until stopped by SIGINT or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the pause between two looks, and whether to stop when nothing is left."""
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks (default 1)")
        parser.add_argument("--once", action="store_true", help="send what is due now, then stop")

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        """Look for due letters until told to stop; a database that is away is waited for."""
        if once:
            sent = send_due(at=timezone.now())
            self.stdout.write(f"{sent} letters sent.")
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write("The worker is running.")
        while not stopped.is_set():
            try:
                close_old_connections()
                sent = send_due(at=timezone.now(), most=20)
            except OperationalError as error:
                self.stderr.write(f"The database is away: {error}. Trying again in {max(pause, 5):g} seconds.")
                connection.close()
                sent = 0
                stopped.wait(max(pause, 5))
            if not sent:
                stopped.wait(pause)
