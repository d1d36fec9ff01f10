"""Lists of pieces: which pieces are on one, entries, and pages of them.

Opening a list costs the same whether it holds ten pieces or 100,000: how many there are was written down when they
were published (`blog.editorial.upkeep.listings`), and which ten stand on a page comes from an index alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from blog import keys
from blog.models import Byline, Listed, Listing, Post, Revision
from blog.models.posts import PostQuerySet
from blog.reading import series
from blog.reading.shown import shows

A_PAGE = 10
NEWEST = 5
INSTANT = dt.timedelta(microseconds=1)  # Databases keep no less
R = TypeVar("R")


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
class Pieces:
    """The pieces on a list that readers can see: how many, and their primary keys, newest first."""

    count: int
    newest_first: "QuerySet[Any, int]"


def everything(*, moment: dt.datetime) -> Pieces:
    """Return the list of all pieces."""
    shows(keys.ALL)
    ahead = Post.objects.ahead_at(moment).count()
    return Pieces(_kept_count(keys.ALL) - ahead, _by_date(Post.objects.visible_at(moment)))


def of_year(year: int, *, moment: dt.datetime) -> Pieces:
    """Return the list of a year."""
    shows(keys.in_year(year))
    return _dated(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), moment, keys.in_year(year))


def of_month(first: dt.date, *, moment: dt.datetime) -> Pieces:
    """Return the list of the month that begins with that day."""
    shows(keys.in_month(first))
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return _dated(first, following, moment, keys.in_month(first))


def of_day(day: dt.date, *, moment: dt.datetime) -> Pieces:
    """Return the list of a day, which is short enough to be counted."""
    shows(keys.in_month(day))
    found = _visible_between(_midnight(day), _midnight(day + dt.timedelta(days=1)), moment)
    return Pieces(found.count(), _by_date(found))


def kept(key: str, *, moment: dt.datetime) -> Pieces:
    """Return the list of a category, tag, author or series, by its key (`blog.keys`)."""
    shows(key)
    # Looked up first: a database that knows which list is meant walks along its index and no further than it must
    listing, pieces = Listing.objects.values_list("pk", "pieces").filter(key=key).first() or (0, 0)
    listed = Listed.objects.filter(listing=listing)
    ahead = listed.filter(published_at__gt=moment).count()
    visible = listed.filter(published_at__lte=moment).order_by("-published_at", "-post")
    return Pieces(pieces - ahead, visible.values_list("post_id", flat=True))


def _kept_count(key: str) -> int:
    return Listing.objects.values_list("pieces", flat=True).filter(key=key).first() or 0


def _dated(first: dt.date, end: dt.date, moment: dt.datetime, key: str) -> Pieces:
    since, until = _midnight(first), _midnight(end)
    ahead = 0
    if moment < until:
        ahead = Post.objects.ahead_at(max(moment, since - INSTANT)).filter(published_at__lt=until).count()
    return Pieces(_kept_count(key) - ahead, _by_date(_visible_between(since, until, moment)))


def _visible_between(since: dt.datetime, until: dt.datetime, moment: dt.datetime) -> PostQuerySet:
    """Return what is visible of that time. With two bounds on the same side a database may walk from the farther."""
    return Post.objects.visible_at(min(moment, until - INSTANT)).filter(published_at__gte=since)


def _by_date(posts: "QuerySet[Post]") -> "QuerySet[Post, int]":
    return posts.order_by("-published_at", "-pk").values_list("pk", flat=True)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def entries(posts: Iterable[Post], *, moment: dt.datetime) -> list[Entry]:
    """Return visible pieces as entries, with their places in series fetched at once."""
    rows = list(posts)
    places = series.places(rows, moment=moment)
    found = [
        Entry(post, post.live, post.ordered_bylines(), places.get(post.pk)) for post in rows if post.live is not None
    ]
    for entry in found:
        shows(keys.piece(entry.post.pk), keys.discussion(entry.post.pk))
        shows(*(keys.author(byline.author_id) for byline in entry.bylines))
    return found


def newest(*, moment: dt.datetime, most: int = NEWEST) -> list[Entry]:
    """Return the newest pieces."""
    shows(keys.ALL)
    return entries(Post.objects.visible_at(moment).newest_first().for_lists()[:most], moment=moment)


def list_page(pieces: Pieces, number: int, *, moment: dt.datetime) -> ListPage:
    """Return one page of a list, newest first; raise Http404 beyond the end. Page 1 always exists."""
    last = last_page(pieces.count)
    if not 1 <= number <= last:
        raise Http404
    found = a_page_of(pieces.newest_first, number, pieces.count)
    rows = Post.objects.visible_at(moment).filter(pk__in=found).newest_first().for_lists()
    return ListPage(entries(rows, moment=moment), number, last, pieces.count)


def last_page(count: int, *, size: int = A_PAGE) -> int:
    """Return the number of a list's last page. An empty list has one."""
    return max(1, -(-count // size))


def a_page_of(rows: "QuerySet[Any, R]", number: int, count: int, *, size: int = A_PAGE) -> list[R]:
    """Return the rows of one page, counted from the end that is nearer: a database walks over all that it skips."""
    start = (number - 1) * size
    end = min(start + size, count)
    if start <= count // 2:
        return list(rows[start:end])
    return list(rows.reverse()[count - end : count - start])[::-1]


def begun_or_404(pieces: Pieces) -> Pieces:
    """Return the pieces, or raise Http404 for none: an empty page would tell that something is being prepared."""
    if not pieces.count:
        raise Http404
    return pieces


def some_or_404(posts: PostQuerySet) -> PostQuerySet:
    """Say of a query what `begun_or_404` says of a list."""
    if not posts.exists():
        raise Http404
    return posts
