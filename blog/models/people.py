"""The names that readers see, and, kept apart, which account is behind one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Trim
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Author(models.Model):
    """A public name: a person's own or a pen name. No field here leads to an account."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    is_pen_name = models.BooleanField(_("is a pen name"), default=False)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    about = models.TextField(_("about the writer"), max_length=600, blank=True)
    portrait = models.ForeignKey(
        "blog.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        indexes = [models.Index(Lower("name"), "id", name="author_by_name")]
        constraints = [
            # A blank pen name must never fall back to the real one
            models.CheckConstraint(condition=~Q(name=""), name="author_has_a_name"),
            models.CheckConstraint(condition=Q(name=Trim("name")), name="author_name_has_no_spaces_around_it"),
            models.CheckConstraint(condition=~Q(slug=""), name="author_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the path of the author's page."""
        return reverse("reading:author", args=[self.slug])


class Identity(models.Model):
    """Which account writes under a public name. Seeing it in the admin takes a permission of its own."""

    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="identity")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        default_permissions = ()
        permissions = [("see_identities", _("Can see who is behind a pen name"))]

    def __str__(self) -> str:
        # Never the account: this string ends up in logs and messages
        return f"Identity {self.pk}"


class IdentityLook(models.Model):
    """A record that somebody looked behind a pen name. Never changed, never removed with the account."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(max_length=500)

    class Meta:
        ordering = ("-at",)
        verbose_name = _("look behind a pen name")
        verbose_name_plural = _("looks behind pen names")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="look_behind_a_pen_name_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.at:%d.%m.%Y}"
