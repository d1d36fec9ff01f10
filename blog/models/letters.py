"""Letters: every mail the blog sends, as a row written in the transaction of what it reports."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterStatus(models.TextChoices):
    """Where a letter is."""

    WAITING = "waiting", _("Waiting")
    HELD = "held", _("Held by an editor")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Letter(models.Model):
    """One mail to one address. The worker sends what is due; editors can hold, edit and cancel."""

    Status: TypeAlias = LetterStatus

    kind = models.CharField(_("about"), max_length=40)
    to_address = models.EmailField(_("address"))
    to_name = models.CharField(_("to"), max_length=120, blank=True)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    is_confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Carries a code or link: shown to nobody, emptied once sent.")
    )
    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    invitation = models.ForeignKey(
        "blog.Invitation", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    written_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.TextField(_("last error"), blank=True)
    message_id = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status=LetterStatus.WAITING), name="letter_due"),
            models.Index(fields=["-written_at", "-id"], name="letter_by_age"),
            models.Index(fields=["status", "-written_at", "-id"], name="letter_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.SENT, sent_at__isnull=False)
                | ~Q(status=LetterStatus.SENT) & Q(sent_at__isnull=True),
                name="letter_has_a_date_once_it_is_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.SENT, is_confidential=True) | Q(text=""),
                name="confidential_letter_is_emptied_once_sent",
            ),
            models.CheckConstraint(condition=~Q(to_address=""), name="letter_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.subject
