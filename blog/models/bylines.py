"""Names on a piece: those that stand there, and those that were taken off."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post


class Byline(models.Model):
    """A name on a piece, with role and organisation as they were when it was written."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("blog.Author", on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    is_confirmed = models.BooleanField(
        _("chosen by the writer"), default=True, help_text=_("Empty until an invited writer has said how to appear.")
    )

    class Meta:
        # By the key alone: the order of pieces would bring each piece along
        ordering = ("post_id", "position")
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["post", "author"], name="author_is_once_on_a_byline"),
            models.UniqueConstraint(fields=["post", "position"], name="byline_positions_differ"),
        ]

    def __str__(self) -> str:
        return str(self.author)

    @property
    def role_line(self) -> str:
        """Role and organisation as printed under the name."""
        return ", ".join(part for part in (self.role, self.organisation) if part)


class FormerName(models.Model):
    """A name that its writer took off a piece before publication: it still stands for what they did until then."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former_names")
    author = models.ForeignKey("blog.Author", on_delete=models.PROTECT, related_name="former_names")
    left_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("left_at", "pk")
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return str(self.author)
