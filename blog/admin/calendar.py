"""The calendar: a month at a glance, one day with what could come out on it, and deciding about a hold."""

import datetime as dt
import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.admin.access import editor_of
from blog.admin.first_page import list_url
from blog.admin.pages import show
from blog.admin.pieces import piece_or_404
from blog.admin.review_page import refused_page
from blog.admin.times import hold_in_words
from blog.desk.words import day as day_in_full
from blog.desk.words import listed, time_of
from blog.editorial import calendar, holds, series_parts
from blog.editorial.calendar import Day
from blog.editorial.permissions import is_publisher, is_publisher_of
from blog.editorial.refusals import EditorialRefusal
from blog.models import Post
from blog.states import State

MONTH = re.compile(r"(\d{4})-(\d{2})")
FIRST_YEAR, LAST_YEAR = 1970, 2199


def calendar_view(request: HttpRequest) -> HttpResponse:
    """Show a month; the present one where the address names none."""
    by, at = editor_of(request), timezone.now()
    today = timezone.localdate(at)
    first = _month_in(request.GET.get("month", ""), today)
    month = calendar.month_of(first, by=by, at=at)
    before, after = first - dt.timedelta(days=1), first + dt.timedelta(days=31)
    context: dict[str, Any] = {
        "title": date_format(first, "F Y"),
        "weekdays": [date_format(day.date, "l") for day in month.weeks[0]],
        "weeks": [[_shown(day, today) for day in week] for week in month.weeks],
        "days": [_shown(day, today) for day in month.days if not day.is_empty or day.is_today],
        "holds": [(hold, hold_in_words(hold, at=at)) for hold in month.holds],
        "gaps": month.gaps,
        "planned": series_parts.planned_for(first, by=by),
        "open_series": calendar.open_series(),
        "previous": {"url": _url_of(before), "words": date_format(before, "F Y")},
        "next": {"url": _url_of(after), "words": date_format(after, "F Y")},
        "is_present": (first.year, first.month) == (today.year, today.month),
        "overdue_url": list_url("overdue"),
        "may_hold": is_publisher(by),
    }
    return show(request, "admin/calendar.html", context)


def day_view(request: HttpRequest, day: str) -> HttpResponse:
    """Show a day: what comes out on it, which can be moved, and what is ready to come out on it."""
    by, at = editor_of(request), timezone.now()
    try:
        date = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise Http404
    one, ready = calendar.day_of(date, by=by, at=at)
    today = timezone.localdate(at)
    context = {
        "title": day_in_full(date, today),
        "day": _shown(one, today),
        "holds": [hold_in_words(hold, at=at) for hold in one.holds],
        "is_past": date < today,
        "date": date.isoformat(),
        "scheduled": [_line(post) for post in one.pieces if not post.is_visible_at(at) and is_publisher_of(by, post)],
        "ready": [_line(post) for post in ready if is_publisher_of(by, post)],
        "month_url": _url_of(date),
        "month": date_format(date, "F Y"),
    }
    return show(request, "admin/day.html", context)


def let_stand_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a scheduled piece goes out although a hold was made over it."""
    by, at = editor_of(request), timezone.now()
    reason = request.POST.get("hold_reason", "")
    try:
        holds.let_stand(post=piece_or_404(pk, by=by), reason=reason, by=by, at=at)
    except EditorialRefusal as refusal:
        return refused_page(request, pk, "let_stand", refusal, by=by, at=at, typed={"hold_reason": reason})
    messages.success(request, _("It goes out at its time. The reason is kept with the hold."))
    return redirect("admin:blog_post_change", pk)


def _month_in(text: str, today: dt.date) -> dt.date:
    found = MONTH.fullmatch(text) if text.isascii() else None
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return dt.date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def _url_of(day: dt.date) -> str:
    return f"{reverse('admin:blog_post_calendar')}?month={day:%Y-%m}"


def _line(post: Post) -> dict[str, Any]:
    names = listed([byline.author.name for byline in post.ordered_bylines()])
    out = timezone.localtime(post.published_at) if post.published_at else None
    return {
        "post": post,
        "title": post.title,
        "names": names,
        "url": reverse("admin:blog_post_change", args=[post.pk]),
        "time": time_of(out) if out else "",
        "value": f"{out:%H:%M}" if out else "08:00",
    }


def _shown(day: Day, today: dt.date) -> dict[str, Any]:
    """Return what the page shows of a day, in the order of its lines."""
    is_late = day.date < today
    due = [
        *((_("Text due"), post) for post in day.texts_due),
        *((_("Sign-off due"), post) for post in day.proofs_due),
        *((_("Answer due"), post) for post in day.answers_due),
    ]
    return {
        "date": day.date,
        "number": day.date.day,
        "words": day_in_full(day.date, today),
        "url": reverse("admin:blog_post_day", args=[day.date.isoformat()]),
        "is_in_month": day.is_in_month,
        "is_today": day.is_today,
        "is_gap": day.is_gap,
        "is_empty_week": day.is_empty_week,
        "pieces": [_line(post) for post in day.pieces if post.state == State.PUBLISHED],
        "due": [{**_line(post), "what": what, "is_late": is_late} for what, post in due],
        "holds": day.holds,
    }
