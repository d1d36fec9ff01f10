"""Recording what a change has made out of date, in the transaction of the change."""

import datetime as dt

from blog.models import Purge

KEPT = dt.timedelta(days=7)  # After so long no machine that still serves old pages can be waiting for them


def mark(*keys: str, at: dt.datetime) -> None:
    """Record that pages showing any of these (`blog.keys`) are out of date from that moment on, which may lie ahead."""
    Purge.objects.bulk_create(Purge(key=key, due_at=at) for key in dict.fromkeys(keys))


def forget_old(*, at: dt.datetime) -> int:
    """Remove the purges that every machine has carried out long since, and return how many there were."""
    removed, _ = Purge.objects.filter(due_at__lt=at - KEPT).delete()
    return removed
