"""Verified public servants: the domains that count, who carries the badge, and the codes that were sent for it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ListedDomain(models.Model):
    """A domain whose addresses, those of its subdomains included, belong to people in public service.

    One that is taken off the list stays as a row, so that it can be seen what once counted.
    """

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    note = models.TextField(_("who has an address there"), max_length=500, blank=True)
    listed_at = models.DateTimeField(_("listed"))
    taken_off_at = models.DateTimeField(_("taken off the list"), null=True, blank=True)

    class Meta:
        ordering = ("domain",)
        verbose_name = _("domain of public bodies")
        verbose_name_plural = _("domains of public bodies")
        default_permissions = ()
        constraints = [
            # A single label would be a whole country
            models.CheckConstraint(
                condition=Q(domain=Lower("domain"), domain__contains=".") & ~Q(domain__contains="@"),
                name="listed_domain_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Badges, with the one gate for those that hold."""

    def holding_at(self, moment: dt.datetime) -> "BadgeQuerySet":
        """Return those that hold at a moment: by the clock, the confirmed address, the list and the open account."""
        return self.filter(
            lapses_at__gt=moment,
            address__verified=True,
            address__user=F("user"),
            domain__taken_off_at__isnull=True,
            user__is_active=True,
        )


class Badge(models.Model):
    """That an account has shown to have an address at a listed domain, and until when that is taken to be so.

    Without the address there is no row: removing it from the account removes the badge with it.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badge")
    address = models.OneToOneField("account.EmailAddress", on_delete=models.CASCADE, related_name="+")
    domain = models.ForeignKey(ListedDomain, on_delete=models.PROTECT, related_name="+")
    # Without what follows a plus, so that one mailbox makes no second public servant
    mailbox = models.EmailField(unique=True, max_length=254)
    confirmed_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        default_permissions = ()
        indexes = [models.Index(fields=["lapses_at"], name="badge_by_its_end")]
        constraints = [
            models.CheckConstraint(condition=Q(lapses_at__gt=F("confirmed_at")), name="badge_lapses_once_confirmed"),
            models.CheckConstraint(condition=Q(mailbox=Lower("mailbox")), name="mailbox_is_lower_case"),
        ]

    def __str__(self) -> str:
        # Neither whose nor where: this may get into logs
        return f"badge {self.pk}"


class BadgeCode(models.Model):
    """A code that was sent to an address, to be typed by whoever asked for the badge. Never kept as it was sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.ForeignKey("account.EmailAddress", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("code for a badge")
        verbose_name_plural = _("codes for badges")
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-sent_at"], name="badge_code_of_an_account")]

    def __str__(self) -> str:
        return f"code {self.pk}"
