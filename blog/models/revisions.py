"""The texts of a piece. A revision never changes; whoever edits makes a new one."""

import hashlib
import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionIsFinalError(Exception):
    """Somebody tried to change or remove a revision."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions, which can be added and read, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a revision never changes."""
        raise RevisionIsFinalError("A revision never changes; make a new one.")

    def delete(self) -> NoReturn:
        """Refuse: nothing that anyone typed is ever lost."""
        raise RevisionIsFinalError("A revision is never removed.")


class Revision(models.Model):
    """One version of a piece's text. `body` and `introduction` are clean HTML, the rest plain text."""

    post = models.ForeignKey("blog.Post", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=1000, blank=True)
    body = models.TextField(_("text"), blank=True)
    introduction = models.TextField(_("editor’s introduction"), blank=True)
    introduced_by = models.ForeignKey(
        "blog.Author", on_delete=models.PROTECT, null=True, blank=True, related_name="introductions"
    )
    lead_picture = models.ForeignKey(
        "blog.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="leads"
    )
    words = models.PositiveIntegerField(_("words"), default=0)
    content_hash = models.CharField(max_length=64, editable=False)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        # By the key alone: the order of pieces would bring each piece along
        ordering = ("post_id", "number")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_numbers_of_a_post_differ"),
            models.CheckConstraint(
                condition=models.Q(introduction="") | models.Q(introduced_by__isnull=False),
                name="introduction_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or _('Untitled')} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new revision with its hash; raise RevisionIsFinalError for one that is in the database."""
        if not self._state.adding:
            raise RevisionIsFinalError("A revision never changes; make a new one.")
        self.content_hash = self.hash_of_content()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nothing that anyone typed is ever lost."""
        raise RevisionIsFinalError("A revision is never removed.")

    def hash_of_content(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything that a reader would see of this text."""
        content = [
            self.title,
            self.standfirst,
            self.body,
            self.introduction,
            self.introduced_by_id,
            self.lead_picture_id,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one, at 230 words a minute."""
        return max(1, round(self.words / 230))
