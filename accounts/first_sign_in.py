"""What has to hold the first time that somebody proves to own an account's address."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from accounts.models import User


def drop_unproven_password(*, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """Drop what opens an account whose address is proven for the first time, by a code: password and other providers.

    Anybody can sign up with somebody else's address and wait. When the owner of the address then signs in by a code,
    what the stranger chose must not open the account. Called by allauth when an address is confirmed.
    """
    user = User.objects.get(pk=email_address.user_id)
    records = get_authentication_records(request, user)
    if user.last_login is not None or not records or records[-1]["method"] != "code":
        return
    SocialAccount.objects.filter(user=user).delete()
    if user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])


def drop_unproven_providers(*, user: User, **kwargs: Any) -> None:
    """Drop the ways in by other providers when a letter set a new password and nobody had ever signed in.

    Called by allauth when a password is set by a letter's link.
    """
    if user.last_login is None:
        SocialAccount.objects.filter(user=user).delete()
