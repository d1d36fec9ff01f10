"""The front page and every list of pieces, as pages.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import calendar
import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format

from blog.editorial.letters import absolute
from blog.models import Author, Category, Post, Series, Tag
from blog.models.posts import PostQuerySet
from blog.reading import lists
from blog.reading import series as runs
from blog.reading.rendering import MovedError, render

IN_PROGRESS = 4


def home(*, moment: dt.datetime, number: int = 1) -> str:
    """Build the front page, or one of the pages with older pieces behind it."""
    page = lists.list_page(Post.objects.visible_at(moment), number, moment=moment)
    return render(
        "home",
        path=reverse("reading:home") if number == 1 else reverse("reading:home_page", args=[number]),
        page=page,
        pages_at=reverse("reading:home"),
        in_progress=[row for row in runs.all_series(moment=moment) if row.is_in_progress][:IN_PROGRESS],
        moment=moment,
    )


def home_page(*, number: int, moment: dt.datetime) -> str:
    """Build an older page of the front page; the first is the front page itself."""
    if number == 1:
        raise MovedError(reverse("reading:home"))
    return home(moment=moment, number=number)


def category(*, slug: str, moment: dt.datetime, number: int = 0) -> str:
    """Build the list of a category. One without pieces says so: editors set them up before the first piece."""
    row = get_object_or_404(Category, slug=slug)
    posts = Post.objects.visible_at(moment).filter(category=row)
    return _listing(
        posts,
        number,
        path=row.get_absolute_url(),
        moment=moment,
        heading=row.name,
        about=row.description,
        has_feed=True,
    )


def tag(*, slug: str, moment: dt.datetime, number: int = 0) -> str:
    """Build the list of a tag. One without visible pieces does not exist for readers."""
    row = get_object_or_404(Tag, slug=slug)
    posts = lists.some_or_404(Post.objects.visible_at(moment).filter(tags=row))
    return _listing(posts, number, path=row.get_absolute_url(), moment=moment, heading=row.name, has_feed=True)


def year(*, year: int, moment: dt.datetime, number: int = 0) -> str:
    """Build the list of a year."""
    days = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    path = reverse("reading:year", args=[year])
    return _listing(_dated(days, moment), number, path=path, moment=moment, heading=str(year))


def month(*, year: int, month: int, moment: dt.datetime, number: int = 0) -> str:
    """Build the list of a month."""
    first = _day(year, month, 1)
    days = first, first + dt.timedelta(days=calendar.monthrange(year, month)[1])
    path = reverse("reading:month", args=[year, month])
    return _listing(_dated(days, moment), number, path=path, moment=moment, heading=date_format(first, "F Y"))


def day(*, year: int, month: int, day: int, moment: dt.datetime, number: int = 0) -> str:
    """Build the list of a day."""
    date = _day(year, month, day)
    path = reverse("reading:day", args=[year, month, day])
    posts = _dated((date, date + dt.timedelta(days=1)), moment)
    return _listing(posts, number, path=path, moment=moment, heading=date_format(date, "j F Y"))


def author(*, slug: str, moment: dt.datetime, number: int = 0) -> str:
    """Build the page of a public name. It begins to exist with the name's first visible piece."""
    row = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    posts = lists.some_or_404(Post.objects.visible_at(moment).filter(authors=row))
    path = row.get_absolute_url()
    return _listing(
        posts, number, path=path, moment=moment, template="author", author=row, heading=row.name, has_feed=True
    )


def authors(*, moment: dt.datetime) -> str:
    """Build the list of everybody who has written."""
    return render("authors", path=reverse("reading:authors"), authors=lists.authors(moment=moment), section="authors")


def series_list(*, moment: dt.datetime) -> str:
    """Build the list of the series."""
    return render(
        "series_list", path=reverse("reading:series_list"), rows=runs.all_series(moment=moment), section="series"
    )


def series(*, slug: str, moment: dt.datetime) -> str:
    """Build the page of a series. It begins to exist with its first visible piece."""
    row = get_object_or_404(Series, slug=slug)
    unnumbered = Post.objects.visible_at(moment).filter(series=row, part_number__isnull=True)
    run = runs.run(row, moment=moment)
    prefetch_related_objects(run.parts, "bylines__author")
    others = lists.entries(unnumbered.newest_first().for_lists(), moment=moment)
    if not run.parts and not others:
        raise Http404
    parts = {entry.post.pk: entry for entry in lists.entries(run.parts, moment=moment)}
    return render(
        "series",
        path=row.get_absolute_url(),
        series=row,
        run=run,
        parts=[(station, parts.get(station.post.pk) if station.post else None) for station in run.stations],
        others=others,
        feed=absolute(reverse("reading:series_feed", args=[row.slug])),
        section="series",
    )


def archive(*, moment: dt.datetime) -> str:
    """Build the archive: every year and month, the categories and the subjects, with their numbers of pieces."""
    return render(
        "archive",
        path=reverse("reading:archive"),
        years=lists.years(moment=moment),
        categories=lists.categories(moment=moment),
        tags=lists.tags(moment=moment),
        section="archive",
    )


def _listing(
    posts: PostQuerySet, number: int, *, path: str, moment: dt.datetime, template: str = "listing", **context: Any
) -> str:
    """Build a page of a list. Number 0 is the list's own address; its page 1 leads there."""
    if number == 1:
        raise MovedError(path)
    page = lists.list_page(posts, number or 1, moment=moment)
    here = f"{path}page/{number}/" if number else path
    feed = absolute(f"{path}feed/") if context.pop("has_feed", False) else ""
    return render(template, path=here, page=page, pages_at=path, feed=feed, **context)


def _dated(days: tuple[dt.date, dt.date], moment: dt.datetime) -> PostQuerySet:
    return lists.some_or_404(lists.within(Post.objects.visible_at(moment), *days))


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Http404 from error
