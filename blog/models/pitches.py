"""Pitches: what people without an account would like to write, and everything that was said about it."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from blog.models.bylines import Byline, FormerName


class PitchState(models.TextChoices):
    """Where a pitch is."""

    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    WAITING = "waiting", _("With the editors")
    ASKED = "asked", _("Waits for an answer from its writer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# An editor has said something about it, or its writer has taken it back
OPEN_STATES = frozenset({PitchState.WAITING, PitchState.ASKED})


class PitchQuerySet(models.QuerySet["Pitch"]):
    """Pitches, with what editors get to see."""

    def confirmed(self) -> "PitchQuerySet":
        """Return those whose address was confirmed: nobody but their writers sees the others."""
        return self.exclude(state=PitchState.UNCONFIRMED)

    def with_hiding(self) -> "PitchQuerySet":
        """Say of each, as `is_under_pen_name`, whether its piece is under a pen name, or ever was."""
        pen_names = Byline.objects.filter(post=OuterRef("post"), author__is_pen_name=True)
        former = FormerName.objects.filter(post=OuterRef("post"), author__is_pen_name=True)
        return self.annotate(is_under_pen_name=Exists(pen_names) | Exists(former))

    def locked(self, pk: int) -> "Pitch":
        """Return the row as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Pitch(models.Model):
    """An idea for a piece. The link in its letters is derived from the secret key; only its hash is stored."""

    State: TypeAlias = PitchState

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it would say, and why now"), max_length=4000)
    about = models.TextField(_("about the writer"), max_length=1000, blank=True)
    slot = models.ForeignKey(
        "blog.SeriesSlot",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pitches",
        verbose_name=_("part of a series"),
    )
    in_reply_to = models.ForeignKey(
        "blog.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in reply to")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=PitchState.UNCONFIRMED, editable=False)
    state_since = models.DateTimeField(_("since"))
    sent_at = models.DateTimeField(_("sent"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    answered_at = models.DateTimeField(_("first answered"), null=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    post = models.OneToOneField(
        "blog.Post", on_delete=models.PROTECT, null=True, related_name="pitch", verbose_name=_("piece")
    )
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = PitchQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("pitch")
        verbose_name_plural = _("pitches")
        indexes = [
            models.Index(fields=["state", "state_since"], name="pitch_by_wait"),
            models.Index(fields=["-answered_at"], condition=Q(answered_at__isnull=False), name="pitch_by_answer"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PitchState.values), name="pitch_state_is_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") & ~Q(title="") & ~Q(text=""), name="pitch_says_what_and_from_whom"
            ),
            models.CheckConstraint(
                condition=Q(state=PitchState.UNCONFIRMED, confirmed_at__isnull=True)
                | ~Q(state=PitchState.UNCONFIRMED) & Q(confirmed_at__isnull=False),
                name="only_a_confirmed_pitch_gets_further",
            ),
            models.CheckConstraint(
                condition=Q(state=PitchState.ACCEPTED, post__isnull=False)
                | ~Q(state=PitchState.ACCEPTED) & Q(post__isnull=True),
                name="accepted_pitch_leads_to_a_piece",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False)
                | ~Q(state__in=[PitchState.ASKED, PitchState.ACCEPTED, PitchState.DECLINED]),
                name="answered_pitch_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        # Never who wrote it: this string ends up in logs and messages
        return self.title


class PitchEventKind(models.TextChoices):
    """What happened to a pitch."""

    CONFIRM = "confirm", _("Address confirmed")
    ASK = "ask", _("Asked")
    ANSWER = "answer", _("Answered")
    HAND_OVER = "hand_over", _("Handed over")
    ACCEPT = "accept", _("Accepted")
    DECLINE = "decline", _("Declined")
    WITHDRAW = "withdraw", _("Withdrawn")


class PitchEvent(models.Model):
    """What was said or done about a pitch. Rows are added and never changed; without an account it was its writer."""

    Kind: TypeAlias = PitchEventKind

    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_by_editor = models.BooleanField(default=False)
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("words"), max_length=4000, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("event of a pitch")
        verbose_name_plural = _("events of pitches")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PitchEventKind.values), name="pitch_event_is_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=[PitchEventKind.ASK, PitchEventKind.ANSWER, PitchEventKind.DECLINE])
                | ~Q(text=""),
                name="what_is_said_about_a_pitch_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
