"""What was changed after publication, and which earlier texts are kept from readers."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blog.states import CHANGES, CorrectionKind, State

KEEP_EARLIER_TEXTS = sorted(kind for kind, change in CHANGES.items() if change.shows_earlier_text)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Changes after publication, with the one gate for readers."""

    def shown_at(self, moment: dt.datetime) -> "CorrectionQuerySet":
        """Return what readers may know at that moment: notices on visible pieces, and retractions that stand."""
        told = [kind for kind, change in CHANGES.items() if not change.is_silent]
        on_page = Q(kind__in=told, post__state=State.PUBLISHED, post__published_at__lte=moment)
        on_page &= ~Q(kind=CorrectionKind.RETRACTION)
        taken_down = Q(kind=CorrectionKind.RETRACTION, lifted_at__isnull=True, post__state=State.RETRACTED)
        return self.filter(on_page | taken_down, at__lte=moment)

    def newest_first(self) -> "CorrectionQuerySet":
        """Order as readers meet them."""
        return self.order_by("-at", "-pk")


class Correction(models.Model):
    """A change of a published piece: which kind, what readers are told, and from which text to which.

    A retraction changes no text: it takes the piece away until it is lifted. `is_withheld` repeats what the newest
    `Withholding` says, so that a page takes no query for it.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(
        _("kind"), max_length=20, choices=CorrectionKind, default=CorrectionKind.CORRECTION, editable=False
    )
    note = models.TextField(_("note to readers"), max_length=1000, blank=True)
    earlier = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    corrected = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    shows_title = models.BooleanField(_("names the piece"), default=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    is_withheld = models.BooleanField(_("earlier text withheld"), default=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["-at", "-id"], name="correction_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | Q(kind=CorrectionKind.RETRACTION), name="correction_has_a_note"
            ),
            models.CheckConstraint(condition=~Q(earlier=F("corrected")), name="correction_changes_the_text"),
            models.CheckConstraint(condition=Q(kind__in=CorrectionKind.values), name="correction_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=CorrectionKind.RETRACTION, earlier__isnull=True, corrected__isnull=True)
                | ~Q(kind=CorrectionKind.RETRACTION) & Q(earlier__isnull=False, corrected__isnull=False),
                name="retraction_alone_changes_no_text",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(kind=CorrectionKind.RETRACTION),
                name="retraction_alone_is_lifted",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(kind=CorrectionKind.RETRACTION, lifted_at__isnull=True),
                name="piece_is_retracted_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False) | Q(kind__in=KEEP_EARLIER_TEXTS),
                name="only_a_readable_text_is_withheld",
            ),
        ]

    def __str__(self) -> str:
        return self.note[:60]

    @property
    def is_noticed(self) -> bool:
        """Whether the piece's page carries a notice of it, with the earlier text behind it."""
        return CHANGES[CorrectionKind(self.kind)].shows_earlier_text


class Withholding(models.Model):
    """An earlier text that editors keep from readers, and why; and when it was given back, if it was."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="withholdings")
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    given_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    given_back_at = models.DateTimeField(_("given back"), null=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("withheld text")
        verbose_name_plural = _("withheld texts")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withholding_has_a_reason"),
            models.UniqueConstraint(
                fields=["correction"],
                condition=Q(given_back_at__isnull=True),
                name="earlier_text_is_withheld_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:60]
