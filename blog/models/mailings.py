"""Letters to those who follow the blog: one for each piece, and one a week; and who got which."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailingKind(models.TextChoices):
    """What goes to the subscribers."""

    ANNOUNCEMENT = "announcement", _("A new piece")
    ROUND_UP = "round_up", _("Round-up of the week")


class MailingState(models.TextChoices):
    """Where a mailing is."""

    PLANNED = "planned", _("Planned")
    SENDING = "sending", _("Going out")
    DONE = "done", _("Gone out")
    HELD = "held", _("Held by an editor")
    CANCELLED = "cancelled", _("Cancelled")


class DeliveryState(models.TextChoices):
    """Where one letter of a mailing is. One that is being sent when its worker dies becomes unsure."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not needed any more")
    FAILED = "failed", _("Failed")
    UNSURE = "unsure", _("Sent or not")


class MailingActKind(models.TextChoices):
    """What happened to a mailing on its way."""

    HOLD = "hold", _("Held")
    RELEASE = "release", _("Released")
    CANCEL = "cancel", _("Cancelled")
    CHANGE = "change", _("Changed")
    AGAIN = "again", _("Unsure and failed letters sent again")
    EMPTY = "empty", _("Cancelled, for there was nothing to send")
    LATE = "late", _("Cancelled, for it was too late")


class Mailing(models.Model):
    """One letter to everybody who follows what it is about. A piece has one at most, and so has a day of the round-up.

    The counts are written when it has gone out; until then they are those of its deliveries.
    """

    Kind: TypeAlias = MailingKind
    State: TypeAlias = MailingState

    kind = models.CharField(_("what"), max_length=15, choices=MailingKind)
    post = models.ForeignKey(
        "blog.Post", on_delete=models.CASCADE, null=True, related_name="mailings", verbose_name=_("piece")
    )
    day = models.DateField(_("day of the round-up"), null=True)
    since = models.DateTimeField(_("with the pieces since"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=MailingState, default=MailingState.PLANNED)
    at = models.DateTimeField(_("goes out"))
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    prepared_at = models.DateTimeField(_("prepared"))
    queued_at = models.DateTimeField(_("begun"), null=True)
    done_at = models.DateTimeField(_("finished"), null=True)
    wait_until = models.DateTimeField(_("next try"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    recipients = models.PositiveIntegerField(_("recipients"), default=0)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    skipped = models.PositiveIntegerField(_("not needed any more"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    unsure = models.PositiveIntegerField(_("unsure"), default=0)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        indexes = [
            models.Index(fields=["state", "at"], condition=Q(state__in=["planned", "sending"]), name="mailing_to_send"),
            models.Index(fields=["-at", "-id"], name="mailing_by_date"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailingState.values), name="mailing_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind="announcement", post__isnull=False, day=None, since=None)
                | Q(kind="round_up", post=None, day__isnull=False, since__isnull=False),
                name="mailing_is_of_a_piece_or_of_a_week",
            ),
            models.UniqueConstraint(fields=["post"], condition=Q(kind="announcement"), name="piece_is_announced_once"),
            models.UniqueConstraint(fields=["day"], condition=Q(kind="round_up"), name="day_has_one_round_up"),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "done"]) | Q(queued_at__isnull=False),
                name="mailing_that_goes_out_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at=None),
                name="mailing_has_an_end_once_it_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display()}"

    @property
    def is_round_up(self) -> bool:
        """Whether it is the letter of a week."""
        return self.kind == MailingKind.ROUND_UP


class MailingPiece(models.Model):
    """A piece in a round-up, in the order that editors gave it."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="pieces")
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("place"))
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        ordering = ("mailing_id", "position", "pk")
        verbose_name = _("piece in a round-up")
        verbose_name_plural = _("pieces in a round-up")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mailing", "post"], name="piece_is_once_in_a_round_up"),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}, {self.position}"


class Delivery(models.Model):
    """One letter of a mailing to one address. Whoever sends it claims it; nobody gets the same twice.

    Its Message-ID is made from its key (`mailings.messages`), so it is the same at every try.
    """

    State: TypeAlias = DeliveryState

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    address = models.EmailField(_("mail address"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("next try"))
    claim = models.CharField(max_length=32, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    tried_at = models.DateTimeField(_("last try"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("letter of a mailing")
        verbose_name_plural = _("letters of mailings")
        default_permissions = ()
        indexes = [
            models.Index(fields=["mailing", "state", "due_at"], name="delivery_to_send"),
            models.Index(fields=["tried_at"], condition=Q(tried_at__isnull=False), name="delivery_by_try"),
            models.Index(fields=["address"], name="delivery_by_address"),
            models.Index(
                fields=["claimed_until"], condition=Q(state=DeliveryState.SENDING), name="delivery_on_the_wire"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"),
            models.CheckConstraint(condition=~Q(address=""), name="delivery_has_an_address"),
            models.UniqueConstraint(fields=["mailing", "address"], name="address_gets_a_mailing_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="delivery_has_a_date_once_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        # Never the address: this string ends up in logs and messages
        return f"{self.mailing_id}, {self.get_state_display()}"


class MailingAct(models.Model):
    """What somebody did to a mailing, or what the clock did. The log; rows are added and never changed."""

    Kind: TypeAlias = MailingActKind

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("what"), max_length=10, choices=MailingActKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("act on a mailing")
        verbose_name_plural = _("acts on mailings")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MailingActKind.values), name="mailing_act_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class RoundUpTime(models.Model):
    """The one row that says when the round-up goes out, by the clock on the wall. Monday is 0, as in Python."""

    weekday = models.PositiveSmallIntegerField(_("day"), default=4)
    hour = models.PositiveSmallIntegerField(_("hour"), default=9)

    class Meta:
        verbose_name = _("time of the round-up")
        verbose_name_plural = _("time of the round-up")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_round_up_time"),
            models.CheckConstraint(condition=Q(weekday__lte=6, hour__lte=23), name="round_up_time_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}, {self.hour}"

    @classmethod
    def current(cls) -> "RoundUpTime":
        """Return the row, or one with the defaults if none is saved yet."""
        return next(iter(cls.objects.filter(pk=1)), None) or cls(pk=1)
