"""What has changed, for pages that were made before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purge(models.Model):
    """Pages that show what this key names are out of date from `due_at` on.

    Written in the transaction of the change itself (`blog.editorial.upkeep.purges`), so that neither is kept
    without the other. A piece whose time lies ahead has one that falls due with it.
    """

    key = models.CharField(max_length=80)
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        indexes = [models.Index(fields=["due_at"], name="purge_by_time")]

    def __str__(self) -> str:
        return f"{self.key} at {self.due_at:%d.%m.%Y %H.%M}"
