"""The lists that readers open, kept so that opening one costs the same whether it holds ten pieces or 100,000."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Listing(models.Model):
    """One list, and how many published pieces it holds, those whose time lies ahead included.

    Written by `blog.editorial.listings` alone. `key` is one of `blog.keys`.
    """

    key = models.CharField(max_length=80, unique=True)
    pieces = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")

    def __str__(self) -> str:
        return self.key


class Listed(models.Model):
    """A published piece on a list, with its date, so that an index alone gives a list's newest pieces."""

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
