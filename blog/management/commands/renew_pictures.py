"""`manage.py renew_pictures`: has pictures prepared anew, after a failure or a change of kinds and widths."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from blog.editorial.upkeep.renditions import make_again


class Command(BaseCommand):
    """Let the worker make every picture's renditions again. Readers keep the old ones until then."""

    help = "Let the worker prepare every picture again, in the widths and kinds of this version."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether only pictures without renditions are meant."""
        parser.add_argument("--missing", action="store_true", help="only pictures without renditions: what failed")

    def handle(self, *args: Any, missing: bool, **options: Any) -> None:
        """Note that they are due; the worker finds them."""
        count = make_again(at=timezone.now(), only_missing=missing)
        self.stdout.write(f"The worker will prepare {count} pictures.")
