"""Corrections that a writer proposes once their piece is published."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProposalAnswer(models.TextChoices):
    """What the editors said to a proposed correction."""

    WAITING = "waiting", _("Waits for the editors")
    TAKEN = "taken", _("Taken up")
    REFUSED = "refused", _("Not taken up")


class Proposal(models.Model):
    """What a writer says is wrong in their published piece. The live text stays as it is until an editor corrects it.

    `block` counts the paragraphs, lists, tables … of the body of `revision` from 0; None is the whole piece. `passage`
    are that block's words, so that the proposal can be read beside any later text.
    """

    Answer: TypeAlias = ProposalAnswer

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="proposals")
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, related_name="+")
    block = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    passage = models.TextField(_("the paragraph’s words"), blank=True)
    wrong = models.TextField(_("what is wrong"), max_length=2000)
    wanted = models.TextField(_("what it should say"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    answer = models.CharField(_("answer"), max_length=10, choices=ProposalAnswer, default=ProposalAnswer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        constraints = [
            models.CheckConstraint(condition=~Q(wrong=""), name="proposal_says_what_is_wrong"),
            models.CheckConstraint(condition=Q(answer__in=ProposalAnswer.values), name="proposal_answer_is_known"),
            models.CheckConstraint(
                condition=Q(answer=ProposalAnswer.WAITING, answered_at__isnull=True)
                | ~Q(answer=ProposalAnswer.WAITING) & Q(answered_at__isnull=False),
                name="proposal_has_a_date_once_it_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(answer=ProposalAnswer.REFUSED) | ~Q(reason=""), name="refused_proposal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.wrong[:60]

    @property
    def is_waiting(self) -> bool:
        """Whether the editors have not answered it."""
        return self.answer == ProposalAnswer.WAITING
