"""Who asks, on pages that only somebody signed in gets."""

from django.http import HttpRequest

from accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Return the account that is signed in, on a page that lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101  For the type checker
    return request.user
