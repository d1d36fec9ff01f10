"""What follows for a badge when its address goes: allauth removes addresses by itself, and the badge with them."""

from typing import Any

from django.utils import timezone

from accounts.models import Badge
from accounts.verifying.badges import gone_from_pages


def note_that_it_is_gone(*, instance: Badge, origin: Any, **kwargs: Any) -> None:
    """Record, in the transaction of the removal, that pages that show the badge are out of date.

    Called by Django when a row of badges is deleted. Our own functions say so themselves, with their moment.
    """
    is_ours = isinstance(origin, Badge) or getattr(origin, "model", None) is Badge
    if not is_ours:
        gone_from_pages(user_pk=instance.user_id, at=timezone.now())
