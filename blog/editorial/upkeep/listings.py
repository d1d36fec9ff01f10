"""The lists that readers open, kept up to date by whoever changes what is on them.

A reader's page never counts pieces: it reads what stands here. The writer pays, once, in the transaction of the change.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from blog import keys
from blog.editorial.upkeep import search_index
from blog.editorial.upkeep.closing import renew_each_in_time, renew_in_time
from blog.editorial.upkeep.purges import mark
from blog.models import Byline, Listed, Listing, ListingKind, Post, Series, Standing
from blog.states import State

MOST_AT_ONCE = 500  # Rows in one query
DATED = {ListingKind.ALL, ListingKind.YEAR, ListingKind.MONTH}
KEYS = {
    ListingKind.YEAR: keys.in_year,
    ListingKind.CATEGORY: keys.in_category,
    ListingKind.TAG: keys.with_tag,
    ListingKind.AUTHOR: keys.by_author,
    ListingKind.SERIES: keys.in_series,
}


@dataclass(frozen=True)
class Place:
    """A list that a piece is on, or was."""

    kind: ListingKind
    subject: int

    @property
    def key(self) -> str:
        """The list's key (`blog.keys`)."""
        if self.kind == ListingKind.ALL:
            return keys.ALL
        if self.kind == ListingKind.MONTH:
            return keys.in_month(dt.date(self.subject // 100, self.subject % 100, 1))
        return KEYS[self.kind](self.subject)


def relist(*, post: Post, at: dt.datetime, was_at: dt.datetime | None = None) -> None:
    """Bring the lists up to date after a change to a piece that is, was or will be before readers.

    `was_at` is the date that the change took from it. In this order, in the caller's transaction: writes the rows of
    the lists that it is on (`Listed`), if they are others than before; counts the lists anew that it came to or left;
    writes how far its series have come; and records what readers' pages are out of date (`purges.mark`), now if
    readers see a difference, at its time if that lies ahead, and when its discussion closes (`closing`).
    """
    with transaction.atomic():
        row = Post.objects.get(pk=post.pk)
        before = dict[Place, dt.datetime]()
        for kind, subject, date in Listed.objects.filter(post=row).values_list(
            "listing__kind", "listing__subject", "published_at"
        ):
            before[Place(ListingKind(kind), subject)] = date
        after = places_of(row)
        dates = {date for date in (*before.values(), *after.values(), was_at) if date}
        series = {place for place in (*before, *after) if place.kind == ListingKind.SERIES}
        if before != after or (dates and not before):
            _rewrite(row, before=before, after=after, dates=dates)
        else:
            _locked(series)
        moved_on = {place.subject for place in series if _count_parts(place.subject)}
        touched = _touched(row, before=before, after=after, dates=dates, moved_on=moved_on)
        if any(date <= at for date in dates) or (row.published_at and row.published_at <= at):
            mark(*touched, at=at)
        if row.state == State.PUBLISHED and row.published_at and row.published_at > at:
            mark(*touched, at=row.published_at)
        renew_in_time(post=row, at=at)
        search_index.keep([row.pk], at=at)


def relist_all(*, posts: Collection[int], at: dt.datetime) -> None:
    """Bring the lists up to date after changes to many pieces at once, as `relist` does for one, in few queries.

    For changes after which every page is out of date, which the caller records: only what lies ahead is recorded here.
    """
    with transaction.atomic():
        rows = list(Post.objects.filter(pk__in=posts).select_related("category").order_by("pk"))
        before, after = _listed_all(rows), _places_of_all(rows)
        dates = {row.pk: {*before[row.pk].values(), *after[row.pk].values()} for row in rows}
        dates = {row.pk: dates[row.pk] | ({row.published_at} if row.published_at else set()) for row in rows}
        changed = [row for row in rows if before[row.pk] != after[row.pk] or (dates[row.pk] and not before[row.pk])]
        touched = {place for row in changed for place in (*before[row.pk], *after[row.pk])}
        touched |= {place for row in changed for date in dates[row.pk] for place in places_on(date)}
        lists = _locked(touched)
        Listed.objects.filter(post__in=[row.pk for row in changed if before[row.pk]]).delete()
        Listed.objects.bulk_create(
            [
                Listed(listing=lists[place], post=row, published_at=date)
                for row in changed
                for place, date in after[row.pk].items()
            ],
            batch_size=MOST_AT_ONCE,
        )
        count(lists.values())
        moved_on = {place.subject for place in touched if place.kind == ListingKind.SERIES}
        moved_on = {subject for subject in moved_on if _count_parts(subject)}
        for row in rows:
            if row.state == State.PUBLISHED and row.published_at and row.published_at > at:
                told = _touched(row, before={}, after=after[row.pk], dates=dates[row.pk], moved_on=moved_on)
                mark(*told, at=row.published_at)
        renew_each_in_time(posts=rows, at=at)
        search_index.keep([row.pk for row in rows], at=at)


def places_of(post: Post) -> dict[Place, dt.datetime]:
    """Return the lists of categories, tags, authors and series that a piece is on, with its date; none unless out."""
    if post.state != State.PUBLISHED or post.published_at is None:
        return {}
    found = [Place(ListingKind.AUTHOR, pk) for pk in post.bylines.values_list("author_id", flat=True)]
    found += [Place(ListingKind.TAG, pk) for pk in post.tags.values_list("pk", flat=True)]
    if post.category_id:
        found.append(Place(ListingKind.CATEGORY, post.category_id))
    if post.series_id:
        found.append(Place(ListingKind.SERIES, post.series_id))
    return dict.fromkeys(found, post.published_at)


def _listed_all(posts: Iterable[Post]) -> dict[int, dict[Place, dt.datetime]]:
    """Return the lists that pieces are on, as the rows have it."""
    found: dict[int, dict[Place, dt.datetime]] = defaultdict(dict)
    rows = Listed.objects.filter(post__in=[post.pk for post in posts])
    for pk, kind, subject, date in rows.values_list("post", "listing__kind", "listing__subject", "published_at"):
        found[pk][Place(ListingKind(kind), subject)] = date
    return found


def _places_of_all(posts: Iterable[Post]) -> dict[int, dict[Place, dt.datetime]]:
    """Return for many pieces what `places_of` returns for one."""
    out = {post.pk: post for post in posts if post.state == State.PUBLISHED and post.published_at}
    found: dict[int, dict[Place, dt.datetime]] = defaultdict(dict)

    def add(pk: int, kind: ListingKind, subject: int | None) -> None:
        if subject and (date := out[pk].published_at):
            found[pk][Place(kind, subject)] = date

    for pk, author in Byline.objects.filter(post__in=out).order_by("pk").values_list("post_id", "author_id"):
        add(pk, ListingKind.AUTHOR, author)
    tagged = Post.tags.through._default_manager.filter(post__in=out)  # noqa: SLF001  Django's public name; the types know no other
    for pk, tag in tagged.order_by("pk").values_list("post_id", "tag_id"):
        add(pk, ListingKind.TAG, tag)
    for pk, post in out.items():
        add(pk, ListingKind.CATEGORY, post.category_id)
        add(pk, ListingKind.SERIES, post.series_id)
    return found


def places_on(date: dt.datetime) -> list[Place]:
    """Return the lists that a date puts a piece on: all pieces, its year, its month."""
    day = timezone.localdate(date)
    return [
        Place(ListingKind.ALL, 0),
        Place(ListingKind.YEAR, day.year),
        Place(ListingKind.MONTH, day.year * 100 + day.month),
    ]


def settle_series(*, series: Series, at: dt.datetime) -> None:
    """Bring the lists up to date after a change to the plan of a series, and record the pages that show it."""
    with transaction.atomic():
        _locked([Place(ListingKind.SERIES, series.pk)])
        _count_parts(series.pk)
        mark(keys.SERIES, keys.in_series(series.pk), at=at)


def _rewrite(
    post: Post, *, before: dict[Place, dt.datetime], after: dict[Place, dt.datetime], dates: set[dt.datetime]
) -> None:
    touched = {*before, *after, *(place for date in dates for place in places_on(date))}
    lists = _locked(touched)
    Listed.objects.filter(post=post).delete()
    Listed.objects.bulk_create(
        Listed(listing=lists[place], post=post, published_at=date) for place, date in after.items()
    )
    count(lists.values())


def _locked(places: Iterable[Place]) -> dict[Place, Listing]:
    """Return the rows of these lists, made where there are none, and locked.

    Always in the order of their keys, so that two writers never wait for each other. Whoever waited counts afterwards,
    and so sees what the other one wrote.
    """
    wanted = sorted(places, key=lambda place: place.key)
    known = set(Listing.objects.filter(key__in=[place.key for place in wanted]).values_list("key", flat=True))
    Listing.objects.bulk_create(
        (Listing(key=place.key, kind=place.kind, subject=place.subject) for place in wanted if place.key not in known),
        ignore_conflicts=True,
    )
    rows = Listing.objects.select_for_update(of=("self",)).filter(key__in=[place.key for place in wanted])
    return {Place(ListingKind(row.kind), row.subject): row for row in rows.order_by("key")}


def count(lists: Iterable[Listing]) -> None:
    """Count the pieces of these lists and write the numbers down, those whose time lies ahead included."""
    rows = list(lists)
    kept = [row.pk for row in rows if row.kind not in DATED]
    sizes = dict(Listed.objects.filter(listing__in=kept).order_by().values_list("listing").annotate(pieces=Count("pk")))
    for row in rows:
        row.pieces = _count_dated(row) if row.kind in DATED else sizes.get(row.pk, 0)
    Listing.objects.bulk_update(rows, ["pieces"])


def _count_dated(listing: Listing) -> int:
    published = Post.objects.filter(state=State.PUBLISHED)
    if listing.kind == ListingKind.ALL:
        return published.count()
    if listing.kind == ListingKind.YEAR:
        return published.filter(published_at__year=listing.subject).count()
    year, month = divmod(listing.subject, 100)
    return published.filter(published_at__year=year, published_at__month=month).count()


def _count_parts(series_pk: int) -> bool:
    """Write down how far a series has come, and return whether that is a change."""
    published = Post.objects.filter(series=series_pk, state=State.PUBLISHED)
    facts = published.aggregate(
        parts=Count("part_number"), highest=Max("part_number", default=0), newest_at=Max("published_at")
    )
    before = Standing.objects.filter(pk=series_pk).first()
    if facts["newest_at"] is None:
        Standing.objects.filter(pk=series_pk).delete()
        return before is not None
    planned = Series.objects.values_list("planned_parts", flat=True).get(pk=series_pk) or 0
    facts["is_in_progress"] = 0 < facts["parts"] < max(planned, facts["highest"])
    if before and all(getattr(before, name) == value for name, value in facts.items()):
        return False
    Standing.objects.update_or_create(pk=series_pk, defaults=facts)
    return True


def _touched(
    post: Post,
    *,
    before: dict[Place, dt.datetime],
    after: dict[Place, dt.datetime],
    dates: set[dt.datetime],
    moved_on: set[int],
) -> list[str]:
    """Return the keys of what readers see differently."""
    touched = [keys.piece(post.pk), *(keys.in_series(pk) for pk in moved_on)]
    if moved_on:
        touched.append(keys.SERIES)
    if before == after and before:
        return touched
    # Also what it is on before and after: the lists number their pieces
    touched += [place.key for place in (*before, *after)]
    if any(place.kind == ListingKind.SERIES for place in (*before, *after)):
        touched.append(keys.SERIES)
    if set(before.values()) == set(after.values()) and before:
        return [*touched, keys.ALL]
    touched += [place.key for date in dates for place in places_on(date)]
    if post.comment_count:
        touched.append(keys.COMMENTS)
    return touched + [keys.around(pk) for date in dates for pk in _beside(post.pk, date)]


def _beside(pk: int, date: dt.datetime) -> list[int]:
    """Return the published pieces before and after a piece of that date: their pages lead to it, or did."""
    published = Post.objects.filter(state=State.PUBLISHED).exclude(pk=pk)
    older = published.filter(Q(published_at__lt=date) | Q(published_at=date, pk__lt=pk)).newest_first()
    newer = published.filter(Q(published_at__gt=date) | Q(published_at=date, pk__gt=pk))
    return [
        *older.values_list("pk", flat=True)[:1],
        *newer.order_by("published_at", "pk").values_list("pk", flat=True)[:1],
    ]
