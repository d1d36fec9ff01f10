"""The address says yes. Opening the link changes nothing, for mail scanners open every link; the button does."""

import datetime as dt

from django.db import transaction

from blog.editorial.subscriptions.asking import CONFIRMED_WITHIN
from blog.models import Subscription


def has_run_out(subscription: Subscription, at: dt.datetime) -> bool:
    """Whether the time to confirm it is over."""
    return subscription.state == Subscription.State.ASKED and subscription.asked_at + CONFIRMED_WITHIN <= at


def confirm(*, subscription: Subscription, at: dt.datetime) -> bool:
    """Let an address follow from now on. Returns whether it follows; once more changes nothing.

    One whose time is over, or that was ended, stays so: it is asked for anew.
    """
    with transaction.atomic():
        row = Subscription.objects.select_for_update(of=("self",)).filter(pk=subscription.pk).first()
        if row is None or has_run_out(row, at):
            return False
        if row.state == Subscription.State.ASKED:
            row.state, row.confirmed_at = Subscription.State.ACTIVE, at
            row.save(update_fields=["state", "confirmed_at"])
        return row.state == Subscription.State.ACTIVE
