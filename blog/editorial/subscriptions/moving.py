"""Subscriptions to a name that is merged into another, or goes under a pen name."""

import datetime as dt

from blog.editorial.subscriptions.ending import close
from blog.models import Author, Subscription
from blog.models.subscriptions import OPEN_STATES


def join(*, kept: Author, gone: Author, at: dt.datetime) -> None:
    """End what an address that follows both names follows twice; of two it keeps the confirmed one.

    To be called in the transaction of the merger, before what hangs on the one name is moved to the other. The ended
    row moves along, so that the link in an old letter ends what is left.
    """
    rows = Subscription.objects.filter(author__in=[kept, gone], state__in=OPEN_STATES)
    by_address: dict[str, list[Subscription]] = {}
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        by_address.setdefault(row.address, []).append(row)
    for doubles in by_address.values():
        doubles.sort(key=lambda row: (row.state != Subscription.State.ACTIVE, row.author_id != kept.pk))
        for row in doubles[1:]:
            close(row, Subscription.End.MERGED, at=at)


def drop_followers(author: Author) -> int:
    """Remove whoever follows a name, in the transaction in which it goes under a pen name or takes another one.

    A letter about the new name, or its place on a reader’s page, would say whose name it was. For the same reason no
    old address leads to it. Returns how many there were.
    """
    removed, _by_model = Subscription.objects.filter(author=author).delete()
    return removed
