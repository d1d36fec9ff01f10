"""`manage.py make_editor tom@council.gov.uk --name "Tom Ashby"`."""

import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import make_editor
from blog.editorial.letters import absolute
from blog.prose import clean_line


class Command(BaseCommand):
    """Makes an editor, or promotes an account to one."""

    help = "Make an editor, or promote an account. Without a password it signs in by a code sent to its address."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address, the name, and what else may be given."""
        parser.add_argument("email", help="the mail address, for example tom@council.gov.uk")
        parser.add_argument("--name", default="", help="the display name; needed for a new account")
        parser.add_argument("--administrator", action="store_true", help="may also manage accounts and see identities")
        parser.add_argument("--password-from-stdin", action="store_true", help="read a password from the first line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the editor and say how to sign in."""
        email, name = options["email"].strip().lower(), clean_line(options["name"])
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not a mail address.") from error
        if not name and not User.objects.filter(email=email).exists():
            raise CommandError('A new account needs a name: --name "Tom Ashby".')
        user, is_new = make_editor(
            email=email,
            name=name,
            at=timezone.now(),
            is_administrator=options["administrator"],
            password=self._password(email, name) if options["password_from_stdin"] else None,
        )
        role = "an administrator" if user.is_superuser else "an editor"
        self.stdout.write(f"{'Made' if is_new else 'Promoted'} {user.display_name} <{user.email}>: {role}.")
        if user.has_usable_password():
            self.stdout.write(f"Sign in at {absolute(reverse('account_login'))} with the password.")
        else:
            self.stdout.write(f"Sign in at {absolute(reverse('account_request_login_code'))} by a code sent there.")
        self.stdout.write(f"The editors’ desk is at {absolute(reverse('admin:index'))}.")

    def _password(self, email: str, name: str) -> str:
        password = sys.stdin.readline().rstrip("\r\n")
        try:
            validate_password(password, User(email=email, display_name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
