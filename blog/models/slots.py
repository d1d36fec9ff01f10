"""Parts of a series that somebody has planned before there is a piece."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SeriesSlot(models.Model):
    """What is planned for one part of a series: a working title, a month, and whether guests are asked for it."""

    series = models.ForeignKey("blog.Series", on_delete=models.CASCADE, related_name="slots", verbose_name=_("series"))
    part_number = models.PositiveSmallIntegerField(_("part"))
    working_title = models.CharField(_("working title"), max_length=200, blank=True)
    is_title_shown = models.BooleanField(
        _("readers see the working title"), default=False, help_text=_("Otherwise they see “Planned” alone.")
    )
    planned_for = models.DateField(
        _("month planned"),
        null=True,
        blank=True,
        help_text=_("The first of the month. Readers see “Planned for April”."),
    )
    is_open = models.BooleanField(
        _("open to pitches"), default=False, help_text=_("“Write for us” names the part, and a pitch can be for it.")
    )

    class Meta:
        ordering = ("series", "part_number")
        verbose_name = _("planned part")
        verbose_name_plural = _("planned parts")
        constraints = [
            models.UniqueConstraint(fields=["series", "part_number"], name="part_is_planned_once"),
            models.CheckConstraint(condition=Q(part_number__gte=1), name="planned_part_has_a_number"),
            models.CheckConstraint(
                condition=Q(planned_for__isnull=True) | Q(planned_for__day=1), name="part_is_planned_for_a_month"
            ),
            models.CheckConstraint(
                condition=Q(is_title_shown=False) | ~Q(working_title=""), name="shown_working_title_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.working_title or f"{self._meta.verbose_name} {self.part_number}"
