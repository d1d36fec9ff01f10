"""What the archive and the list of writers count. Nothing is counted here; `upkeep.listings` wrote it down.

What is published, but not visible yet, is in those numbers, so it is taken out of them: it is never much.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.http import Http404
from django.utils import timezone

from blog import keys
from blog.models import Author, Category, Listed, Listing, ListingKind, Post, Tag
from blog.reading.lists import a_page_of, last_page
from blog.reading.shown import shows

MOST_TAGS = 40
WRITERS_A_PAGE = 100


@dataclass(frozen=True)
class Year:
    """A year of the archive: its number of pieces, and each month's, newest first."""

    number: int
    count: int
    months: list[tuple[dt.date, int]]


@dataclass(frozen=True)
class Topic:
    """A category or tag, and how many pieces it has."""

    topic: Category | Tag
    count: int


@dataclass(frozen=True)
class Writer:
    """A public name, and how many pieces it is on."""

    author: Author
    count: int


@dataclass(frozen=True)
class WritersPage:
    """One page of the list of everybody who has written, out of `count` people."""

    writers: list[Writer]
    number: int
    last: int
    count: int

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.last else None

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None


def years(*, moment: dt.datetime) -> list[Year]:
    """Return every year and month with pieces in it, newest first. Two queries."""
    shows(keys.ALL)
    dates = Post.objects.ahead_at(moment).values_list("published_at", flat=True)
    ahead = Counter(timezone.localdate(date).replace(day=1) for date in dates if date)
    rows = Listing.objects.filter(kind=ListingKind.MONTH, pieces__gt=0).order_by("-subject")
    found: dict[int, list[tuple[dt.date, int]]] = {}
    for subject, pieces in rows.values_list("subject", "pieces"):
        first = dt.date(subject // 100, subject % 100, 1)
        if pieces > ahead[first]:
            found.setdefault(first.year, []).append((first, pieces - ahead[first]))
    return [Year(year, sum(count for _, count in months), months) for year, months in found.items()]


def categories(*, moment: dt.datetime) -> list[Topic]:
    """Return the categories that have visible pieces, in the order of the alphabet. Three queries."""
    counts = _visible(ListingKind.CATEGORY, moment=moment)
    rows = [Topic(row, counts[row.pk]) for row in Category.objects.filter(pk__in=counts)]
    shows(keys.ALL, *(keys.topic("category", row.topic.pk) for row in rows))
    return rows


def tags(*, moment: dt.datetime) -> list[Topic]:
    """Return the most used tags of visible pieces, in the order of the alphabet. Three queries."""
    counts = _visible(ListingKind.TAG, moment=moment, most=MOST_TAGS)
    rows = [Topic(row, counts[row.pk]) for row in Tag.objects.filter(pk__in=counts)]
    shows(keys.ALL, *(keys.topic("tag", row.topic.pk) for row in rows))
    return sorted(rows, key=lambda row: row.topic.name.casefold())


def _visible(kind: ListingKind, *, moment: dt.datetime, most: int | None = None) -> dict[int, int]:
    """Return how many visible pieces are on each list of a kind, by its subject; the longest, if not all are wanted."""
    ahead = _ahead(kind, moment=moment)
    rows = Listing.objects.filter(kind=kind, pieces__gt=0).order_by("-pieces").values_list("subject", "pieces")
    # A list can only fall behind by what lies ahead of it, and so many more are looked at
    found = rows if most is None else rows[: most + len(ahead)]
    counts = Counter({subject: pieces - ahead[subject] for subject, pieces in found if pieces > ahead[subject]})
    return dict(counts.most_common(most))


def _ahead(kind: ListingKind, *, moment: dt.datetime) -> Counter[int]:
    """Return how many pieces of each list of a kind lie ahead, by its subject."""
    # Asked apart: a planner that guesses how many these are reads all lists to be safe
    pieces_ahead = list(Post.objects.ahead_at(moment).values_list("pk", flat=True))
    ahead = Listed.objects.filter(post__in=pieces_ahead, listing__kind=kind)
    return Counter(ahead.values_list("listing__subject", flat=True))


def writers(*, moment: dt.datetime, number: int = 1) -> WritersPage:
    """Return one page of the public names with visible pieces, in the order of the alphabet.

    Raises Http404 beyond the end. Four queries.
    """
    ahead = _ahead(ListingKind.AUTHOR, moment=moment)
    lists = Listing.objects.filter(kind=ListingKind.AUTHOR, pieces__gt=0)
    unseen = [subject for subject, pieces in _sizes(list(ahead)).items() if pieces <= ahead[subject]]
    count = lists.count() - len(unseen)
    last = last_page(count, size=WRITERS_A_PAGE)
    if not 1 <= number <= last:
        raise Http404
    known = Author.objects.filter(Exists(lists.filter(subject=OuterRef("pk")))).exclude(pk__in=unseen)
    rows = a_page_of(known.order_by(Lower("name"), "pk"), number, count, size=WRITERS_A_PAGE)
    counts = _sizes([row.pk for row in rows])
    shows(keys.ALL, keys.AUTHORS, *(keys.author(row.pk) for row in rows), *(keys.by_author(row.pk) for row in rows))
    return WritersPage([Writer(row, counts[row.pk] - ahead[row.pk]) for row in rows], number, last, count)


def _sizes(authors: list[int]) -> dict[int, int]:
    lists = Listing.objects.filter(kind=ListingKind.AUTHOR, subject__in=authors, pieces__gt=0)
    return dict(lists.values_list("subject", "pieces"))
