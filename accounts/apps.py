"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The accounts app, named as editors see it in the admin."""

    name = "accounts"
    verbose_name = _("Readers and comments")
