"""`manage.py note_bounce < report`: count a letter to a subscriber that came back, from a mail server’s pipe."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.editorial.mailings.returned import LONGEST, note_returned


class Command(BaseCommand):
    """Read one report (RFC 3464) from the standard input, as Postfix and Exim hand them to a command."""

    help = "Count a letter to a subscriber that came back: reads one delivery report from the standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count it, and say how many addresses it was about; never which."""
        noted = note_returned(report=sys.stdin.buffer.read(LONGEST + 1), at=timezone.now())
        self.stdout.write(f"{noted} addresses noted.")
