"""Who follows the blog by mail: an address, what of the blog it follows, and how often."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What of the blog can be followed."""

    EVERYTHING = "everything", _("Everything")
    SERIES = "series", _("A series")
    AUTHOR = "author", _("A writer")
    CATEGORY = "category", _("A category")


class SubscriptionPace(models.TextChoices):
    """How often somebody gets a letter."""

    AT_ONCE = "at_once", _("Each piece as it comes out")
    WEEKLY = "weekly", _("One letter a week")


class SubscriptionState(models.TextChoices):
    """Where a subscription is."""

    ASKED = "asked", _("Address not confirmed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    BOUNCED = "bounced", _("Ended, for letters came back")


class SubscriptionEnd(models.TextChoices):
    """Why a subscription ended."""

    READER = "reader", _("by its reader")
    BOUNCES = "bounces", _("because letters came back")
    COMPLAINT = "complaint", _("because a letter was marked as unwanted")
    ADMINISTRATOR = "administrator", _("by an administrator")
    MERGED = "merged", _("because two names that it followed became one")


# In these an address follows a subject, or is about to; there is one at most of each
OPEN_STATES = (SubscriptionState.ASKED, SubscriptionState.ACTIVE)
OVER_STATES = (SubscriptionState.ENDED, SubscriptionState.BOUNCED)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions, with the questions that are asked of them."""

    def active(self) -> "SubscriptionQuerySet":
        """Return those that get letters: confirmed, and not ended."""
        return self.filter(state=SubscriptionState.ACTIVE)

    def of(self, address: str) -> "SubscriptionQuerySet":
        """Return those of one address."""
        return self.filter(address=address.strip().lower())


class Subscription(models.Model):
    """One address that follows one subject. The links in its letters are signed anew each time and kept nowhere."""

    Kind: TypeAlias = SubjectKind
    Pace: TypeAlias = SubscriptionPace
    State: TypeAlias = SubscriptionState
    End: TypeAlias = SubscriptionEnd

    address = models.EmailField(_("mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("Who was signed in, with this very address confirmed."),
    )
    subject_kind = models.CharField(_("follows"), max_length=10, choices=SubjectKind)
    series = models.ForeignKey(
        "blog.Series", on_delete=models.CASCADE, null=True, related_name="subscriptions", verbose_name=_("series")
    )
    author = models.ForeignKey(
        "blog.Author", on_delete=models.CASCADE, null=True, related_name="subscriptions", verbose_name=_("writer")
    )
    category = models.ForeignKey(
        "blog.Category", on_delete=models.CASCADE, null=True, related_name="subscriptions", verbose_name=_("category")
    )
    how_often = models.CharField(
        _("how often"), max_length=10, choices=SubscriptionPace, default=SubscriptionPace.AT_ONCE
    )
    state = models.CharField(_("state"), max_length=10, choices=SubscriptionState, default=SubscriptionState.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_how = models.CharField(_("ended how"), max_length=15, choices=SubscriptionEnd, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    bounces = models.PositiveSmallIntegerField(_("letters that came back"), default=0)
    bounced_at = models.DateTimeField(_("last came back"), null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        indexes = [
            models.Index(fields=["address"], name="subscription_by_address"),
            models.Index(fields=["state", "subject_kind", "how_often"], name="subscription_by_state"),
            models.Index(
                fields=["asked_at"], condition=Q(state=SubscriptionState.ASKED), name="subscription_unconfirmed"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="subscription_state_is_known"),
            models.CheckConstraint(
                condition=Q(how_often__in=SubscriptionPace.values), name="subscription_pace_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(address="") & Q(address=Lower("address")), name="subscription_has_a_plain_address"
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="everything", series=None, author=None, category=None)
                | Q(subject_kind="series", series__isnull=False, author=None, category=None)
                | Q(subject_kind="author", series=None, author__isnull=False, category=None)
                | Q(subject_kind="category", series=None, author=None, category__isnull=False),
                name="subscription_follows_one_subject",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(confirmed_at__isnull=False),
                name="active_subscription_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ASKED) | Q(confirmed_at=None),
                name="asked_subscription_is_not_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER_STATES, ended_at__isnull=False) & ~Q(ended_how="")
                | Q(state__in=OPEN_STATES, ended_at=None, ended_how=""),
                name="subscription_that_is_over_says_when_and_how",
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(subject_kind="everything", state__in=OPEN_STATES),
                name="address_follows_everything_once",
            ),
            *(
                models.UniqueConstraint(
                    fields=["address", kind],
                    condition=Q(subject_kind=kind, state__in=OPEN_STATES),
                    name=f"address_follows_{kind}_once",
                )
                for kind in ("series", "author", "category")
            ),
        ]

    def __str__(self) -> str:
        # Never the address: this string ends up in logs and messages
        return f"{self.get_subject_kind_display()}, {self.get_state_display()}"
