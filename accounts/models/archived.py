"""Names of comments that came with an archive, and who has shown that such comments are theirs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ArchivedName(models.Model):
    """Whose comments of an archive are, as was typed there: a name, and an address that nobody has proven.

    The comments belong to `user`, a placeholder that nobody can sign in with and no letter reaches. Whoever confirms
    the address can take them over (`accounts.archiving.claiming`), or leaves them (`left_at`); then nobody is asked
    again. The address is shown to nobody.
    """

    archive = models.ForeignKey("blog.Archive", on_delete=models.PROTECT, related_name="+", verbose_name=_("archive"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="archived_name", verbose_name=_("placeholder")
    )
    name = models.CharField(_("name"), max_length=80)
    address = models.EmailField(_("mail address"), blank=True, max_length=254)
    left_at = models.DateTimeField(_("left as it is"), null=True, blank=True)

    class Meta:
        ordering = ("archive_id", "name", "pk")
        verbose_name = _("name from an archive")
        verbose_name_plural = _("names from archives")
        default_permissions = ()
        indexes = [
            models.Index(fields=["address"], condition=~Q(address=""), name="archived_by_address"),
            models.Index(fields=["archive", "name"], name="archived_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="archived_name_is_one"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="archived_address_is_lower_case"),
            # Of those without an address there may be two, once an owner had theirs taken out
            models.UniqueConstraint(
                fields=["archive", "name", "address"], condition=~Q(address=""), name="archived_once_by_address"
            ),
        ]

    def __str__(self) -> str:
        # Neither whose nor where: this may get into logs
        return f"archived name {self.pk}"


class TakenOver(models.Model):
    """That an account took over the comments that came under a name. The log; rows are added and never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="taken_over", verbose_name=_("account")
    )
    archive = models.ForeignKey("blog.Archive", on_delete=models.PROTECT, related_name="+", verbose_name=_("archive"))
    name = models.CharField(_("name"), max_length=80)
    comments = models.PositiveIntegerField(_("comments"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("comments taken over")
        verbose_name_plural = _("comments taken over")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="taken_over_from_a_name")]

    def __str__(self) -> str:
        return f"taken over {self.pk}"
