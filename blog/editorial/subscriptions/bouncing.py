"""Letters to subscribers that come back, and those that are marked as unwanted."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from blog.editorial.subscriptions.ending import close
from blog.models import Subscription

PERMANENT, TRANSIENT = 2, 1  # What one letter that came back counts
A_DAY = dt.timedelta(days=1)
FORGOTTEN = dt.timedelta(days=60)  # A mailbox that was full last winter is no reason to end anything now


def note_bounce(*, address: str, at: dt.datetime, is_permanent: bool) -> int:
    """Count a letter that came back; end what the address follows where too many have. Returns how many ended.

    A permanent one (no such mailbox) counts twice, one a day counts, and what lies 60 days back is forgotten. From
    `SUBSCRIPTION_BOUNCES` on the subscription is over.
    """
    ended = 0
    with transaction.atomic():
        for row in Subscription.objects.active().of(address).select_for_update(of=("self",)).order_by("pk"):
            if row.bounced_at and at - row.bounced_at < A_DAY:
                continue
            before = row.bounces if row.bounced_at and at - row.bounced_at < FORGOTTEN else 0
            row.bounces, row.bounced_at = before + (PERMANENT if is_permanent else TRANSIENT), at
            row.save(update_fields=["bounces", "bounced_at"])
            if row.bounces >= settings.SUBSCRIPTION_BOUNCES:
                close(row, Subscription.End.BOUNCES, at=at)
                ended += 1
    return ended


def note_complaint(*, address: str, at: dt.datetime) -> int:
    """End everything that an address follows, for it told its provider that a letter was unwanted. Returns how many."""
    with transaction.atomic():
        rows = list(Subscription.objects.active().of(address).select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            close(row, Subscription.End.COMPLAINT, at=at)
    return len(rows)
