"""The blog app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    """The blog app, named as editors see it in the admin."""

    name = "blog"
    verbose_name = _("The blog")
