"""Holds: named stretches of time in which nothing goes out without a reason, such as the weeks before an election."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, asked for by the time that they cover."""

    def between(self, begins: dt.datetime, ends: dt.datetime) -> "HoldQuerySet":
        """Return the holds that cover any of that time, first come first, with their categories."""
        found = self.filter(begins_at__lt=ends, ends_at__gt=begins)
        return found.order_by("begins_at", "pk").prefetch_related("categories")

    def covering(self, moment: dt.datetime, category_id: int | None) -> "HoldQuerySet":
        """Return the holds that a piece of that category would go out in at that moment."""
        limited = Q(pk__in=Hold.categories.through.objects.filter(category=category_id).values("hold"))
        covers = Q(covers_everything=True) | limited if category_id else Q(covers_everything=True)
        return self.filter(covers, begins_at__lte=moment, ends_at__gt=moment).order_by("begins_at", "pk")


class Hold(models.Model):
    """A stretch of time, for all categories or some. Holds may overlap. Written by `blog.editorial.holds` alone."""

    name = models.CharField(_("name"), max_length=120)
    reason = models.TextField(_("reason"), max_length=1000, help_text=_("Editors read it when they plan a piece."))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"), help_text=_("The first moment that is no longer in it."))
    # Said apart from the categories: of a hold for one category that is removed, nothing is left to hold
    covers_everything = models.BooleanField(_("all categories"), default=True)
    categories = models.ManyToManyField(
        "blog.Category", blank=True, related_name="holds", verbose_name=_("only these categories")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("-begins_at", "-pk")
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [
            models.Index(fields=["ends_at", "begins_at"], name="hold_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="hold_has_a_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="hold_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_for(self, category_id: int | None) -> bool:
        """Say of a hold at hand, with its categories, whether it covers a piece of that category."""
        return self.covers_everything or category_id in {category.pk for category in self.categories.all()}


class HoldExemption(models.Model):
    """That a piece goes out in a hold all the same, and why. Scheduled there without it, one waits for a decision."""

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="exemptions")
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="hold_exemptions")
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("exemption from a hold")
        verbose_name_plural = _("exemptions from holds")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["hold", "post"], name="piece_is_exempt_from_a_hold_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.hold_id}"
