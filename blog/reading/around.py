"""What stands around a piece on its page: parts of its series, those before and after it, replies, related pieces.

One query for all of them, whatever their number and however many pieces there are.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Subquery, Value

from blog import keys
from blog.models import Post, Revision
from blog.models.posts import PostQuerySet
from blog.reading.shown import shows
from blog.states import State

RELATED = 3
FACTS = ("pk", "slug", "published_at", "part_number")


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
    wanted = [
        _as("reply", visible.filter(in_reply_to=post)),
        _as("related", visible.filter(related_to__post=post), place=F("related_to__position")),
    ]
    if post.series_id:
        wanted.append(_as("part", visible.filter(series=post.series_id, part_number__isnull=False)))
    if post.in_reply_to_id:
        wanted.append(_as("answers", visible.filter(pk=post.in_reply_to_id)))
    if post.published_at and not (post.series_id and post.part_number):
        before, after = _beside(post.pk, post.published_at, moment)
        wanted += [_as("before", visible.filter(pk=before)), _as("after", visible.filter(pk=after))]
    found: dict[str, list[Post]] = {}
    for what, _place, title, *facts in sorted(wanted[0].union(*wanted[1:], all=True), key=_in_order):
        row = Post(state=State.PUBLISHED, live=Revision(title=title), **dict(zip(FACTS, facts, strict=True)))
        found.setdefault(what, []).append(row)
    return _arranged(post, found)


def _arranged(post: Post, found: dict[str, list[Post]]) -> Around:
    made = Around(
        parts=sorted(found.get("part", []), key=lambda row: row.part_number or 0),
        before=next(iter(found.get("before", [])), None),
        after=next(iter(found.get("after", [])), None),
        answers=next(iter(found.get("answers", [])), None),
        replies=sorted(found.get("reply", []), key=lambda row: (row.published_at, row.pk)),
        related=found.get("related", []),
    )
    # What one answers, or what answers it, stands there already
    nearer = {row.pk for row in (made.answers, *made.replies, *made.parts) if row}
    made.related = [row for row in made.related if row.pk not in nearer][:RELATED]
    shows(keys.around(post.pk), *(keys.piece(row.pk) for rows in found.values() for row in rows))
    return made


def _as(what: str, posts: PostQuerySet, place: F | None = None) -> QuerySet[Post, tuple[Any, ...]]:
    """Return what a link to a piece takes, with the name of the place where it will stand, and its position there."""
    names = Value(what, CharField()), place or Value(0, IntegerField()), F("live__title")
    return posts.values_list(*names, *FACTS)


def _in_order(row: tuple[Any, ...]) -> int:
    position: int = row[1]
    return position


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
