"""What the blog says about itself: name, strapline, how to reach it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("masthead")
        verbose_name_plural = _("masthead")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_masthead"),
            models.CheckConstraint(condition=~Q(name=""), name="blog_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Masthead":
        """Return the row, or one with the defaults if none is saved yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def address_list(self) -> list[str]:
        """Return the contact addresses, one an entry."""
        return [line.strip() for line in self.addresses.splitlines() if line.strip()]
