"""`manage.py demonstrate`: fills an empty database with an invented blog."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog import keys
from blog.editorial.upkeep import renditions
from blog.editorial.upkeep.purges import mark
from wlg.demonstration.making import Demonstration
from wlg.demonstration.people import EDITORS, GUESTS, PASSWORD, READERS

MOST_SECONDS = 20


class Command(BaseCommand):
    """Make the demonstration: pieces in every state, people, comments."""

    help = "Fill an empty database with an invented blog. For looking around; its passwords are known to everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether a database with accounts in it is a fault, or a reason to do nothing."""
        parser.add_argument("--when-empty", action="store_true", help="do nothing if there are accounts already")

    def handle(self, *args: Any, when_empty: bool, **options: Any) -> None:
        """Make it in one transaction, and print who can sign in as what."""
        if not settings.IS_DEVELOPMENT:
            raise CommandError("The demonstration's passwords are public; it is made with DEVELOPMENT=1 only.")
        if User.objects.exists():
            if not when_empty:
                raise CommandError("The database is not empty; the demonstration would mix with what is there.")
            if User.objects.filter(email=EDITORS[0].email).exists():
                self._print_people()
            return
        self.stdout.write("Filling the empty database with a demonstration …")
        with transaction.atomic():
            Demonstration(now=timezone.now(), say=self._say if options["verbosity"] > 1 else _keep_quiet).make()
            # What was done here is dated back, and pages of a site that is running already know nothing of it
            mark(keys.EVERYTHING, at=timezone.now())
        self._make_renditions()
        self._print_people()

    def _make_renditions(self) -> None:
        """Make the pictures' renditions, so that a first visit has them; what takes too long the worker makes."""
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until and renditions.make_due(at=timezone.now()):
            pass

    def _say(self, line: str) -> None:
        self.stdout.write(line)

    def _print_people(self) -> None:
        self.stdout.write("\nWho can sign in (demonstration only):")
        for people, what in (
            ([EDITORS[2]], "administrator"),
            (EDITORS[:2], "publisher"),
            (GUESTS[:2], "guest writer"),
            (READERS[:1], "reader who comments"),
        ):
            for person in people:
                self.stdout.write(f"  {person.email:<26} {what}")
        self.stdout.write(f"  {'meera-joshi@aob.example':<26} editor in one category alone")
        self.stdout.write(f"  {'carys-bowen@aob.example':<26} writer on the staff")
        self.stdout.write(f"  The password of each is: {PASSWORD}\n")


def _keep_quiet(line: str) -> None:
    """Say nothing."""
