"""What the blog says about itself: name, strapline, how to reach it."""

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Accent(models.TextChoices):
    """The colours of links and buttons. Each is a pair for light and dark, tried for contrast (`static/site.css`)."""

    GREEN = "green", _("Green")
    BLUE = "blue", _("Blue")
    PLUM = "plum", _("Plum")
    BRICK = "brick", _("Brick")
    PETROL = "petrol", _("Petrol")
    CLARET = "claret", _("Claret")
    SLATE = "slate", _("Slate")


def first_footer() -> list[dict[str, str]]:
    """Return what the footer lists until somebody changes a plain page: those that are there from the beginning."""
    pages = {
        "about": "About this blog",
        "house-rules": "House rules",
        "privacy": "Privacy",
        "accessibility": "Accessibility statement",
    }
    return [{"title": title, "path": f"/{slug}/"} for slug, title in pages.items()]


class Masthead(models.Model):
    """The one row with the blog's name and contact addresses, edited in the admin."""

    name = models.CharField(_("name"), max_length=80, default="Any Other Business")
    strapline = models.CharField(
        _("strapline"), max_length=160, blank=True, default="Local government, written by the people who do it"
    )
    colophon = models.TextField(
        _("colophon"), max_length=600, blank=True, help_text=_("Who writes the blog, for the footer of every page.")
    )
    invitation = models.TextField(
        _("write for us"), max_length=600, blank=True, help_text=_("The invitation to contribute, in the footer.")
    )
    addresses = models.TextField(
        _("contact addresses"),
        max_length=600,
        blank=True,
        help_text=_("One a line. People can read them; programs that harvest addresses can’t."),
    )

    accent = models.CharField(
        _("accent colour"),
        max_length=10,
        choices=Accent,
        default=Accent.GREEN,
        help_text=_("The colour of links and buttons, in light and in dark."),
    )
    comments_close_after = models.PositiveSmallIntegerField(
        _("comments close after, in days"),
        null=True,
        blank=True,
        help_text=_(
            "Counted from a piece’s publication. Empty: never. A category or a piece can have a number of its own."
        ),
    )
    # Titles and paths of the plain pages in the footer, kept here by `blog.editorial.plain_pages`, so that a page
    # takes no query for them
    footer_pages = models.JSONField(default=first_footer, editable=False)

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("masthead")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_masthead"),
            models.CheckConstraint(condition=~Q(name=""), name="blog_has_a_name"),
            models.CheckConstraint(condition=Q(accent__in=Accent.values), name="accent_is_a_tried_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Masthead":
        """Return the row, or one with the defaults if none is saved yet."""
        return next(iter(cls.objects.filter(pk=1)), None) or cls(pk=1)

    @property
    def wording(self) -> str:
        """Everything that stands here, as one text: two mastheads with the same look the same on every page."""
        values = [getattr(self, field.attname) for field in self._meta.concrete_fields]
        return json.dumps(values, ensure_ascii=False)

    def address_list(self) -> list[str]:
        """Return the contact addresses, one an entry."""
        return [line.strip() for line in self.addresses.splitlines() if line.strip()]
