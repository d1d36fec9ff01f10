"""What search keeps beside its index: the words for “did you mean”, and what OpenSearch has not been told yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.words import LONGEST_WORD


class SearchedWord(models.Model):
    """A word of a published piece, folded (`blog.words`).

    It may have gone from readers since, so nobody is shown one that finds nothing (`blog.reading.spelling`).
    """

    word = models.CharField(max_length=LONGEST_WORD, unique=True)

    class Meta:
        verbose_name = _("word for search")
        verbose_name_plural = _("words for search")

    def __str__(self) -> str:
        return self.word


class OutdatedEntry(models.Model):
    """A piece of which OpenSearch knows something else than the database.

    Written in the transaction of the change (`blog.editorial.upkeep.search_index`); removed by the worker that told
    OpenSearch, unless `changes` has gone up meanwhile. Until then such a piece is left out of what OpenSearch finds.
    """

    post = models.OneToOneField("blog.Post", on_delete=models.CASCADE, primary_key=True, related_name="+")
    changes = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("outdated entry in OpenSearch")
        verbose_name_plural = _("outdated entries in OpenSearch")
        indexes = [models.Index(fields=["due_at"], name="outdated_entry_by_time")]

    def __str__(self) -> str:
        return str(self.post_id)
