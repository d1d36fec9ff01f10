"""Overrides of allauth for second factors and for other providers."""

import base64
import hashlib
import secrets
from typing import Any, cast

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from blog.models import Masthead


def _vault() -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    made = [hashlib.sha256(f"accounts.signing_in.second_factors:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors as the house has them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy("Take your second factors away before you add an address."),
        "cannot_delete_authenticator": gettext_lazy("This second factor can’t be taken away."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a passkey or an authenticator app first."),
        "incorrect_code": gettext_lazy("This code is not right, or was used before. Wait for the next one."),
        "too_many_tries": gettext_lazy("Too many wrong codes. Use a passkey, or write to the editors."),
        "unverified_email": gettext_lazy("Confirm your address first."),
    }

    def get_totp_issuer(self) -> str:
        """Return the name that stands in the app: the blog's."""
        return Masthead.current().name

    def encrypt(self, text: str) -> str:
        """Keep secrets so that a copy of the database opens nothing."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret. One that was kept under another SECRET_KEY is lost, and nothing fits what is returned."""
        try:
            return _vault().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002  allauth passes it by this name
        """Return what a passkey is called whose owner gave it no name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number) if number > 1 else gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whom passkeys are for: the site as the settings name it, whatever Host header was sent.

        On one's own machine it is whatever the machine was called by, because no passkey is made for a number.
        """
        host = settings.SITE_URL.partition("://")[2]
        if settings.IS_DEVELOPMENT and context.request is not None:
            host = context.request.get_host()
        return {"id": host.partition(":")[0], "name": Masthead.current().name}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Other providers: what they say is believed as far as the settings trust them, and hardly any of it is kept."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "invalid_token": gettext_lazy("The answer was not understood. Try again."),
        "no_password": gettext_lazy("Set a password first; without it you could not get in any more."),
        "no_verified_email": gettext_lazy("Confirm your address first; without it you could not get in any more."),
        "connected_other": gettext_lazy("This is connected with another account here already."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Fill a new account in: its address and nothing else.

        An address counts as confirmed only where the settings trust the provider for its domain, and the provider
        does not say otherwise. The provider's two answers have to be about the same person (OpenID Connect Core 1.0,
        5.3.2). No name, picture or anything else it tells is kept.
        """
        told = sociallogin.account.extra_data
        by_token, by_asking = (told.get(key) or {} for key in ("id_token", "userinfo"))
        if by_token and by_asking and by_token.get("sub") != by_asking.get("sub"):
            raise PermissionDenied
        said = (by_asking or by_token).get("email_verified", True)
        trusted = sociallogin.provider.app.settings["trusted_domains"]
        for address in sociallogin.email_addresses:
            address.email = address.email.lower()
            address.verified = address.email.rpartition("@")[2] in trusted and said in {True, "true"}
        email = sociallogin.email_addresses[0].email if sociallogin.email_addresses else ""
        sociallogin.account.extra_data = {"userinfo": {"email": email}}
        user = cast("User", sociallogin.user)
        user.email = email
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Open no account because of an address that a provider tells: its owner connects the two, signed in."""
        return
