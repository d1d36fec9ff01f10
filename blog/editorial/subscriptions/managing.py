"""What an address follows, for whoever has a link from one of its letters: how often, and ending one or all."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.refusals import IncompleteError
from blog.models import Subscription
from blog.models.subscriptions import SubscriptionPace


def followed(address: str) -> list[Subscription]:
    """Return what an address follows now, the oldest first."""
    rows = Subscription.objects.active().of(address).select_related("series", "author", "category")
    return list(rows.order_by("confirmed_at", "pk"))


def choose(*, address: str, how_often: dict[int, str], at: dt.datetime) -> None:
    """Change how often an address gets letters about what it follows, by the keys of its subscriptions.

    A key that is not one of the address’s own counts for nothing. Raises IncompleteError, by `how_often_<key>`, for
    what can’t be chosen; then nothing is changed.
    """
    with transaction.atomic():
        rows = list(Subscription.objects.active().of(address).select_for_update(of=("self",)).order_by("pk"))
        chosen = [(row, how_often[row.pk]) for row in rows if row.pk in how_often]
        wrong = {f"how_often_{row.pk}" for row, pace in chosen if pace not in SubscriptionPace.values}
        if wrong:
            raise IncompleteError(dict.fromkeys(sorted(wrong), _("Choose one of the answers.")))
        for row, pace in chosen:
            if row.how_often != pace:
                row.how_often = pace
                row.save(update_fields=["how_often"])
