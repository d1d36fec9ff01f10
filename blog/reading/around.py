"""What stands around a piece on its page: parts of its series, those before and after it, replies, related pieces.

One query for all of them, whatever their number and however many pieces there are.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import IntegerField, Q, Subquery, Value

from blog import keys
from blog.models import Post, Revision
from blog.reading.shown import shows
from blog.states import State

RELATED = 3
FACTS = ("pk", "slug", "published_at", "part_number", "series_id", "in_reply_to_id")


@dataclass
class Around:
    """The pieces around one, as far as readers see them: their addresses, dates and titles."""

    parts: list[Post] = field(default_factory=list)
    before: Post | None = None
    after: Post | None = None
    answers: Post | None = None
    replies: list[Post] = field(default_factory=list)
    related: list[Post] = field(default_factory=list)


def around(post: Post, *, moment: dt.datetime) -> Around:
    """Return what stands around a piece. One query."""
    visible = Post.objects.visible_at(moment).order_by()
    # What each is to the piece follows from these facts, so all come from one query set: making it is dearer than
    # asking it
    near = visible.values_list(*FACTS, "live__title", Value(None, IntegerField()))
    wanted = [near.filter(in_reply_to=post)]
    if post.series_id:
        wanted.append(near.filter(series=post.series_id, part_number__isnull=False))
    if post.in_reply_to_id:
        wanted.append(near.filter(pk=post.in_reply_to_id))
    if date := _date_among_others(post):
        wanted += [near.filter(pk=one) for one in _beside(post.pk, date, moment)]
    related = visible.filter(related_to__post=post).values_list(*FACTS, "live__title", "related_to__position")
    found: dict[int, Post] = {}
    places: dict[int, int] = {}
    for *facts, title, place in related.union(*wanted, all=True):
        row = Post(state=State.PUBLISHED, live=Revision(title=title), **dict(zip(FACTS, facts, strict=True)))
        found[row.pk] = row
        if place is not None:
            places[row.pk] = place
    shows(keys.around(post.pk), *(keys.piece(pk) for pk in found))
    return _arranged(post, found, places)


def _date_among_others(post: Post) -> dt.datetime | None:
    """Return its date if its neighbours are those in time, and not the parts of a series."""
    return None if post.series_id and post.part_number else post.published_at


def _arranged(post: Post, found: dict[int, Post], places: dict[int, int]) -> Around:
    """Say of each piece what it is; `places` are those of related ones."""
    rows = sorted(found.values(), key=_when)
    made = Around(
        parts=[row for row in rows if row.part_number and row.series_id == post.series_id],
        answers=found.get(post.in_reply_to_id or 0),
        replies=[row for row in rows if row.in_reply_to_id == post.pk],
    )
    made.parts.sort(key=lambda row: row.part_number or 0)
    if _date_among_others(post):
        # Nothing that readers see is nearer than those two, so of all these they are the nearest
        made.before = next((row for row in reversed(rows) if _when(row) < _when(post)), None)
        made.after = next((row for row in rows if _when(row) > _when(post)), None)
    # What one answers, or what answers it, stands there already
    nearer = {row.pk for row in (made.answers, *made.replies, *made.parts) if row}
    made.related = [found[pk] for pk in sorted(places, key=places.__getitem__) if pk not in nearer][:RELATED]
    return made


def _when(post: Post) -> tuple[Any, ...]:
    return post.published_at, post.pk


def _beside(pk: int, date: dt.datetime, moment: dt.datetime) -> tuple[Subquery, Subquery]:
    # One bound on each side, so that the index is read from there on and not from the newest piece
    older = Post.objects.visible_at(min(date, moment)).filter(
        Q(published_at__lt=date) | Q(published_at=date, pk__lt=pk)
    )
    visible = Post.objects.visible_at(moment).filter(published_at__gte=date)
    newer = visible.filter(Q(published_at__gt=date) | Q(published_at=date, pk__gt=pk))
    # Compared with as one value: parts of a compound query take no limit of their own on SQLite
    first = older.newest_first().values("pk")[:1], newer.order_by("published_at", "pk").values("pk")[:1]
    return Subquery(first[0]), Subquery(first[1])
