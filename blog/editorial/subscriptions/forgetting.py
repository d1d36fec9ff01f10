"""Addresses are kept no longer than they are needed."""

import datetime as dt

from django.db import transaction

from blog.editorial.letters.about_subscriptions import CONFIRM, RUNNING
from blog.editorial.subscriptions.asking import CONFIRMED_WITHIN
from blog.models import Letter, Subscription
from blog.models.subscriptions import OVER_STATES

# So long an old link still says what it ended, and an administrator can answer for it
OVER_KEPT = dt.timedelta(days=90)


def clear(*, at: dt.datetime) -> int:
    """Remove what nobody confirmed in 30 days, what ended 90 days ago, and the letters that asked.

    Returns how many subscriptions there were.
    """
    with transaction.atomic():
        unconfirmed = Subscription.objects.filter(
            state=Subscription.State.ASKED, asked_at__lt=at - CONFIRMED_WITHIN
        ).delete()
        over = Subscription.objects.filter(state__in=OVER_STATES, ended_at__lt=at - OVER_KEPT).delete()
        Letter.objects.filter(kind__in=[CONFIRM, RUNNING], written_at__lt=at - CONFIRMED_WITHIN).delete()
    return sum(removed.get("blog.Subscription", 0) for _all, removed in (unconfirmed, over))


def forget(address: str, at: dt.datetime) -> int:
    """Remove all that is known of an address that follows: its subscriptions, and the letters that asked it.

    Part of erasing an account, in its transaction; nobody is told. Returns how many subscriptions there were.
    """
    address = address.strip().lower()
    with transaction.atomic():
        Letter.objects.filter(kind__in=[CONFIRM, RUNNING], to_address=address).delete()
        _all, removed = Subscription.objects.of(address).delete()
    return removed.get("blog.Subscription", 0)
