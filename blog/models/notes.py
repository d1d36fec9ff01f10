"""Notes on a piece: each about one paragraph or the whole, answered and settled one by one. None is ever removed."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoteState(models.TextChoices):
    """What has become of a note. Only a suggestion is taken or left."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    TAKEN = "taken", _("Taken")
    LEFT = "left", _("Left as it was")


class Note(models.Model):
    """A note, or a suggestion: then `old` are the writer's words, and `new` those to stand in their place.

    `block` counts the paragraphs, lists, tables … of the body of `revision` from 0; None is the whole piece. `passage`
    are that block's words, kept so that its place is found again in any later text (`blog.editorial.noting.anchoring`).
    """

    State: TypeAlias = NoteState

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="notes")
    revision = models.ForeignKey("blog.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    block = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    passage = models.TextField(_("the paragraph’s words"), blank=True)
    quote = models.CharField(_("words it is about"), max_length=300, blank=True)
    text = models.TextField(_("note"), max_length=4000, blank=True)
    old = models.CharField(_("words to replace"), max_length=300, blank=True)
    new = models.TextField(_("suggested words"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_by_writer = models.BooleanField(_("by a writer"), default=False)
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=NoteState, default=NoteState.OPEN)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=NoteState.values), name="note_outcome_is_known"),
            models.CheckConstraint(condition=~Q(text="") | ~Q(old=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(block__isnull=True, passage="", quote="", old="")
                | Q(block__isnull=False, revision__isnull=False),
                name="note_on_words_has_a_paragraph",
            ),
            models.CheckConstraint(
                condition=Q(old="", new="") | ~Q(old="") & ~Q(old=models.F("new")),
                name="suggestion_changes_some_words",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["taken", "left"]) | ~Q(old=""), name="only_a_suggestion_is_taken_or_left"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", settled_at__isnull=True) | ~Q(outcome="open") & Q(settled_at__isnull=False),
                name="note_has_a_date_once_it_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return (self.text or self.old)[:60]

    @property
    def is_suggestion(self) -> bool:
        """Whether it offers other words."""
        return bool(self.old)

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.outcome == NoteState.OPEN


class NoteAnswer(models.Model):
    """What somebody said to a note."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("answer"), max_length=4000)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("answer to a note")
        verbose_name_plural = _("answers to notes")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_to_a_note_says_something")]

    def __str__(self) -> str:
        return self.text[:60]


class SavedReply(models.Model):
    """Words that editors write again and again, ready to be put into a reason, a note or a message."""

    title = models.CharField(_("title"), max_length=80, unique=True, help_text=_("What you choose it by."))
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        ordering = ("title",)
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="saved_reply_has_a_title_and_a_text")
        ]

    def __str__(self) -> str:
        return self.title
