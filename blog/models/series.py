"""Series: pieces that are read in an order."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A run of numbered pieces. Which parts there are is what readers can see, never what is drafted."""

    title = models.CharField(_("title"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=180, unique=True)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    planned_parts = models.PositiveSmallIntegerField(
        _("planned parts"), null=True, blank=True, help_text=_("Leave empty while you do not know.")
    )

    class Meta:
        ordering = ("title",)
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="series_has_a_title_and_an_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the path of the series' page."""
        return reverse("reading:series", args=[self.slug])
