"""Who follows the demonstration by mail, what has gone out to them, and the round-up that waits with its words."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from blog.editorial.mailings import announcing, round_up
from blog.editorial.subscriptions import asking, bouncing, confirming, ending
from blog.editorial.subscriptions.subjects import EVERYTHING, Subject
from blog.models import Author, Category, Mailing, Series, Subscription
from blog.models.subscriptions import SubjectKind

Pace = Subscription.Pace
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
INTRODUCTION = (
    "It rained, the budget was set, and nobody in this week’s pieces raised their voice. Begin with Mrs Haskins’s wall "
    "if you have ten minutes, and with the clementines if you have eleven evenings.\n\nTom and Sam"
)


def follow(users: dict[str, User], *, now: dt.datetime) -> None:
    """Let people follow everything, a series, a writer and a category, and let some begin, end or be lost again."""
    at = now - 60 * DAY
    series = Subject(SubjectKind.SERIES, Series.objects.get(slug="small-lists"))
    writer = Subject(SubjectKind.AUTHOR, Author.objects.get(slug="priya-raman"))
    category = Subject(SubjectKind.CATEGORY, Category.objects.get(slug="democracy"))
    for name, subject, pace in (
        ("enid-vaughan", EVERYTHING, Pace.AT_ONCE),
        ("len-arkwright", EVERYTHING, Pace.WEEKLY),
        ("moira-teal", EVERYTHING, Pace.WEEKLY),
        ("planning-desk", series, Pace.AT_ONCE),
        ("tess-golding", writer, Pace.AT_ONCE),
        ("clerk-at-hollin", category, Pace.WEEKLY),
        ("gone-away", EVERYTHING, Pace.WEEKLY),
        ("had-enough", category, Pace.AT_ONCE),
    ):
        address = f"{name}@aob.example"
        asking.ask(address=address, subject=subject, how_often=pace, at=at)
        confirming.confirm(subscription=Subscription.objects.of(address).get(), at=at + HOUR)
    # Signed in, with the address confirmed: at once
    dana = users["dana-whitby"]
    asking.ask(address=dana.email, subject=EVERYTHING, how_often=Pace.AT_ONCE, at=at, user=dana)
    asking.ask(address="not-yet@aob.example", subject=EVERYTHING, how_often=Pace.AT_ONCE, at=now - 2 * HOUR)
    ending.end(subscription=Subscription.objects.of("had-enough@aob.example").get(), at=now - 20 * DAY)
    for week in (3, 2, 1):
        bouncing.note_bounce(address="gone-away@aob.example", at=now - week * 7 * DAY, is_permanent=True)


def mail_them(users: dict[str, User], *, now: dt.datetime) -> None:
    """Tell of the pieces of the last days, and prepare the round-up, which goes out within a day."""
    announcing.plan(at=now)
    for mailing in Mailing.objects.filter(at__lte=now).order_by("at", "pk"):
        announcing.begin(mailing, at=now)
    tom = users["tom-ashby"]
    due = timezone.localtime(now + 20 * HOUR)
    round_up.set_time(weekday=due.weekday(), hour=due.hour, by=tom, at=now)
    draft = round_up.prepare(at=now)
    if draft:
        # The newest first, as the introduction has it
        rows = list(draft.pieces.order_by("-position"))
        places = {row.pk: number for number, row in enumerate(rows, 1)}
        round_up.change(mailing=draft, introduction=INTRODUCTION, places=places, left_out=set(), by=tom, at=now)
