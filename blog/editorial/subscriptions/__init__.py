"""Following the blog by mail: asked for, confirmed, managed and ended, all without an account.

`asking` takes in what somebody types and `confirming` makes it active; `managing` is the page behind the link in every
letter; `ending` and `bouncing` end; `moving` follows names that are merged or hidden; `forgetting` clears and erases;
`counting` is what editors see. `links` are signed and hold no address.
"""

from collections.abc import Iterable

from blog.models import Subscription
from blog.models.subscriptions import OPEN_STATES


def of_address(addresses: Iterable[str]) -> list[Subscription]:
    """Return what these addresses follow or are about to, with its subjects, by address and then by age."""
    wanted = {address.strip().lower() for address in addresses}
    rows = Subscription.objects.filter(address__in=wanted, state__in=OPEN_STATES)
    return list(rows.select_related("series", "author", "category").order_by("address", "asked_at", "pk"))
