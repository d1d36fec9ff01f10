"""Recording what a change has made out of date, in the transaction of the change."""

import datetime as dt

from blog.models import Purge


def mark(*keys: str, at: dt.datetime) -> None:
    """Record that pages showing any of these (`blog.keys`) are out of date from that moment on, which may lie ahead."""
    Purge.objects.bulk_create(Purge(key=key, due_at=at) for key in dict.fromkeys(keys))
