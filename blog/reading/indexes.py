"""The front page and every list of pieces, as pages.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.letters.writing import absolute
from blog.models import Author, Category, Post, Series, Tag
from blog.reading import counts, lists, metadata, wanted
from blog.reading import series as runs
from blog.reading.lists import Pieces
from blog.reading.rendering import MovedError, render
from blog.reading.shown import shows

IN_PROGRESS = 4


def home(*, moment: dt.datetime, number: int = 1) -> str:
    """Build the front page, or one of the pages with older pieces behind it."""
    page = lists.list_page(lists.everything(moment=moment), number, moment=moment)
    return render(
        "home",
        path=reverse("reading:home") if number == 1 else reverse("reading:home_page", args=[number]),
        page=page,
        pages_at=reverse("reading:home"),
        metadata=metadata.Home(),
        in_progress=runs.in_progress(moment=moment, most=IN_PROGRESS),
        answer_time=wanted.answer_time(),
        moment=moment,
    )


def home_page(*, number: int, moment: dt.datetime) -> str:
    """Build an older page of the front page; the first is the front page itself."""
    if number == 1:
        raise MovedError(reverse("reading:home"))
    return home(moment=moment, number=number)


def category(*, slug: str, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of a category. One without pieces says so: editors set them up before the first piece."""
    row = get_object_or_404(Category, slug=slug)
    shows(keys.topic("category", row.pk))
    return _listing(
        lists.kept(keys.in_category(row.pk), moment=moment),
        number,
        path=row.get_absolute_url(),
        moment=moment,
        heading=row.name,
        about=row.description,
        description=row.description,
        has_feed=True,
        follow=reverse("reading:subscribe_category", args=[row.slug]),
    )


def tag(*, slug: str, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of a tag. One without visible pieces does not exist for readers."""
    row = get_object_or_404(Tag, slug=slug)
    shows(keys.topic("tag", row.pk))
    pieces = lists.begun_or_404(lists.kept(keys.with_tag(row.pk), moment=moment))
    return _listing(pieces, number, path=row.get_absolute_url(), moment=moment, heading=row.name, has_feed=True)


def year(*, year: int, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of a year."""
    pieces = lists.begun_or_404(lists.of_year(year, moment=moment))
    path = reverse("reading:year", args=[year])
    return _listing(pieces, number, path=path, moment=moment, heading=str(year))


def month(*, year: int, month: int, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of a month."""
    first = _day(year, month, 1)
    pieces = lists.begun_or_404(lists.of_month(first, moment=moment))
    path = reverse("reading:month", args=[year, month])
    return _listing(pieces, number, path=path, moment=moment, heading=date_format(first, "F Y"))


def day(*, year: int, month: int, day: int, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of a day."""
    date = _day(year, month, day)
    pieces = lists.begun_or_404(lists.of_day(date, moment=moment))
    path = reverse("reading:day", args=[year, month, day])
    return _listing(pieces, number, path=path, moment=moment, heading=date_format(date, "j F Y"))


def author(*, slug: str, moment: dt.datetime, number: int | None = None) -> str:
    """Build the page of a public name. It begins to exist with the name's first visible piece."""
    row = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    shows(keys.author(row.pk))
    pieces = lists.begun_or_404(lists.kept(keys.by_author(row.pk), moment=moment))
    path = row.get_absolute_url()
    return _listing(
        pieces,
        number,
        path=path,
        moment=moment,
        template="author",
        author=row,
        heading=row.name,
        has_feed=True,
        metadata=metadata.Profile(row),
    )


def authors(*, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of everybody who has written, or one of the pages behind its first."""
    path = _path_of(reverse("reading:authors"), number)
    page = counts.writers(moment=moment, number=number or 1)
    return render("authors", path=path, page=page, section="authors", metadata=metadata.Page(_("Writers")))


def series_list(*, moment: dt.datetime, number: int | None = None) -> str:
    """Build the list of the series, or one of the pages behind its first."""
    path = _path_of(reverse("reading:series_list"), number)
    page = runs.series_page(moment=moment, number=number or 1)
    return render("series_list", path=path, page=page, section="series", metadata=metadata.Page(_("Series")))


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
        metadata=metadata.Run(row),
        description=row.description,
        series=row,
        run=run,
        parts=[(station, parts.get(station.post.pk) if station.post else None) for station in run.stations],
        others=others,
        feed=absolute(reverse("reading:series_feed", args=[row.slug])),
        section="series",
        moment=moment,
    )


def archive(*, moment: dt.datetime) -> str:
    """Build the archive: every year and month, the categories and the subjects, with their numbers of pieces."""
    return render(
        "archive",
        path=reverse("reading:archive"),
        metadata=metadata.Page(_("Archive")),
        years=counts.years(moment=moment),
        categories=counts.categories(moment=moment),
        tags=counts.tags(moment=moment),
        section="archive",
    )


def _listing(
    pieces: Pieces, number: int | None, *, path: str, moment: dt.datetime, template: str = "listing", **context: Any
) -> str:
    """Build a page of a list."""
    here = _path_of(path, number)
    page = lists.list_page(pieces, number or 1, moment=moment)
    feed = absolute(f"{path}feed/") if context.pop("has_feed", False) else ""
    return render(template, path=here, page=page, pages_at=path, feed=feed, **context)


def _path_of(path: str, number: int | None) -> str:
    """Return the address of a page of a list, or without a number the list's own, to which its page 1 leads."""
    if number is None:
        return path
    if number == 0:
        raise Http404
    if number == 1:
        raise MovedError(path)
    return f"{path}page/{number}/"


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Http404 from error
