"""What a mail provider tells us of letters to subscribers: that they came back, or were marked as unwanted.

Only the configured provider is listened to, only with a secret (ANYMAIL_WEBHOOK_SECRET, like name:password), and at one
address, /hooks/mail/<provider>/tracking/. Of opened letters and followed links nothing is kept.
"""

from typing import Any

from django.conf import settings
from django.urls import URLPattern
from django.utils import timezone

from blog.editorial.subscriptions.bouncing import note_bounce, note_complaint

# What anymail calls these (https://anymail.dev, “Tracking sent mail status”)
CAME_BACK, UNWANTED = {"bounced", "rejected"}, {"complained", "unsubscribed"}
NO_SUCH_MAILBOX, REFUSED_BY_READER = {"invalid", "bounced"}, {"spam", "unsubscribed"}


def addresses() -> list[URLPattern]:
    """Return the address at which the configured provider reports; none without a provider and a secret."""
    if not (settings.MAIL_PROVIDER and settings.ANYMAIL.get("WEBHOOK_SECRET")):
        return []
    from anymail.signals import tracking  # noqa: PLC0415  Only where a provider is configured
    from anymail.urls import urlpatterns  # noqa: PLC0415  Only where a provider is configured

    tracking.connect(heard, dispatch_uid="wlg.mail_hooks")
    # Mandrill has one address for everything
    names = {f"{settings.MAIL_PROVIDER}_tracking_webhook", f"{settings.MAIL_PROVIDER}_webhook"}
    return [pattern for pattern in urlpatterns if pattern.name in names]


def heard(sender: object, event: Any, **_kwargs: object) -> None:
    """Count a letter that came back; end what an address follows that wants no more."""
    address, at = (event.recipient or "").strip().lower(), timezone.now()
    if not address:
        return
    is_unwanted = event.event_type in UNWANTED or event.reject_reason in REFUSED_BY_READER
    if event.event_type in CAME_BACK and not is_unwanted:
        note_bounce(address=address, at=at, is_permanent=event.reject_reason in NO_SUCH_MAILBOX)
    elif is_unwanted:
        note_complaint(address=address, at=at)
