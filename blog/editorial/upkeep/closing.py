"""When a discussion closes: by hand, or some days after the piece came out. The clock alone closes it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Category, Masthead, Post
from blog.models.posts import PostQuerySet
from blog.states import State


@dataclass(frozen=True)
class Closing:
    """Whether a discussion is closed at a moment, and when it closed or will. `at` is empty if nobody knows."""

    is_closed: bool
    at: dt.datetime | None = None


def closing_of(post: Post, *, moment: dt.datetime, masthead: Masthead | None = None) -> Closing:
    """Say whether a piece takes comments at a moment. No query if its category and the masthead are at hand."""
    if not post.comments_open:
        return Closing(is_closed=True, at=post.comments_closed_at)
    at = _closes_at(post, masthead)
    return Closing(is_closed=at is not None and at <= moment, at=at)


def renew_in_time(*, post: Post, at: dt.datetime) -> None:
    """Record that the pages of a piece are out of date when its discussion closes, if that moment lies ahead."""
    closes_at = _closes_at(post, None) if post.state == State.PUBLISHED and post.comments_open else None
    if closes_at and closes_at > at:
        mark(keys.discussion(post.pk), at=closes_at)


def renew_each_in_time(*, posts: Iterable[Post], at: dt.datetime) -> None:
    """Record the same for many pieces, whose categories are at hand."""
    masthead = Masthead.current()
    for post in posts:
        closes_at = _closes_at(post, masthead) if post.state == State.PUBLISHED and post.comments_open else None
        if closes_at and closes_at > at:
            mark(keys.discussion(post.pk), at=closes_at)


def renew_all_in_time(*, category: Category | None = None, days: int | None, at: dt.datetime) -> None:
    """Record the same for all pieces that take the number of days from their category, or else from the masthead.

    What has just changed for them is out of date anyhow, because their pages show the category or the masthead.
    """
    if not days:
        return
    ahead = Post.objects.filter(
        state=State.PUBLISHED,
        comments_open=True,
        comments_close_after__isnull=True,
        published_at__gt=at - dt.timedelta(days=days),
    )
    for pk, published_at in _taking(ahead, category).values_list("pk", "published_at"):
        if published_at:
            mark(keys.discussion(pk), at=published_at + dt.timedelta(days=days))


def _taking(posts: PostQuerySet, category: Category | None) -> PostQuerySet:
    if category:
        return posts.filter(category=category)
    return posts.filter(category__isnull=True) | posts.filter(category__comments_close_after__isnull=True)


def _closes_at(post: Post, masthead: Masthead | None) -> dt.datetime | None:
    if post.published_at is None:
        return None
    days = post.comments_close_after
    if days is None and post.category:
        days = post.category.comments_close_after
    if days is None:
        days = (masthead or Masthead.current()).comments_close_after
    return post.published_at + dt.timedelta(days=days) if days else None
