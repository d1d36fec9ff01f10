"""The picture that somebody may have beside their comments, and what moderators took away."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.illustrations import Illustration

# Shown 32 CSS pixels wide beside a comment and 96 in one's account, up to three times and twice as dense
SIDES = (96, 192)
FOLDER = "faces"


class AccountPicture(models.Model):
    """The picture beside the comments under an account’s display name; never beside those under a byline’s name.

    `file` is the largest of its renditions (`SIDES`, in pixels), all square and JPEG. Its name is random, so that it
    says neither whose it is nor when it came. Written by `accounts.commenting.appearance` alone.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="picture", verbose_name=_("account")
    )
    file = models.FileField(_("file"), upload_to=FOLDER, max_length=100)
    taken_in_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("picture of an account")
        verbose_name_plural = _("pictures of accounts")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(file=""), name="account_picture_has_a_file")]

    def __str__(self) -> str:
        # Never the file: with its name, a log would connect the picture and the account
        return f"Picture {self.pk}"

    @property
    def illustration(self) -> Illustration:
        """What a page needs to show it."""
        return face(self.file.name or "")


def rendition_names(name: str) -> dict[int, str]:
    """Return the names of all renditions in the storage, by their sides in pixels, from that of the largest."""
    path = PurePosixPath(name)
    return {side: name if side == SIDES[-1] else str(path.with_stem(f"{path.stem}-{side}")) for side in SIDES}


def face(name: str) -> Illustration:
    """Return what a page needs to show a picture, from the value of `AccountPicture.file` alone."""
    urls = {side: default_storage.url(each) for side, each in rendition_names(name).items()}
    srcset = ", ".join(f"{url} {side}w" for side, url in urls.items())
    return Illustration(urls[SIDES[0]], SIDES[0], SIDES[0], {}, srcset)


class PictureTakenAway(models.Model):
    """That a moderator took an account’s picture away, and why. The log; rows are added and never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="pictures_taken_away",
        verbose_name=_("account"),
    )
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("picture taken away")
        verbose_name_plural = _("pictures taken away")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="picture_taken_away_has_a_reason")]

    def __str__(self) -> str:
        return self.reason[:60]
