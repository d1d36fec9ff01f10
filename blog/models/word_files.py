"""Word files that were brought into a piece: when, as which text, and what was left out. The file itself isn't kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WordFile(models.Model):
    """One Word file and the text that it became. Neither its name nor its author is kept: either may name a person.

    `left_out` holds a row for each kind of thing that did not arrive: `kind`, `count`, and `near`, the words beside it.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="word_files")
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField(_("brought in"))
    pictures = models.PositiveIntegerField(_("pictures"), default=0)
    left_out = models.JSONField(_("left out"), default=list, blank=True)

    class Meta:
        ordering = ("-brought_at", "-pk")
        verbose_name = _("Word file")
        verbose_name_plural = _("Word files")
        constraints = [
            models.UniqueConstraint(fields=["revision"], name="revision_comes_from_one_word_file"),
        ]

    def __str__(self) -> str:
        return str(_("Word file of {day}")).format(day=self.brought_at.date())
