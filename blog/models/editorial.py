"""What editors and writers do with a piece: moves, messages, sign-offs, invitations, corrections."""

import datetime as dt
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.states import MOVES, MoveKind, State

NEED_A_REASON = sorted(kind for kind, rule in MOVES.items() if rule.needs_reason)
# What came from an archive began elsewhere; coming again with another text, it comes from a state as well
BEGINNINGS = [MoveKind.BEGIN, MoveKind.BRING_IN]


class Move(models.Model):
    """One move of a piece. The history; rows are added and never changed."""

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(_("move"), max_length=20, choices=MoveKind)
    from_state = models.CharField(_("from"), max_length=20, choices=State, blank=True)
    to_state = models.CharField(_("to"), max_length=20, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MoveKind.values), name="move_kind_is_known"),
            models.CheckConstraint(condition=Q(to_state__in=State.values), name="move_leads_to_a_known_state"),
            models.CheckConstraint(
                condition=Q(kind__in=BEGINNINGS, from_state="")
                | ~Q(kind=MoveKind.BEGIN) & Q(from_state__in=State.values),
                name="only_the_beginning_comes_from_no_state",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEED_A_REASON) | ~Q(reason=""), name="move_has_the_reason_it_needs"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Message(models.Model):
    """A line in the conversation between the writers and the editors of a piece."""

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("message"), max_length=4000)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Sign-offs, with those that still hold."""

    def holding(self) -> "SignOffQuerySet":
        """Return those that no change of the byline has voided."""
        return self.filter(voided_at__isnull=True)


class SignOff(models.Model):
    """A name's consent to exactly one text under exactly one byline. It holds for no other hashes.

    A byline that changes voids it; the row stays, as what was once agreed to.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="sign_offs")
    author = models.ForeignKey("blog.Author", on_delete=models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, related_name="sign_offs")
    content_hash = models.CharField(max_length=64)
    byline_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("when"))
    voided_at = models.DateTimeField(_("voided"), null=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ("at",)
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "revision"],
                condition=Q(voided_at__isnull=True),
                name="author_signs_off_a_text_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.author)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, with those that still lead somewhere."""

    def unanswered(self) -> "InvitationQuerySet":
        """Return those that were neither accepted nor declined nor taken back; they may have run out."""
        return self.filter(accepted_at__isnull=True, declined_at__isnull=True, revoked_at__isnull=True)

    def locked(self, pk: int) -> "Invitation":
        """Return the row as it is now, locked until the transaction ends, and joined to nothing."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Invitation(models.Model):
    """An invitation to write a piece, bound to an address. The link's token is kept only as a hash."""

    class Status(models.TextChoices):
        """What editors see of it. Never stored: it follows from the dates."""

        SENT = "sent", _("Sent")
        OPENED = "opened", _("Opened")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Revoked")

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="invitations")
    author = models.ForeignKey("blog.Author", on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"))
    is_address_hidden = models.BooleanField(
        default=False, editable=False, help_text=_("Sent to somebody’s account: editors are not told its address.")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    declined_at = models.DateTimeField(_("declined"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at",)
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "author"],
                condition=Q(revoked_at__isnull=True, declined_at__isnull=True),
                name="name_is_invited_once_to_a_piece",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True)
                | Q(accepted_at__isnull=True, revoked_at__isnull=True)
                | Q(declined_at__isnull=True, revoked_at__isnull=True),
                name="invitation_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        # Never the address: this string ends up in logs and messages
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_unanswered(self) -> bool:
        """Say of a row at hand what `InvitationQuerySet.unanswered` says of rows in the database."""
        return not (self.accepted_at or self.declined_at or self.revoked_at)

    def status_at(self, moment: dt.datetime) -> "Invitation.Status":
        """Return what has become of it by that moment."""
        if self.revoked_at:
            return self.Status.REVOKED
        if self.declined_at:
            return self.Status.DECLINED
        if self.accepted_at:
            return self.Status.ACCEPTED
        if self.expires_at <= moment:
            return self.Status.EXPIRED
        return self.Status.OPENED if self.opened_at else self.Status.SENT

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an invitation is revoked, never removed."""
        raise TypeError("Revoke an invitation instead of removing it.")
