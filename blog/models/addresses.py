"""Addresses that things used to have. They lead on for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """The last part of an address that something had before. Written by `blog.editorial.upkeep.addresses` alone.

    It names the thing, not the address that followed, so that a chain of moves leads straight to the newest. `target`
    is a key of the table that `kind` names; a row whose thing has been removed leads nowhere.
    """

    class Kind(models.TextChoices):
        """What had the address; the value is the model's name."""

        POST = "post", _("piece")
        AUTHOR = "author", _("author")
        SERIES = "series", _("series")
        CATEGORY = "category", _("category")
        TAG = "tag", _("tag")
        PLAIN_PAGE = "plainpage", _("plain page")

    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.SlugField(max_length=200)
    target = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="old_address_leads_to_one_place"),
            models.CheckConstraint(condition=~Q(slug=""), name="old_address_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
