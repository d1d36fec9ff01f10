"""What must never be false about subscriptions: rows for `test_facts`."""

from collections.abc import Callable

from blog.models import Subscription
from tests.factories import NOW, CategoryFactory, SeriesFactory, make_author


def subscribed(times: int = 1, **values: object) -> None:
    fields = {"address": "x@council.example", "subject_kind": "everything", "asked_at": NOW, **values}
    for _ in range(times):
        Subscription.objects.create(**fields)


FALSE_OF_SUBSCRIPTIONS: dict[str, Callable[[], object]] = {
    "subscription_state_is_known": lambda: subscribed(state="x"),
    "subscription_pace_is_known": lambda: subscribed(how_often="x"),
    "subscription_has_a_plain_address": lambda: subscribed(address="X@council.example"),
    "subscription_follows_one_subject": lambda: subscribed(series=SeriesFactory()),
    "active_subscription_is_confirmed": lambda: subscribed(state="active"),
    "asked_subscription_is_not_confirmed": lambda: subscribed(confirmed_at=NOW),
    "subscription_that_is_over_says_when_and_how": lambda: subscribed(state="ended", ended_at=NOW),
    "address_follows_everything_once": lambda: subscribed(times=2),
    "address_follows_series_once": lambda: subscribed(times=2, subject_kind="series", series=SeriesFactory()),
    "address_follows_author_once": lambda: subscribed(times=2, subject_kind="author", author=make_author()),
    "address_follows_category_once": lambda: subscribed(times=2, subject_kind="category", category=CategoryFactory()),
}
