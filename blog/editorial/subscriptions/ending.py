"""Ending a subscription: by its reader's link, on the page with all of them, or by an administrator."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.permissions import require_administrator
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions.links import end_link, manage_link
from blog.models import Subscription
from blog.models.subscriptions import OPEN_STATES, SubscriptionQuerySet
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["close", "end", "end_all", "end_by_administrator", "end_link", "is_open", "manage_link"]

MAX_REASON = 300


def is_open(subscription: Subscription) -> bool:
    """Whether the address of a subscription follows its subject, by this row or by a later one."""
    return _open_like(subscription).exists()


def end(*, subscription: Subscription, at: dt.datetime) -> bool:
    """End what an address follows, for its reader. Returns whether it was open; once more changes nothing.

    The link in an old letter also ends what was asked for anew since, and what was joined when names were merged.
    """
    with transaction.atomic():
        rows = list(_open_like(subscription).select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            close(row, Subscription.End.READER, at=at)
    return bool(rows)


def end_all(*, address: str, at: dt.datetime) -> int:
    """End everything that an address follows, and return how many there were."""
    with transaction.atomic():
        open_ones = Subscription.objects.of(address).filter(state__in=OPEN_STATES)
        rows = list(open_ones.select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            close(row, Subscription.End.READER, at=at)
    return len(rows)


def end_by_administrator(*, subscription: Subscription, reason: str, by: "User", at: dt.datetime) -> bool:
    """End a subscription for somebody who can't, and write down who did it and why.

    Raises PermissionDenied for anybody but administrators, IncompleteError without a reason. Nobody gets a letter.
    """
    require_administrator(by)
    reason = clean_line(reason)
    if not reason:
        raise IncompleteError({"reason": _("Say why, for whoever asks later.")})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": _("Shorten this to {most} characters.").format(most=MAX_REASON)})
    with transaction.atomic():
        rows = list(_open_like(subscription).select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            close(row, Subscription.End.ADMINISTRATOR, at=at, by=by, reason=reason)
    return bool(rows)


def close(
    row: Subscription, how: Subscription.End, *, at: dt.datetime, by: "User | None" = None, reason: str = ""
) -> None:
    """Write down that a locked subscription is over, and how."""
    is_bounced = how == Subscription.End.BOUNCES
    row.state = Subscription.State.BOUNCED if is_bounced else Subscription.State.ENDED
    row.ended_at, row.ended_how, row.ended_by, row.reason = at, how, by, reason
    row.save(update_fields=["state", "ended_at", "ended_how", "ended_by", "reason"])


def _open_like(subscription: Subscription) -> SubscriptionQuerySet:
    return Subscription.objects.filter(
        address=subscription.address,
        subject_kind=subscription.subject_kind,
        series=subscription.series_id,
        author=subscription.author_id,
        category=subscription.category_id,
        state__in=OPEN_STATES,
    )
