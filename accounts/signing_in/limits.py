"""Limits on guessing: counted by account and where a try comes from, and by account alone.

Behind one network address sit hundreds of people, so an address by itself says little. And who guesses at somebody
else's account from anywhere must not keep its owner out: a browser in which the account was signed in before has
counts of its own.
"""

from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from accounts.models import User
from accounts.signing_in import browsers

APP = "allauth.account"


def browser_of(request: HttpRequest, address: str) -> str:
    """Return the name of a browser that the account of an address has signed in with before, or nothing."""
    if browsers.NAME not in request.COOKIES:
        return ""
    owner = EmailAddress.objects.filter(email=address, verified=True).values_list("user_id", flat=True).first()
    pk = owner or User.objects.filter(email=address).values_list("pk", flat=True).first()
    return browsers.known(request, pk or 0)


def place_of(request: HttpRequest, browser: str) -> str:
    """Return where a try comes from: a browser that is known, or else a network address."""
    return f"browser:{browser}" if browser else ratelimit.get_ip(request)


class Tries:
    """The tries for one account that one request takes up."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.taken: list[ratelimit.RateLimitUsage] = []

    def take(self, action: str, key: str) -> bool:
        """Take one try up, and return whether there was one left."""
        usage = ratelimit.consume(self.request, app=APP, action=action, key=key)
        if usage:
            self.taken.append(usage)
        return bool(usage)

    def give_back(self) -> None:
        """Give back what was taken up: it was no wrong try."""
        for usage in self.taken:
            usage.rollback()
        self.taken.clear()
