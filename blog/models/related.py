"""Pieces that go with a piece, worked out when one is published, so that readers need not wait for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Related(models.Model):
    """A published piece that goes with another, the closest first. Written by `blog.editorial.upkeep.related` alone.

    More are kept than are shown, so that one which is taken down leaves no gap.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="related_to")
    position = models.PositiveSmallIntegerField()

    class Meta:
        # By the key alone: the order of pieces would bring each piece along
        ordering = ("post_id", "position")
        verbose_name = _("related piece")
        verbose_name_plural = _("related pieces")
        constraints = [
            models.UniqueConstraint(fields=["post", "other"], name="piece_is_once_related"),
            models.CheckConstraint(condition=~models.Q(post=models.F("other")), name="piece_is_not_related_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} beside {self.post_id}"
