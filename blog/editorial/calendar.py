"""The calendar: on which days something comes out, where a gap is, what is due, and the next free time for a piece.

The blog's rhythm is taken from its own last weeks, so nobody has to set it. Every function reads a fixed number of
times, however much is planned. Days and times are those of the blog's time zone.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, F, Q
from django.utils import timezone

from blog.editorial.permissions import in_limits
from blog.editorial.publishing import moment_in_uk
from blog.editorial.refusals import IncompleteError
from blog.models import Hold, Post, Series
from blog.models.posts import PostQuerySet
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

WEEKS_OF_HISTORY = 8
USUAL = 4  # So many of these weeks make a weekday one on which something usually comes out
USUAL_TIME = dt.time(8, 0)
WEEKEND = frozenset({5, 6})
AHEAD = dt.timedelta(days=90)  # As far as a free time is looked for
MOST_SERIES = 10
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True)
class Rhythm:
    """On which weekdays (Monday is 0) something usually comes out, none if there is no habit yet, and at what time."""

    weekdays: frozenset[int]
    time: dt.time

    @classmethod
    def of(cls, moments: Iterable[dt.datetime], *, today: dt.date) -> "Rhythm":
        """Return the rhythm of the last weeks, from the moments at which pieces came out."""
        first = today - WEEKS_OF_HISTORY * WEEK
        local = [timezone.localtime(moment) for moment in moments]
        recent = [one for one in local if first <= one.date() < today]
        days = Counter(day.weekday() for day in {one.date() for one in recent})
        times = Counter(one.time().replace(second=0, microsecond=0) for one in recent)
        usual, often = max(times.items(), key=lambda item: item[1], default=(USUAL_TIME, 0))
        is_usual = often >= USUAL and often * 2 >= len(recent)
        weekdays = frozenset(weekday for weekday, weeks in days.items() if weeks >= USUAL)
        return cls(weekdays, usual if is_usual else USUAL_TIME)


@dataclass(frozen=True)
class Plan:
    """What is known of the days from `today` on: the rhythm, the days that are taken, and the holds."""

    today: dt.date
    rhythm: Rhythm
    taken: frozenset[dt.date]
    holds: Sequence[Hold]

    def gaps(self, first: dt.date, last: dt.date) -> dict[dt.date, bool]:
        """Return the days from `first` to `last` that lack a piece; True where a whole week lacks one.

        Where there is a rhythm, these are its days with nothing on them. Without one, a week with nothing is a gap on
        the first of its days that has not passed. A day that a hold for everything covers is none.
        """
        found = {}
        for day in _days(max(first, self.today), last):
            if self._is_held(day):
                continue
            if self.rhythm.weekdays:
                if day.weekday() in self.rhythm.weekdays and day not in self.taken:
                    found[day] = False
            elif day == max(self.today, _monday(day)) and not self._has_piece_in_week_of(day):
                found[day] = True
        return found

    def with_taken(self, moment: dt.datetime) -> "Plan":
        """Return the plan as it is once something comes out on the day of that moment too."""
        return replace(self, taken=self.taken | {timezone.localdate(moment)})

    def free_time(self, *, category_id: int | None, at: dt.datetime) -> dt.datetime | None:
        """Return the next usual time, on a weekday without rhythm, that no piece and no hold occupies."""
        for day in _days(self.today, self.today + AHEAD):
            usual = day.weekday() in self.rhythm.weekdays if self.rhythm.weekdays else day.weekday() not in WEEKEND
            if not usual or day in self.taken:
                continue
            try:
                moment = moment_in_uk(day=day, time=self.rhythm.time)
            except IncompleteError:
                continue
            is_held = any(one.begins_at <= moment < one.ends_at and one.is_for(category_id) for one in self.holds)
            if moment > at and not is_held:
                return moment
        return None

    def _is_held(self, day: dt.date) -> bool:
        begins, ends = midnight(day), midnight(day + DAY)
        return any(one.covers_everything and one.begins_at <= begins and one.ends_at >= ends for one in self.holds)

    def _has_piece_in_week_of(self, day: dt.date) -> bool:
        return any(one in self.taken for one in _days(_monday(day), _monday(day) + WEEK - DAY))


def plan_from(at: dt.datetime, *, until: dt.date | None = None) -> Plan:
    """Return what is planned from that moment on. Three queries, which leave the pieces themselves where they are."""
    today = timezone.localdate(at)
    last = max(today + AHEAD, until or today)
    first = today - WEEKS_OF_HISTORY * WEEK
    published = Post.objects.filter(
        state=State.PUBLISHED, published_at__gte=midnight(first), published_at__lt=midnight(last + DAY)
    )
    moments = list(published.values_list("published_at", flat=True).order_by())
    dates = [moment for moment in moments if moment is not None]
    taken = frozenset(timezone.localdate(moment) for moment in dates)
    return Plan(today, Rhythm.of(dates, today=today), taken, list(Hold.objects.between(at, midnight(last + DAY))))


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


@dataclass
class Day:
    """One day of a month: what comes out, what is due, which holds cover it, and whether it is a gap."""

    date: dt.date
    is_in_month: bool
    is_today: bool
    pieces: list[Post] = field(default_factory=list)
    texts_due: list[Post] = field(default_factory=list)
    proofs_due: list[Post] = field(default_factory=list)
    answers_due: list[Post] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    is_gap: bool = False
    is_empty_week: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of it."""
        return not (self.pieces or self.texts_due or self.proofs_due or self.answers_due or self.holds or self.is_gap)


@dataclass(frozen=True)
class Month:
    """A month by weeks from Monday to Sunday, with the holds that touch it."""

    first: dt.date
    weeks: list[list[Day]]
    holds: list[Hold]

    @property
    def days(self) -> list[Day]:
        """The days of the month itself."""
        return [day for week in self.weeks for day in week if day.is_in_month]

    @property
    def gaps(self) -> int:
        """How many gaps it has."""
        return sum(day.is_gap for day in self.days)


def month_of(first: dt.date, *, by: "User", at: dt.datetime) -> Month:
    """Return a month as an editor sees it: pieces within their limits, and gaps where nobody has anything."""
    today = timezone.localdate(at)
    dates = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = dates[0][0], dates[-1][-1]
    plan = plan_from(at, until=end)
    gaps = plan.gaps(start, end)
    days = {
        date: Day(
            date, date.month == first.month, date == today, is_gap=date in gaps, is_empty_week=gaps.get(date, False)
        )
        for week in dates
        for date in week
    }
    begins, ends = midnight(start), midnight(end + DAY)
    holds = list(Hold.objects.between(begins, ends))
    for hold in holds:
        for day in days.values():
            if hold.begins_at < midnight(day.date + DAY) and hold.ends_at > midnight(day.date):
                day.holds.append(hold)
    for post in _rows(Post.objects.filter(state=State.PUBLISHED, published_at__gte=begins, published_at__lt=ends), by):
        if post.published_at:
            days[timezone.localdate(post.published_at)].pieces.append(post)
    for post in _rows(Post.objects.filter(_due_between(start, end)), by):
        _put_due(post, days)
    for day in days.values():
        day.pieces.sort(key=lambda post: (post.published_at or at, post.pk))
    return Month(first, [[days[date] for date in week] for week in dates], holds)


@dataclass(frozen=True)
class OpenSeries:
    """A series of which parts are planned that no piece is yet."""

    series: Series
    parts_missing: int


def open_series() -> list[OpenSeries]:
    """Return the series with parts that nobody writes yet, those with the newest parts first. One query."""
    there = Count("posts", filter=~Q(posts__state__in=[State.WITHDRAWN, State.DECLINED]))
    planned = Series.objects.filter(planned_parts__gt=0).annotate(there=there).filter(there__lt=F("planned_parts"))
    rows = planned.order_by(F("standing__newest_at").desc(nulls_last=True), "pk")[:MOST_SERIES]
    return [OpenSeries(one, (one.planned_parts or 0) - one.there) for one in rows]


def day_of(date: dt.date, *, by: "User", at: dt.datetime) -> tuple[Day, list[Post]]:
    """Return one day, and what is ready and could come out on it, longest waiting first."""
    (week,) = [week for week in month_of(date, by=by, at=at).weeks if any(day.date == date for day in week)]
    day = next(day for day in week if day.date == date)
    ready = _rows(Post.objects.filter(state=State.READY), by)
    return day, sorted(ready, key=lambda post: (post.state_since, post.pk))


def _due_between(first: dt.date, last: dt.date) -> Q:
    writing = Q(state__in=[State.DRAFTING, State.CHANGES_REQUESTED], due_date__range=(first, last))
    signing = Q(state=State.IN_PROOF, proof_due_date__range=(first, last))
    answer = dt.timedelta(days=settings.ANSWER_DAYS)
    sent = (midnight(first - answer), midnight(last - answer + DAY))
    answering = Q(state=State.SUBMITTED, state_since__gte=sent[0], state_since__lt=sent[1])
    return writing | signing | answering


def _put_due(post: Post, days: dict[dt.date, Day]) -> None:
    if post.state == State.SUBMITTED and post.answer_due_date in days:
        days[post.answer_due_date].answers_due.append(post)
    elif post.state == State.IN_PROOF and post.proof_due_date in days:
        days[post.proof_due_date].proofs_due.append(post)
    elif post.due_date in days:
        days[post.due_date].texts_due.append(post)


def _rows(posts: PostQuerySet, by: "User") -> list[Post]:
    """Return pieces within the editor's limits, with what a line about one shows, without the long texts."""
    rows = posts.filter(in_limits(by)).select_related("working", "category", "editor")
    rows = rows.defer("working__body", "working__introduction").prefetch_related("bylines__author", "hold_exemptions")
    return list(rows.order_by())


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    day = first
    while day <= last:
        yield day
        day += DAY


def period_of_days(year: int, month: int | None) -> tuple[dt.date, dt.date]:
    """Return the first day of a year or month, and the first day after it."""
    if month is None:
        return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)
