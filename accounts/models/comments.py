"""Comments and what editors decided about them."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, with the one gate for readers."""

    def public(self) -> "CommentQuerySet":
        """Return what readers may see, whoever they are."""
        return self.filter(state=Comment.State.APPROVED)

    def for_lists(self) -> "CommentQuerySet":
        """Bring along whose it is and on which piece, in one query, without the long texts of the piece."""
        texts = ("post__live", "post__working")
        long = [f"{text}__{field}" for text in texts for field in ("body", "introduction")]
        return self.select_related("user", "author", *texts).defer(*long)


class CommentState(models.TextChoices):
    """Whether readers see it."""

    HELD = "held", _("With the editors")
    APPROVED = "approved", _("Approved")
    HIDDEN = "hidden", _("Taken down")
    SPAM = "spam", _("Spam")
    DELETED = "deleted", _("Taken away by its writer")


def anchor_of(pk: int) -> str:
    """Return the identifier of a comment in its page."""
    return f"comment-{pk}"


def page_address(piece: str, page: int | None) -> str:
    """Return the address of a page of a discussion; the first one stands under the piece itself."""
    return f"{piece}comment-page-{page}/" if page and page > 1 else piece


class Comment(models.Model):
    """What somebody wrote under a piece, in plain text.

    A reply to a reply stands under the same comment at the top, its `parent`, and remembers in `replied_to` which one
    it answers; a reply to the top itself needs no such memory. `page` is the page of the discussion that it stands on:
    given once, when readers first see it, and kept for ever, so that its permalink never moves
    (`accounts.commenting.placing`).
    """

    State: TypeAlias = CommentState

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    replied_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        help_text=_("The reply that this one answers, under the same comment."),
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        "blog.Author",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The name on the piece's byline that this comment is written under."),
    )
    is_by_editor = models.BooleanField(_("by an editor"), default=False, help_text=_("When it was written."))
    text = models.TextField(_("comment"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    # Why it waits or waited, as `commenting.screening.Verdict` says it
    held_because = models.JSONField(default=list, blank=True, editable=False)
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("taken away by its writer"), null=True, blank=True)
    page = models.PositiveSmallIntegerField(_("page"), null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comments", _("Can approve and hide comments and block accounts"))]
        indexes = [
            models.Index(fields=["post", "state", "written_at"], name="comment_of_a_post"),
            models.Index(fields=["state", "-written_at", "-id"], name="comment_by_state"),
        ]
        constraints = [
            # One that its writer took away may be forgotten
            models.CheckConstraint(condition=Q(state=CommentState.DELETED) | ~Q(text=""), name="comment_has_a_text"),
            # Under a byline's name nothing else may be said about the account
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(is_by_editor=False), name="byline_says_nothing_else"
            ),
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_is_known"),
            models.CheckConstraint(
                condition=Q(replied_to__isnull=True) | Q(parent__isnull=False), name="answer_stands_under_a_comment"
            ),
            models.CheckConstraint(
                condition=Q(state=CommentState.DELETED, deleted_at__isnull=False)
                | ~Q(state=CommentState.DELETED) & Q(deleted_at__isnull=True),
                name="deleted_comment_says_when",
            ),
            models.CheckConstraint(
                condition=Q(edited_at__isnull=True) | Q(edited_at__gte=F("written_at")), name="edited_after_written"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(page__gte=1), name="comment_page_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def public_name(self) -> str:
        """The name readers see: the byline's for a writer of the piece, else the account's display name."""
        return self.author.name if self.author else self.user.display_name

    @property
    def anchor(self) -> str:
        """The identifier of the comment in its page, for permalinks."""
        return anchor_of(self.pk)

    def get_absolute_url(self) -> str:
        """Return the permalink, in the page of the discussion that it stands on."""
        return f"{page_address(self.post.get_absolute_url(), self.page)}#{self.anchor}"

    def own_url(self) -> str:
        """Return where its writer sees it, whatever its state."""
        return reverse("accounts:comment", args=[self.post_id])


class CommentEdit(models.Model):
    """The text of a comment as it stood before its writer changed it. Rows are added and never changed."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(_("earlier text"), max_length=5000)
    at = models.DateTimeField(_("replaced"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("earlier text of a comment")
        verbose_name_plural = _("earlier texts of comments")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="earlier_comment_has_a_text")]

    def __str__(self) -> str:
        return self.text[:60]


class DecisionKind(models.TextChoices):
    """What was decided about a comment."""

    APPROVE = "approve", _("Approved")
    HIDE = "hide", _("Taken down")
    SPAM = "spam", _("Marked as spam")
    KEEP = "keep", _("Left as it is after reports")
    HOLD = "hold", _("Held after reports")


class CommentDecision(models.Model):
    """A decision by an editor about a comment. The log; rows are added and never changed."""

    Kind: TypeAlias = DecisionKind

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    # The state it was in; of decisions from before this was kept, none
    was = models.CharField(_("was"), max_length=10, choices=CommentState, blank=True)
    to_reporters = models.TextField(_("to those who reported it"), max_length=1000, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("decision about a comment")
        verbose_name_plural = _("decisions about comments")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.HIDE) | ~Q(reason=""), name="taking_down_a_comment_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
