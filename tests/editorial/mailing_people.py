"""People who follow the blog, for tests of mailings."""

import datetime as dt
from typing import Any

from blog.editorial.mailings import working
from blog.editorial.mailings.sending import send_some
from blog.models import Mailing, Subscription
from tests.factories import NOW

Kind, Pace, State = Subscription.Kind, Subscription.Pace, Subscription.State
A_WEEK_AGO = NOW - dt.timedelta(days=7)


def follow(address: str, *, weekly: bool = False, at: dt.datetime = A_WEEK_AGO, **subject: Any) -> Subscription:
    """Let an address follow everything, or the series, author or category that is named."""
    kind = next(iter(subject), Kind.EVERYTHING)
    return Subscription.objects.create(
        address=address,
        subject_kind=kind,
        how_often=Pace.WEEKLY if weekly else Pace.AT_ONCE,
        state=State.ACTIVE,
        asked_at=at,
        confirmed_at=at,
        **subject,
    )


def many_follow(count: int, **fields: Any) -> None:
    """Let so many addresses follow everything."""
    given = {"subject_kind": Kind.EVERYTHING, "how_often": Pace.AT_ONCE, "state": State.ACTIVE}
    Subscription.objects.bulk_create(
        Subscription(
            **{**given, **fields}, address=f"p{n}@council.example", asked_at=A_WEEK_AGO, confirmed_at=A_WEEK_AGO
        )
        for n in range(count)
    )


def go_on(at: dt.datetime, *, most: int = 50) -> int:
    """Do what the worker does: look, and send until nothing is left. Returns how many letters were dealt with."""
    working.look(at=at)
    dealt_with = 0
    while some := send_some(at=at, most=most):
        dealt_with += some
    return dealt_with


def announcement() -> Mailing:
    return Mailing.objects.get(kind=Mailing.Kind.ANNOUNCEMENT)
