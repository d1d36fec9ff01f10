"""`manage.py export_identities`: which account is behind each name. Every look is written down."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from blog.archive.formats.new_files import ExportError
from blog.archive.identities import WARNING, export_identities
from blog.editorial.refusals import EditorialRefusal, IncompleteError


class Command(BaseCommand):
    """Write who is behind each name into a file, for somebody who may look behind pen names."""

    help = (
        "Write which account is behind each public name into a new file. Takes an account that may look behind pen "
        "names, and a reason; each writer can read who looked, when and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, who asks, and why."""
        parser.add_argument("target", type=Path, help="the file to write (JSON), readable by its owner alone")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the account that asks")
        parser.add_argument("--reason", required=True, help="why; the writers can read it")

    def handle(self, *args: Any, target: Path, by: str, reason: str, **options: Any) -> None:
        """Export, warn, and say how many."""
        user = get_user_model().objects.filter(email=by.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account with the address {by}.")
        try:
            count = export_identities(target=target, by=user, at=timezone.now(), reason=reason)
        except IncompleteError as error:
            raise CommandError(" ".join(str(sentence) for sentence in error.errors.values())) from error
        except (ExportError, EditorialRefusal, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} names and the accounts behind them are in {target}. Each look is written down.")
        self.stderr.write(self.style.WARNING(WARNING))
