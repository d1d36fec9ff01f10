"""Categories and tags."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """One of the few sections of the blog. A post is in one at most."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    description = models.TextField(_("description"), max_length=600, blank=True)
    comments_close_after = models.PositiveSmallIntegerField(
        _("comments close after, in days"),
        null=True,
        blank=True,
        help_text=_("Counted from a piece’s publication. Empty: as the masthead has it. 0: never."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="category_has_a_name_and_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the path of the category's page."""
        return reverse("reading:category", args=[self.slug])


class Tag(models.Model):
    """A subject that runs across categories."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="tag_has_a_name_and_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the path of the tag's page."""
        return reverse("reading:tag", args=[self.slug])
