"""People as tests meet them: signed in, or with an address that is confirmed."""

from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User


def signed_in(user: User, **kwargs: Any) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client(**kwargs)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def confirm(user: User) -> User:
    """Confirm the address of an account, as if its owner had opened the letter."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
