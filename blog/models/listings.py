"""The lists that readers open, kept so that opening one costs the same whether it holds ten pieces or 100,000."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ListingKind(models.TextChoices):
    """What a list brings together."""

    ALL = "all", _("all pieces")
    YEAR = "year", _("a year")
    MONTH = "month", _("a month")
    CATEGORY = "category", _("a category")
    TAG = "tag", _("a tag")
    AUTHOR = "author", _("an author")
    SERIES = "series", _("a series")


class Listing(models.Model):
    """One list, and how many published pieces it holds, those whose time lies ahead included.

    Written by `blog.editorial.upkeep.listings` alone. `key` is one of `blog.keys`; `subject` is the key of the
    category, tag, author or series, the year (2026), the month (202603), or 0 for all pieces.
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=ListingKind)
    subject = models.PositiveBigIntegerField()
    pieces = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        indexes = [
            models.Index(fields=["kind", "-pieces"], name="listing_by_pieces"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListingKind.values), name="listing_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "subject"], name="there_is_one_list_of_a_subject"),
        ]

    def __str__(self) -> str:
        return self.key


class Listed(models.Model):
    """A published piece on a list, with its date, so that an index alone gives a list's newest pieces.

    There are rows for the lists of categories, tags, authors and series; those of dates are in the pieces' own index.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="listed")
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="listed")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("piece on a list")
        verbose_name_plural = _("pieces on lists")
        indexes = [
            models.Index(fields=["listing", "-published_at", "-post"], name="listed_by_publication"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["listing", "post"], name="piece_is_once_on_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} on {self.listing_id}"


class Standing(models.Model):
    """How far a series has come that has published pieces, those whose time lies ahead included.

    Written by `blog.editorial.upkeep.listings` alone. `parts` are the pieces with a number, `highest` is the highest
    of these.
    """

    series = models.OneToOneField("blog.Series", on_delete=models.CASCADE, primary_key=True, related_name="standing")
    parts = models.PositiveIntegerField(default=0)
    highest = models.PositiveSmallIntegerField(default=0)
    newest_at = models.DateTimeField()
    is_in_progress = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("standing of a series")
        verbose_name_plural = _("standings of series")
        indexes = [
            models.Index(fields=["-newest_at", "series"], name="series_by_newest_part"),
            models.Index(fields=["-newest_at", "series"], condition=Q(is_in_progress=True), name="series_in_progress"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.parts}"
