"""Addresses that an account only says are its own: they hold nobody up, and open nothing."""

from allauth.account.models import EmailAddress
from django.db.models import F


def drop_unproven(address: str) -> None:
    """Take an address from accounts that added it beside their own and never confirmed it.

    Anybody can add somebody else's address to their account. When the owner then signs up with it, or asks for a code
    or a new password, they must not end up at that account.
    """
    unproven = EmailAddress.objects.filter(email=address.lower(), verified=False, primary=False)
    unproven.exclude(user__email=F("email")).delete()
