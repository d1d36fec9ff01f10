"""Pictures, always re-encoded and without metadata before they come here."""

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.illustrations import Illustration

# Kinds of renditions that only some browsers know; the others are for all
MEDIA_TYPES = {"avif": "image/avif"}


class Picture(models.Model):
    """One uploaded picture. The file's name is random, so that a draft's pictures can't be guessed.

    `renditions` says which there are: `{"avif": [480, 640], "jpg": [480, 640]}`, widths in pixels by the ending of the
    name. It comes along with the row, so that no page asks for it. Written by `blog.editorial.upkeep.renditions`,
    which makes them from `renditions_due_at` on.
    """

    file = models.FileField(_("file"), upload_to="pictures/%Y/%m/", max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    alt = models.CharField(_("description"), max_length=500, blank=True)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))

    renditions = models.JSONField(default=dict, editable=False)
    renditions_due_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=1000, blank=True, editable=False)

    class Meta:
        ordering = ("-uploaded_at",)
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            models.Index(fields=["file"], name="picture_by_file"),
            models.Index(
                fields=["renditions_due_at"],
                condition=Q(renditions_due_at__isnull=False),
                name="picture_by_due_renditions",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt or f"Picture {self.pk}"

    def rendition_name(self, width: int, ending: str) -> str:
        """Return the name of a rendition in the storage, as hard to guess as the picture's own."""
        return str(PurePosixPath(self.file.name or "").with_suffix("")) + f"-{width}.{ending}"

    @property
    def illustration(self) -> Illustration:
        """What a page needs to show it: as it was taken in, until its renditions are made."""
        srcsets = {ending: self._srcset(ending, widths) for ending, widths in self.renditions.items()}
        return Illustration(
            self.file.url,
            self.width,
            self.height,
            {MEDIA_TYPES[ending]: srcset for ending, srcset in srcsets.items() if ending in MEDIA_TYPES},
            next((srcset for ending, srcset in srcsets.items() if ending not in MEDIA_TYPES), ""),
        )

    def _srcset(self, ending: str, widths: list[int]) -> str:
        url = self.file.storage.url
        return ", ".join(f"{url(self.rendition_name(width, ending))} {width}w" for width in widths)
