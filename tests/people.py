"""People as tests meet them: signed in, or with an address that is confirmed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db.models.signals import post_save
from django.test import Client

from accounts.models import User


def _give_second_factor(*, instance: User, update_fields: frozenset[str] | None = None, **_more: Any) -> None:
    """Give everybody who comes to work in the admin a second factor, as they all have one in life."""
    is_about_it = update_fields is None or "is_staff" in update_fields
    if is_about_it and instance.is_staff and not Authenticator.objects.filter(user=instance).exists():
        Authenticator.objects.create(user=instance, type=Authenticator.Type.TOTP, data={"secret": "nobody has it"})


post_save.connect(_give_second_factor, sender=User, dispatch_uid="tests.people")


def without_second_factor(user: User) -> User:
    """Take the second factor away that everybody on the staff has here."""
    Authenticator.objects.filter(user=user).delete()
    return user


def next_code(user: User) -> str:
    """Return a recovery code of an account that was not used yet."""
    return RecoveryCodes.activate(user).get_unused_codes()[0]


def signed_in(user: User, **kwargs: Any) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client(**kwargs)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def confirm(user: User) -> User:
    """Confirm the address of an account, as if its owner had opened the letter."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
