"""A hold some weeks ahead, as the calendar shows it."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from blog.editorial import holds
from blog.editorial.calendar import midnight
from blog.models import Hold

FIRST, LAST = dt.timedelta(days=18), dt.timedelta(days=24)


def make_holds(*, by: User, now: dt.datetime) -> None:
    """Keep a week free in which the council votes; what has to go out then needs a reason."""
    today = timezone.localdate(now)
    hold = Hold(
        name="Week of the vote",
        reason="The council votes on the new offices. Nothing that could be read as taking a side goes out before.",
        begins_at=midnight(today + FIRST),
        ends_at=midnight(today + LAST + dt.timedelta(days=1)),
    )
    holds.keep(hold=hold, categories=None, by=by, at=now)
