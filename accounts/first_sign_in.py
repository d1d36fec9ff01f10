"""What has to hold the first time that somebody proves to own an account's address."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts.models import User


def drop_unproven_password(*, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Drop the password of an account whose address is proven for the first time by a code.

    Anybody can sign up with somebody else's address and wait. When the owner of the address then signs in by a code,
    the password that the stranger chose must not open the account. Called by allauth when an address is confirmed.
    """
    user = User.objects.get(pk=email_address.user_id)
    records = get_authentication_records(request, user)
    if user.last_login is None and records and records[-1]["method"] == "code" and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
