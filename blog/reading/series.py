"""Where a piece stands in its series, as far as readers may know: drafts, planned dates and retractions don’t count."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet
from django.http import Http404
from django.utils import timezone

from blog import keys
from blog.models import Post, Series, SeriesSlot, Standing
from blog.reading.shown import shows

A_PAGE = 10
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
    title: str = ""
    month: dt.date | None = None


@dataclass(frozen=True)
class Planned:
    """What readers are told about a part that is not out."""

    title: str
    month: dt.date | None


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
    newest_at: dt.datetime

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


@dataclass(frozen=True)
class SeriesPage:
    """One page of the list of series."""

    rows: list[Progress]
    number: int
    last: int

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.last else None

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None


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
            shows(keys.topic("series", post.series.pk), keys.in_series(post.series.pk))
            parts = (post.series.planned_parts, highest.get(post.series_id), post.part_number)
            found[post.pk] = Place(post.series, post.part_number, max(number or 0 for number in parts))
    return found


def run(series: Series, *, moment: dt.datetime, current: Post | None = None) -> Run:
    """Return the line of a series. `current` is the piece being read; a preview's need not be visible yet."""
    numbered = Post.objects.visible_at(moment).filter(series=series, part_number__isnull=False)
    posts = list(numbered.select_related("live", "series").defer("live__body", "live__introduction"))
    return line(series, posts, moment=moment, current=current)


def line(series: Series, parts: Iterable[Post], *, moment: dt.datetime, current: Post | None = None) -> Run:
    """Return the line of a series from its visible parts, with `current` among them."""
    posts = list(parts)
    shows(keys.topic("series", series.pk), keys.in_series(series.pk), *(keys.piece(post.pk) for post in posts))
    if current and current.part_number:
        posts = [post for post in posts if post.pk != current.pk]
        posts.append(current)
    posts.sort(key=lambda post: post.part_number or 0)
    highest = (posts[-1].part_number or 0) if posts else 0
    total = max(series.planned_parts or 0, highest)
    # Without parts that are missing there is nothing to ask for
    plans = planned(series, moment=moment) if total > len(posts) else {}
    return Run(series, total, posts, list(_stations(posts, highest, total, current, plans)))


def planned(series: Series, *, moment: dt.datetime) -> dict[int, Planned]:
    """Return what readers are told about the parts that are not out: a title if it is to be shown, a month to come."""
    this_month = timezone.localdate(moment).replace(day=1)
    found = {}
    for slot in SeriesSlot.objects.filter(series=series):
        title = slot.working_title if slot.is_title_shown else ""
        month = slot.planned_for if slot.planned_for and slot.planned_for >= this_month else None
        if title or month:
            found[slot.part_number] = Planned(title, month)
    return found


def _stations(
    posts: list[Post], highest: int, total: int, current: Post | None, plans: dict[int, Planned]
) -> Iterable[Station]:
    following = 1
    for post in posts:
        number = post.part_number or 0
        yield from _gap(following, number - 1, plans, is_ahead=False)
        yield Station(number, number, post, is_current=current is not None and post.pk == current.pk)
        following = number + 1
    yield from _gap(highest + 1, total, plans, is_ahead=True)


def _gap(first: int, last: int, plans: dict[int, Planned], *, is_ahead: bool) -> Iterable[Station]:
    start = first
    for number in sorted(number for number in plans if first <= number <= last):
        yield from _unplanned(start, number - 1, is_ahead=is_ahead)
        yield Station(number, number, is_ahead=is_ahead, title=plans[number].title, month=plans[number].month)
        start = number + 1
    yield from _unplanned(start, last, is_ahead=is_ahead)


def _unplanned(first: int, last: int, *, is_ahead: bool) -> list[Station]:
    if last - first >= LONGEST_GAP:
        return [Station(first, last, is_ahead=is_ahead)]
    return [Station(number, number, is_ahead=is_ahead) for number in range(first, last + 1)]


def in_progress(*, moment: dt.datetime, most: int) -> list[Progress]:
    """Return the series of which parts are still to come, the one with the newest part first."""
    shows(keys.SERIES)
    changing, visible = _changing(moment)
    standing = Standing.objects.filter(is_in_progress=True).exclude(series__in=changing)
    rows = [*visible, *_newest_first(standing, 0, most)]
    return _shown([row for row in sorted(rows, key=_place) if row.is_in_progress][:most])


def series_page(*, moment: dt.datetime, number: int = 1) -> SeriesPage:
    """Return one page of the series of which readers can see something, the one with the newest part first.

    Raises Http404 beyond the end.
    """
    shows(keys.SERIES)
    changing, visible = _changing(moment)
    standing = Standing.objects.exclude(series__in=changing)
    last = max(1, -(-(standing.count() + len(visible)) // A_PAGE))
    if not 1 <= number <= last:
        raise Http404
    start = (number - 1) * A_PAGE
    # Each of those with pieces ahead may stand anywhere, and pushes what is behind it back by one
    since = max(0, start - len(visible))
    rows = _newest_first(standing, since, start + A_PAGE)
    behind = [row for row in visible if not since or not rows or _place(row) > _place(rows[0])]
    skipped = start - since - (len(visible) - len(behind))
    ordered = sorted([*rows, *behind], key=_place)
    return SeriesPage(_shown(ordered[skipped : skipped + A_PAGE]), number, last)


def _changing(moment: dt.datetime) -> tuple[set[int], list[Progress]]:
    """Return the keys of the series that have pieces ahead, and of these how far readers can see them to have come.

    What is written down about a series counts what lies ahead. So these few are counted here, at most two queries.
    """
    changing = set(Post.objects.ahead_at(moment).filter(series__isnull=False).values_list("series_id", flat=True))
    out = Post.objects.visible_at(moment).filter(series__in=changing).order_by().values("series_id")
    facts = {
        row["series_id"]: row
        for row in out.annotate(
            parts=Count("part_number"), highest=Max("part_number", default=0), newest_at=Max("published_at")
        )
    }
    return changing, [
        Progress(row, found["parts"], max(row.planned_parts or 0, found["highest"]), found["newest_at"])
        for row in Series.objects.filter(pk__in=facts)
        for found in [facts[row.pk]]
    ]


def _newest_first(standing: "QuerySet[Standing]", start: int, end: int) -> list[Progress]:
    rows = standing.select_related("series").order_by("-newest_at", "series_id")[start:end]
    return [
        Progress(row.series, row.parts, max(row.series.planned_parts or 0, row.highest), row.newest_at) for row in rows
    ]


def _place(row: Progress) -> tuple[dt.timedelta, int]:
    """Return what orders series by their newest part, as the database does."""
    return -(row.newest_at - dt.datetime.fromtimestamp(0, dt.UTC)), row.series.pk


def _shown(rows: list[Progress]) -> list[Progress]:
    shows(*(keys.topic("series", row.series.pk) for row in rows))
    return rows
