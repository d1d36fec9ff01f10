"""Lists of pieces: entries, pages of them, and what the archive counts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone

from blog.models import Author, Byline, Category, Post, Revision, Tag
from blog.models.posts import PostQuerySet
from blog.reading import series

A_PAGE = 10
NEWEST = 5
MOST_TAGS = 40


@dataclass(frozen=True)
class Entry:
    """A piece as it stands in a list."""

    post: Post
    text: Revision
    bylines: list[Byline]
    place: series.Place | None


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `older` and `newer` are the numbers of the pages beside it."""

    entries: list[Entry]
    number: int
    last: int
    count: int

    @property
    def older(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.last else None

    @property
    def newer(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None


@dataclass(frozen=True)
class Year:
    """A year of the archive: its number of pieces, and each month's, newest first."""

    number: int
    count: int
    months: list[tuple[dt.date, int]]


def entries(posts: Iterable[Post], *, moment: dt.datetime) -> list[Entry]:
    """Return visible pieces as entries, with their places in series fetched at once."""
    rows = list(posts)
    places = series.places(rows, moment=moment)
    return [
        Entry(post, post.live, post.ordered_bylines(), places.get(post.pk)) for post in rows if post.live is not None
    ]


def newest(*, moment: dt.datetime, most: int = NEWEST) -> list[Entry]:
    """Return the newest pieces."""
    return entries(Post.objects.visible_at(moment).newest_first().for_lists()[:most], moment=moment)


def list_page(posts: PostQuerySet, number: int, *, moment: dt.datetime) -> ListPage:
    """Return one page of visible pieces, newest first; raise Http404 beyond the end. Page 1 always exists."""
    paginator = Paginator(posts.newest_first().for_lists(), A_PAGE)
    try:
        found = paginator.page(number)
    except InvalidPage as error:
        raise Http404 from error
    return ListPage(entries(found.object_list, moment=moment), number, paginator.num_pages, paginator.count)


def some_or_404(posts: PostQuerySet) -> PostQuerySet:
    """Return the pieces, or raise Http404 for none: an empty page would tell that something is being prepared."""
    if not posts.exists():
        raise Http404
    return posts


def within(posts: PostQuerySet, first: dt.date, end: dt.date) -> PostQuerySet:
    """Return the pieces published from the first day up to, but without, the end; days as the blog's clock has them."""
    return posts.filter(published_at__gte=_midnight(first), published_at__lt=_midnight(end))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def years(*, moment: dt.datetime) -> list[Year]:
    """Return every year and month with pieces in it, newest first."""
    rows = (
        Post.objects.visible_at(moment)
        .annotate(month=TruncMonth("published_at"))
        .order_by("-month")
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    found: dict[int, list[tuple[dt.date, int]]] = {}
    for month, count in rows:
        found.setdefault(month.year, []).append((month.date(), count))
    return [Year(year, sum(count for _, count in months), months) for year, months in found.items()]


def categories(*, moment: dt.datetime) -> QuerySet[Category, Any]:
    """Return the categories that have visible pieces, each with its `count`."""
    return Category.objects.filter(posts__in=Post.objects.visible_at(moment)).annotate(count=Count("posts"))


def tags(*, moment: dt.datetime) -> list[Tag]:
    """Return the most used tags of visible pieces, each with its `count`, in the order of the alphabet."""
    rows = Tag.objects.filter(posts__in=Post.objects.visible_at(moment)).annotate(count=Count("posts"))
    return sorted(rows.order_by("-count", "name")[:MOST_TAGS], key=lambda tag: tag.name.casefold())


def authors(*, moment: dt.datetime) -> list[Author]:
    """Return the public names with visible pieces, each with its `count`, in the order of the alphabet."""
    rows = Author.objects.filter(bylines__post__in=Post.objects.visible_at(moment)).annotate(count=Count("bylines"))
    return sorted(rows, key=lambda author: author.name.casefold())
