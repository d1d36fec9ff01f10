"""Where a piece stands in its series, as far as readers may know: drafts, planned dates and retractions don’t count."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from blog.models import Post, Series

LONGEST_GAP = 8  # More missing parts than this in a row are told in one line
MOST_DOTS = 12


@dataclass(frozen=True)
class Place:
    """A piece's place: “Part 2 of 4”. Without a number it only belongs to the series."""

    series: Series
    number: int | None
    total: int


@dataclass(frozen=True)
class Station:
    """One stop of the line: a part that is out, or parts that are not (from `first` to `last`)."""

    first: int
    last: int
    post: Post | None = None
    is_current: bool = False
    is_ahead: bool = False


@dataclass(frozen=True)
class Run:
    """A series with the parts that readers can see."""

    series: Series
    total: int
    parts: list[Post]
    stations: list[Station]

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """Return the visible parts before and after a piece."""
        before = [part for part in self.parts if (part.part_number or 0) < (post.part_number or 0)]
        after = [part for part in self.parts if (part.part_number or 0) > (post.part_number or 0)]
        return (before[-1] if before else None), (after[0] if after else None)


@dataclass(frozen=True)
class Progress:
    """How far a series has come: its visible parts out of all, and the dots that show it."""

    series: Series
    published: int
    total: int

    @property
    def is_in_progress(self) -> bool:
        """Whether parts are still to come."""
        return 0 < self.published < self.total

    @property
    def dots(self) -> list[bool]:
        """One entry a part, true for those that are out; none where there would be too many to take in."""
        if self.total > MOST_DOTS:
            return []
        return [number < self.published for number in range(self.total)]


def places(posts: Iterable[Post], *, moment: dt.datetime) -> dict[int, Place]:
    """Return the place of each piece that is in a series, by the piece's key, in one query."""
    in_series = [post for post in posts if post.series_id]
    if not in_series:
        return {}
    highest = dict(
        Post.objects.visible_at(moment)
        .filter(series__in={post.series_id for post in in_series})
        .order_by()
        .values_list("series")
        .annotate(highest=Max("part_number"))
    )
    found: dict[int, Place] = {}
    for post in in_series:
        if post.series:
            parts = (post.series.planned_parts, highest.get(post.series_id), post.part_number)
            found[post.pk] = Place(post.series, post.part_number, max(number or 0 for number in parts))
    return found


def run(series: Series, *, moment: dt.datetime, current: Post | None = None) -> Run:
    """Return the line of a series. `current` is the piece being read; a preview's need not be visible yet."""
    numbered = Post.objects.visible_at(moment).filter(series=series, part_number__isnull=False)
    posts = list(numbered.select_related("live", "series").defer("live__body", "live__introduction"))
    if current and current.part_number:
        posts = [post for post in posts if post.pk != current.pk]
        posts.append(current)
    posts.sort(key=lambda post: post.part_number or 0)
    highest = (posts[-1].part_number or 0) if posts else 0
    total = max(series.planned_parts or 0, highest)
    return Run(series, total, posts, list(_stations(posts, highest, total, current)))


def _stations(posts: list[Post], highest: int, total: int, current: Post | None) -> Iterable[Station]:
    following = 1
    for post in posts:
        number = post.part_number or 0
        yield from _gap(following, number - 1, is_ahead=False)
        yield Station(number, number, post, is_current=current is not None and post.pk == current.pk)
        following = number + 1
    yield from _gap(highest + 1, total, is_ahead=True)


def _gap(first: int, last: int, *, is_ahead: bool) -> Iterable[Station]:
    if last - first >= LONGEST_GAP:
        return [Station(first, last, is_ahead=is_ahead)]
    return [Station(number, number, is_ahead=is_ahead) for number in range(first, last + 1)]


def all_series(*, moment: dt.datetime) -> list[Progress]:
    """Return every series of which readers can see something, the one with the newest part first."""
    rows = (
        Series.objects.filter(posts__in=Post.objects.visible_at(moment))
        .annotate(
            published=Count("posts__part_number"), highest=Max("posts__part_number"), newest=Max("posts__published_at")
        )
        .order_by("-newest", "pk")
    )
    return [Progress(row, row.published, max(row.planned_parts or 0, row.highest or 0)) for row in rows]
