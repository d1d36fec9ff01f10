"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The accounts app, named as editors see it in the admin."""

    name = "accounts"
    verbose_name = _("Readers and comments")

    def ready(self) -> None:
        """Ask allauth to tell when an address is confirmed."""
        from allauth.account.signals import email_confirmed  # noqa: PLC0415  Its models need the apps to be loaded

        from accounts.first_sign_in import drop_unproven_password  # noqa: PLC0415  The same

        email_confirmed.connect(drop_unproven_password, dispatch_uid="accounts.drop_unproven_password")
