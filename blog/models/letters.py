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
    pitch = models.ForeignKey("blog.Pitch", on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    move = models.ForeignKey(
        "blog.Move",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        help_text=_("The decision that it reports."),
    )
    group = models.CharField(
        max_length=30,
        blank=True,
        editable=False,
        help_text=_("What people choose about letters like this; none if it can’t be switched off."),
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


class LetterActKind(models.TextChoices):
    """What happened to a letter between its writing and its end."""

    HOLD = "hold", _("Held")
    RELEASE = "release", _("Released")
    HURRY = "hurry", _("Sent without waiting")
    CHANGE = "change", _("Changed")
    CANCEL = "cancel", _("Cancelled")
    OVERTAKE = "overtake", _("Cancelled, because the piece has moved on")


class LetterAct(models.Model):
    """What somebody did to a letter that had not gone out. The log; rows are added and never changed."""

    Kind: TypeAlias = LetterActKind

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    earlier_subject = models.CharField(_("subject before"), max_length=250, blank=True)
    earlier_text = models.TextField(_("text before"), blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("act on a letter")
        verbose_name_plural = _("acts on letters")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterActKind.values), name="letter_act_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=LetterActKind.CHANGE) | ~Q(earlier_text=""), name="changed_letter_keeps_its_words"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class LetterWording(models.Model):
    """The words of one kind of letter, as an editor wrote them. The newest is in force; none is ever removed.

    One without words says that the letter has gone back to the words that the blog came with.
    """

    kind = models.CharField(_("about"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("kind", "-number")
        verbose_name = _("words of a letter")
        verbose_name_plural = _("words of letters")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="wordings_of_a_letter_differ"),
            models.CheckConstraint(
                condition=Q(subject="", text="") | ~Q(subject="") & ~Q(text=""), name="wording_has_subject_and_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def is_default(self) -> bool:
        """Whether it says to go back to the words that the blog came with."""
        return not self.text
