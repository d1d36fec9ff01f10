"""`manage.py make_editor tom@council.gov.uk --name "Tom Ashby" --role publisher`."""

import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CAN_BE_LIMITED, Role, make_editor, role_of
from accounts.signing_in import second_factors
from blog.editorial.letters.writing import absolute
from blog.models import Category
from blog.prose import clean_line


class Command(BaseCommand):
    """Makes the account of an editor or of anybody else on the staff, or gives an account a higher role."""

    help = "Make an editor, or promote an account. Without a password it signs in by a code sent to its address."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address, the name, and what else may be given."""
        parser.add_argument("email", help="the mail address, for example tom@council.gov.uk")
        parser.add_argument("--name", default="", help="the display name; needed for a new account")
        parser.add_argument(
            "--role",
            choices=[role.name.lower() for role in Role],
            default=Role.PUBLISHER.name.lower(),
            help="what it may do (docs/roles.md); a publisher unless said otherwise",
        )
        parser.add_argument(
            "--category", action="append", default=[], help="limits an editor or publisher to it; can be given again"
        )
        parser.add_argument("--administrator", action="store_true", help="the same as --role administrator")
        parser.add_argument(
            "--take-second-factors-away",
            action="store_true",
            help="for somebody who has lost them and has no other administrator to ask",
        )
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
        role = Role.ADMINISTRATOR if options["administrator"] else Role[options["role"].upper()]
        user, is_new = make_editor(
            email=email,
            name=name,
            at=timezone.now(),
            role=role,
            limits=self._categories(role, options["category"]),
            password=self._password(email, name) if options["password_from_stdin"] else None,
        )
        made, has = "Made" if is_new else "Promoted", role_of(user) or role
        self.stdout.write(f"{made} {user.display_name} <{user.email}>: {has.label.lower()}.")
        if user.has_usable_password():
            self.stdout.write(f"Sign in at {absolute(reverse('account_login'))} with the password.")
        else:
            self.stdout.write(f"Sign in at {absolute(reverse('account_request_login_code'))} by a code sent there.")
        if options["take_second_factors_away"]:
            number = second_factors.take_away(user=user, by=None, reason="make_editor", at=timezone.now())
            self.stdout.write(f"Took {number} second factor(s) away; a letter says so, and every session has ended.")
        desk = "admin:index" if user.is_staff else "writing:pieces"
        self.stdout.write(f"The desk is at {absolute(reverse(desk))}.")

    def _categories(self, role: Role, slugs: list[str]) -> list[Category]:
        if slugs and role not in CAN_BE_LIMITED:
            raise CommandError("Only editors and publishers can be limited to categories.")
        categories = list(Category.objects.filter(slug__in=slugs))
        if missing := set(slugs) - {category.slug for category in categories}:
            raise CommandError(f"There is no category {', '.join(sorted(missing))}.")
        return categories

    def _password(self, email: str, name: str) -> str:
        password = sys.stdin.readline().rstrip("\r\n")
        try:
            validate_password(password, User(email=email, display_name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
