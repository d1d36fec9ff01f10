"""Public names that were found to be one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Merger(models.Model):
    """A name that was merged into another, by whom and when. The name itself is gone; its address leads on."""

    kept = models.ForeignKey(
        "blog.Author", on_delete=models.PROTECT, related_name="mergers", verbose_name=_("merged into")
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=140)
    pieces = models.PositiveIntegerField(_("pieces"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("merger of names")
        verbose_name_plural = _("mergers of names")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="merger_says_which_name_is_gone"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.kept_id}"
