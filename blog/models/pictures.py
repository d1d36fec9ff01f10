"""Pictures, always re-encoded and without metadata before they come here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """One uploaded picture. The file's name is random, so that a draft's pictures can't be guessed."""

    file = models.FileField(_("file"), upload_to="pictures/%Y/%m/", max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    alt = models.CharField(_("description"), max_length=500, blank=True)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        ordering = ("-uploaded_at",)
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt or f"Picture {self.pk}"
