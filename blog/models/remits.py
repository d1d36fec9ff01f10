"""Which categories an editor's work is limited to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Remit(models.Model):
    """A category that an account may review, edit and publish in. One without any row has no limits.

    A category can’t be removed while somebody is limited to it: with their last limit they would lose all limits.

    Written by `blog.editorial.remits` alone, and read by `blog.editorial.permissions`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remits")
    category = models.ForeignKey(
        "blog.Category", on_delete=models.PROTECT, related_name="remits", verbose_name=_("category")
    )

    class Meta:
        ordering = ("user_id", "category_id")
        verbose_name = _("limit to a category")
        verbose_name_plural = _("limits to categories")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="account_is_limited_to_a_category_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.category_id}"
