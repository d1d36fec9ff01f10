"""What a WebSub hub is still to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HubNotice(models.Model):
    """That the feeds with a piece in them have changed. The worker tells the hub from `due_at` on, then removes it."""

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_until = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("notice to the hub")
        verbose_name_plural = _("notices to the hub")
        indexes = [
            models.Index(fields=["due_at"], name="hub_notice_due"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} at {self.due_at:%d.%m.%Y %H.%M}"
