"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The accounts app, named as editors see it in the admin."""

    name = "accounts"
    verbose_name = _("Readers and comments")

    def ready(self) -> None:
        """Ask allauth to tell when an address is confirmed, and add the letters about comments to the blog’s."""
        from allauth.account.signals import email_confirmed  # noqa: PLC0415  Its models need the apps to be loaded

        from accounts.commenting.letter_words import register_letters  # noqa: PLC0415  The same
        from accounts.first_sign_in import drop_unproven_password  # noqa: PLC0415  The same

        register_letters()
        email_confirmed.connect(drop_unproven_password, dispatch_uid="accounts.drop_unproven_password")
