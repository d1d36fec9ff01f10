"""The project itself as an app (its commands), and the admin with the editors' first page."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ProjectConfig(AppConfig):
    """Commands that need both apps: the demonstration, and making an editor."""

    name = "wlg"
    label = "wlg"


class DeskConfig(AdminConfig):
    """The stock admin with our site object, whose first page shows what waits."""

    default_site = "wlg.desk.EditorsDesk"
