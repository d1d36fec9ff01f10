"""What editors see of who follows: numbers, never an address. Administrators find one that they know already."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from blog.editorial.permissions import require_administrator, require_editor
from blog.editorial.subscriptions.subjects import Subject
from blog.models import Author, Category, Series, Subscription
from blog.models.subscriptions import SubjectKind, SubscriptionPace

if TYPE_CHECKING:
    from accounts.models import User

MONTH = dt.timedelta(days=30)
MOST_SUBJECTS = 50


@dataclass(frozen=True)
class Followed:
    """How many follow one subject, and how often they want letters."""

    subject: Subject
    at_once: int
    weekly: int

    @property
    def total(self) -> int:
        """All who follow it."""
        return self.at_once + self.weekly


@dataclass(frozen=True)
class Numbers:
    """How many follow what, and how that has changed within 30 days."""

    addresses: int
    waiting: int
    begun: int
    ended: int
    came_back: int
    complained: int
    subjects: list[Followed]


def numbers(*, by: "User", at: dt.datetime) -> Numbers:
    """Count who follows what. Raises PermissionDenied for anybody but editors."""
    require_editor(by)
    since = at - MONTH
    active, how = Subscription.objects.active(), Subscription.End
    changed = Subscription.objects.aggregate(
        waiting=Count("pk", filter=Q(state=Subscription.State.ASKED)),
        begun=Count("pk", filter=Q(confirmed_at__gt=since)),
        ended=Count("pk", filter=Q(ended_at__gt=since, confirmed_at__isnull=False) & ~Q(ended_how=how.MERGED)),
        came_back=Count("pk", filter=Q(ended_at__gt=since, ended_how=how.BOUNCES)),
        complained=Count("pk", filter=Q(ended_at__gt=since, ended_how=how.COMPLAINT)),
    )
    addresses = active.aggregate(addresses=Count("address", distinct=True))["addresses"]
    return Numbers(addresses=addresses, subjects=_subjects(), **changed)


def known(*, address: str, by: "User") -> list[Subscription]:
    """Return what an address follows, followed, or is about to. The whole address must be known; no part finds it.

    Raises PermissionDenied for anybody but administrators.
    """
    require_administrator(by)
    rows = Subscription.objects.of(address).select_related("series", "author", "category", "ended_by")
    return list(rows.order_by("-asked_at", "-pk"))


def _subjects() -> list[Followed]:
    weekly = Count("pk", filter=Q(how_often=SubscriptionPace.WEEKLY))
    rows = (
        Subscription.objects.active()
        .order_by()
        .values("subject_kind", "series", "author", "category")
        .annotate(total=Count("pk"), weekly=weekly)
        .order_by("-total", "subject_kind", "series", "author", "category")[:MOST_SUBJECTS]
    )
    found = list(rows)
    series = Series.objects.in_bulk([row["series"] for row in found if row["series"]])
    authors = Author.objects.in_bulk([row["author"] for row in found if row["author"]])
    categories = Category.objects.in_bulk([row["category"] for row in found if row["category"]])
    return [
        Followed(Subject(SubjectKind(row["subject_kind"]), thing), row["total"] - row["weekly"], row["weekly"])
        for row in found
        for thing in [series.get(row["series"]) or authors.get(row["author"]) or categories.get(row["category"])]
    ]
