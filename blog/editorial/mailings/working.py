"""What the worker does for mailings beside sending: it plans, begins what is due, and forgets."""

import datetime as dt

from blog.editorial.mailings import announcing, journal, round_up
from blog.models import Delivery, Mailing

# Who got which letter is kept so long, for whoever asks, and then forgotten: the counts are enough
KEPT = dt.timedelta(days=60)
MOST_FORGOTTEN = 5000
A_DAY = dt.timedelta(days=1)


def look(*, at: dt.datetime) -> int:
    """Plan what is new, begin what is due, and cancel what is too late. Returns how many mailings began."""
    announcing.plan(at=at)
    announcing.expire(at=at)
    round_up.prepare(at=at)
    begun = 0
    for mailing in Mailing.objects.filter(state=Mailing.State.PLANNED, at__lte=at).order_by("at", "pk"):
        begin = round_up.begin if mailing.is_round_up else announcing.begin
        begun += begin(mailing, at=at)
    return begun


def forget_old(*, at: dt.datetime) -> int:
    """Forget who got the letters of mailings that ended 60 days ago, so many at a time. Returns how many."""
    journal.clear(before=at - A_DAY)
    over = Mailing.objects.filter(state__in=[Mailing.State.DONE, Mailing.State.CANCELLED], at__lt=at - KEPT)
    keys = list(Delivery.objects.filter(mailing__in=over).values_list("pk", flat=True)[:MOST_FORGOTTEN])
    return Delivery.objects.filter(pk__in=keys).delete()[0]
