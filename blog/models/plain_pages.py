"""Plain pages: what the blog says about itself beside the pieces, such as its house rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlainPage(models.Model):
    """One page with an address of its own at the top. `body` is clean HTML, the rest plain text.

    Written by `blog.editorial.plain_pages` alone, which keeps every text it ever had as a `PlainPageVersion`.
    """

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    is_in_footer = models.BooleanField(_("in the footer"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ("position", "title", "pk")
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="plain_page_has_a_title_and_an_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the path of the page."""
        return reverse("reading:plain_page", args=[self.slug])


class PlainPageVersion(models.Model):
    """A text that a plain page had, or that somebody wrote while another saved. Rows are added and never changed."""

    page = models.ForeignKey(PlainPage, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(_("title"), max_length=160)
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("version of a plain page")
        verbose_name_plural = _("versions of plain pages")

    def __str__(self) -> str:
        return f"{self.title} ({self.written_at:%d.%m.%Y %H.%M})"
