"""That somebody was reminded: once of each thing in each turn."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What somebody was reminded of."""

    TEXT_SOON = "text_soon", _("The text is due soon")
    TEXT_LATE = "text_late", _("The text was due")
    PROOF_SOON = "proof_soon", _("The sign-off is due soon")
    PROOF_LATE = "proof_late", _("The sign-off was due")
    ANSWER_SOON = "answer_soon", _("The answer is due soon")
    ANSWER_LATE = "answer_late", _("The answer was due")
    INVITATION_WAITS = "invitation_waits", _("The invitation waits for an answer")
    INVITATION_ENDS = "invitation_ends", _("The invitation runs out soon")
    BY_HAND = "by_hand", _("Reminded by an editor")


class Reminder(models.Model):
    """One reminder. `turn_since` and `due` name the turn: with a new turn or another date a new one may follow."""

    Kind: TypeAlias = ReminderKind

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(_("about"), max_length=20, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    invitation = models.ForeignKey(
        "blog.Invitation", on_delete=models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    turn_since = models.DateTimeField()
    due = models.DateField(_("due"))
    at = models.DateTimeField(_("when"))
    letter = models.OneToOneField("blog.Letter", on_delete=models.SET_NULL, null=True, related_name="reminder")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_is_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(invitation__isnull=True), name="reminder_is_to_one_person"
            ),
            models.UniqueConstraint(
                fields=["post", "user", "kind", "turn_since", "due"],
                condition=Q(user__isnull=False) & ~Q(kind=ReminderKind.BY_HAND),
                name="reminded_once_in_a_turn",
            ),
            models.UniqueConstraint(
                fields=["invitation", "kind", "due"],
                condition=Q(invitation__isnull=False),
                name="reminded_once_of_an_invitation",
            ),
            models.UniqueConstraint(
                fields=["post", "user", "due"],
                condition=Q(kind=ReminderKind.BY_HAND),
                name="reminded_by_hand_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
