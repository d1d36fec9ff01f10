"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The accounts app, named as editors see it in the admin."""

    name = "accounts"
    verbose_name = _("Readers and comments")

    def ready(self) -> None:
        """Listen to what libraries tell of accounts, and add the letters of the accounts to the blog’s."""
        from accounts import listening  # noqa: PLC0415  It needs models, and these come after this module

        listening.begin()
