"""What stands around a piece: pieces that go with it, what it answers, what answers it.

Worked out when something changes, in its transaction, so that a reader's page only reads rows, however many pieces
there are.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest

from django.db import transaction
from django.db.models import Q

from blog import keys
from blog.batches import in_batches
from blog.editorial.upkeep.purges import mark
from blog.models import Listed, Post, Related
from blog.states import State

KEPT = 6  # Twice as many as readers see, so that one that is taken down leaves no gap
MOST_OF_A_SUBJECT = 200  # The newest of a tag stand for all of it
MOST_TAGS = 12
MOST_REARRANGED = 12
BATCH = 500
MOST_LISTS = 2000  # Whose newest pieces are kept at hand while many are rearranged


def rearrange(*, post: Post, at: dt.datetime, answered: int | None = None, was_at: dt.datetime | None = None) -> None:
    """Bring up to date what stands around a piece, and around those that it stands around.

    To be called after `listings.relist`, in the caller's transaction. In this order: works out which pieces go with it
    and with its neighbours in subject, if it is published; records which pages are out of date (`purges.mark`), now
    and, for a piece whose time lies ahead, again at its time. `answered` is the key of the piece that it was a reply to
    before the change, `was_at` the date that the change took from it.
    """
    with transaction.atomic():
        row = Post.objects.get(pk=post.pk)
        if row.published_at is None and was_at is None:
            return  # It stands nowhere yet
        touched = {row.pk, *row.replies.values_list("pk", flat=True)}
        touched |= {pk for pk in (row.in_reply_to_id, answered) if pk}
        # Their pages show it, or will no longer, or will again
        touched |= set(row.related_to.values_list("post_id", flat=True))
        if row.state == State.PUBLISHED:
            touched |= _relate_with_neighbours(row)
        _mark(touched, at, row.published_at)
        if date := row.published_at or was_at:
            _mark_for_what_follows(row.pk, date, at)


def rearrange_all(*, posts: Iterable[int], at: dt.datetime) -> Iterator[int]:
    """Bring up to date what stands around many pieces, and around those that they stand around.

    Works out which pieces go with each, in batches, each in a transaction of its own; gives after each how many that
    were. To be called after `listings.relist_all`, and again from the beginning after an interruption.
    """
    wanted = sorted(set(posts))
    subjects = _Subjects()
    beside = set[int]()
    for some in in_batches(wanted, BATCH):
        beside |= _relate_all(some, subjects, at=at)
        yield len(some)
    for some in in_batches(sorted(beside - set(wanted)), BATCH):
        _relate_all(some, subjects, at=at)
    ahead = Post.objects.filter(state=State.PUBLISHED, published_at__gt=at)
    for some in in_batches(wanted, BATCH):
        for post in ahead.filter(pk__in=some).order_by("pk"):
            rearrange(post=post, at=at)


@dataclass
class _Subjects:
    """The newest pieces of subjects, looked up once for many pieces."""

    newest: dict[str, list[tuple[int, dt.datetime]]] = field(default_factory=dict)
    parts: dict[int, set[int]] = field(default_factory=dict)

    def newest_on(self, key: str) -> list[tuple[int, dt.datetime]]:
        if key not in self.newest:
            if len(self.newest) >= MOST_LISTS:
                self.newest.clear()
            self.newest[key] = _newest_on(key, MOST_OF_A_SUBJECT)
        return self.newest[key]

    def parts_of(self, series: int) -> set[int]:
        if series not in self.parts:
            self.parts[series] = set(Post.objects.filter(series=series).values_list("pk", flat=True))
        return self.parts[series]


def _relate_all(pieces: list[int], subjects: _Subjects, *, at: dt.datetime) -> set[int]:
    """Write which pieces go with each of these, and return those that did or do."""
    with transaction.atomic():
        rows = Post.objects.filter(pk__in=pieces, state=State.PUBLISHED)
        rows = rows.only("category_id", "series_id").prefetch_related("tags").order_by("pk")
        wanted = {post.pk: _closest_at_hand(post, subjects) for post in rows}
        before: dict[int, list[int]] = {pk: [] for pk in wanted}
        for pk, other in Related.objects.filter(post__in=wanted).values_list("post_id", "other_id"):
            before[pk].append(other)
        changed = [pk for pk in wanted if before[pk] != wanted[pk]]
        Related.objects.filter(post__in=[pk for pk in changed if before[pk]]).delete()
        Related.objects.bulk_create(
            [
                Related(post_id=pk, other_id=other, position=position)
                for pk in changed
                for position, other in enumerate(wanted[pk], 1)
            ],
            batch_size=BATCH,
        )
        if changed:
            mark(keys.EVERYTHING, at=at)
    return {other for pk in changed for other in (*wanted[pk], *before[pk])}


def _relate_with_neighbours(post: Post) -> set[int]:
    """Write which pieces go with a piece, and with those that it went or goes with; return those that changed."""
    went_with = Related.objects.filter(other=post).order_by("-post").values_list("post_id", flat=True)
    before = list(went_with[:MOST_REARRANGED])
    changed = {post.pk} if _relate(post) else set()
    now = Related.objects.filter(post=post).values_list("other_id", flat=True)
    others = Post.objects.filter(pk__in={*before, *now}, state=State.PUBLISHED)
    return changed | {other.pk for other in others if _relate(other)}


def _relate(post: Post) -> bool:
    """Write which published pieces go with a piece, the closest first; return whether that is a change."""
    wanted = _closest(post)
    before = list(post.related.order_by("position").values_list("other_id", flat=True))
    if before == wanted:
        return False
    post.related.all().delete()
    Related.objects.bulk_create(
        Related(post=post, other_id=pk, position=position) for position, pk in enumerate(wanted, 1)
    )
    return True


def _closest(post: Post) -> list[int]:
    """Return the pieces with the most tags of a piece, then those of its category; the newest first among equals."""
    return _closest_at_hand(post, _Subjects())


def _closest_at_hand(post: Post, subjects: _Subjects) -> list[int]:
    shared: Counter[int] = Counter()
    dates: dict[int, dt.datetime] = {}
    for tag in sorted(tag.pk for tag in post.tags.all())[:MOST_TAGS]:
        for pk, date in subjects.newest_on(keys.with_tag(tag)):
            shared[pk] += 1
            dates[pk] = date
    same: dict[int, dt.datetime] = {}
    if post.category_id:
        same = dict(subjects.newest_on(keys.in_category(post.category_id)))
    dates |= same
    dates.pop(post.pk, None)
    # Parts of one series stand in its box already
    if post.series_id:
        for pk in subjects.parts_of(post.series_id) & set(dates):
            del dates[pk]
    return nlargest(KEPT, dates, key=lambda pk: (shared[pk], pk in same, dates[pk], pk))


def _newest_on(key: str, most: int) -> list[tuple[int, dt.datetime]]:
    listed = Listed.objects.filter(listing__key=key).order_by("-published_at", "-post")
    return list(listed.values_list("post_id", "published_at")[:most])


def _mark(touched: Iterable[int], at: dt.datetime, published_at: dt.datetime | None) -> None:
    names = [keys.around(pk) for pk in sorted(touched)]
    mark(*names, at=at)
    if published_at and published_at > at:
        mark(*names, at=published_at)


def _mark_for_what_follows(pk: int, date: dt.datetime, at: dt.datetime) -> None:
    """Record that a piece, or the one before it, leads to the next from its time on, where that lies ahead."""
    published = Post.objects.filter(state=State.PUBLISHED).exclude(pk=pk)
    after = published.filter(Q(published_at__gt=date) | Q(published_at=date, pk__gt=pk), published_at__gt=at)
    following = after.order_by("published_at", "pk").values_list("published_at", flat=True).first()
    if following is None:
        return
    before = published.filter(Q(published_at__lt=date) | Q(published_at=date, pk__lt=pk), published_at__lte=date)
    beside = before.newest_first().values_list("pk", flat=True)[:1]
    mark(*(keys.around(pk) for pk in (pk, *beside)), at=following)
