"""What outlives an account that was erased."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptBlock(models.Model):
    """A block that holds although its account was erased, found again by a keyed hash of the address and nothing else.

    Whoever confirms the same address for a new account is blocked there, and the row goes (`accounts.own_data.
    kept_blocks`). The hash can’t be turned back into an address without the secret key of the site.
    """

    address_hash = models.CharField(max_length=64, unique=True, editable=False)
    blocked_at = models.DateTimeField(_("blocked"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=500)

    class Meta:
        ordering = ("blocked_at", "pk")
        verbose_name = _("block of an erased account")
        verbose_name_plural = _("blocks of erased accounts")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="kept_block_has_a_reason"),
            models.CheckConstraint(condition=~Q(address_hash=""), name="kept_block_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
