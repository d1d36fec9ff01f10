"""What comes out in the next weeks, as a few lines: pieces with their times, gaps, and holds in words."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.admin.times import scope_of
from blog.desk.words import listed, time_of
from blog.editorial.calendar import Plan
from blog.models import Hold, Post

MOST_PIECES, MOST_GAPS = 8, 4
GAPS_WITHIN = dt.timedelta(days=13)
HOLDS_WITHIN = dt.timedelta(days=42)


@dataclass(frozen=True)
class Line:
    """One line: the day, what there is, and where it leads. A gap has no title, a hold no time."""

    date: dt.date
    day: str
    url: str
    title: str = ""
    sentence: str = ""
    is_gap: bool = False
    is_empty_week: bool = False
    is_hold: bool = False


def agenda(posts: list[Post], plan: Plan, *, at: dt.datetime) -> list[Line]:
    """Return the lines, soonest first: the next pieces, the gaps of the next two weeks, the holds of the next six."""
    gaps = plan.gaps(plan.today, plan.today + GAPS_WITHIN)
    lines = [_piece(post) for post in posts[:MOST_PIECES]]
    lines += [
        Line(day, _short(day), reverse("admin:blog_post_day", args=[day.isoformat()]), is_gap=True, is_empty_week=week)
        for day, week in sorted(gaps.items())[:MOST_GAPS]
    ]
    lines += [_hold(hold, plan.today) for hold in plan.holds if hold.begins_at < at + HOLDS_WITHIN]
    return sorted(lines, key=lambda line: (line.date, not line.is_hold))


def _piece(post: Post) -> Line:
    out = timezone.localtime(post.published_at)
    names = listed([byline.author.name for byline in post.ordered_bylines()])
    sentence = _("{time} (UK time), {names}").format(time=time_of(out), names=names)
    return Line(out.date(), _short(out.date()), reverse("admin:blog_post_change", args=[post.pk]), post.title, sentence)


def _hold(hold: Hold, today: dt.date) -> Line:
    first = timezone.localdate(hold.begins_at)
    last = timezone.localdate(hold.ends_at - dt.timedelta(microseconds=1))
    if first <= today:
        day = _("Until {day}").format(day=_short(last))
    else:
        day = _short(first) if first == last else _("From {day}").format(day=_short(first))
    url = reverse("admin:blog_hold_change", args=[hold.pk])
    sentence = _("{scope}, until {day}").format(scope=scope_of(hold), day=_short(last))
    return Line(max(first, today), day, url, _("Hold: {name}").format(name=hold.name), sentence, is_hold=True)


def _short(day: dt.date) -> str:
    return date_format(day, "D j M")
