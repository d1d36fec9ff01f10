"""The page of a piece.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt

from django.db.models import F
from django.http import Http404
from django.utils import timezone

from blog.models import Post, Revision
from blog.models.posts import PostQuerySet
from blog.reading import series as runs
from blog.reading.rendering import MovedError, RetractedError, render
from blog.states import State


def post(*, year: int, month: int, day: int, slug: str, moment: dt.datetime) -> str:
    """Build the page of a piece; a wrong date for the right name leads to the right address."""
    visible = Post.objects.visible_at(moment)
    row = with_everything(visible.filter(slug=slug)).first()
    if row is None or row.live is None or row.published_at is None:
        _raise_if_retracted(slug)
        raise Http404
    on = timezone.localdate(row.published_at)
    if (on.year, on.month, on.day) != (year, month, day):
        raise MovedError(row.get_absolute_url())
    return piece(row, row.live, moment=moment)


def piece(post: Post, text: Revision, *, moment: dt.datetime, is_preview: bool = False) -> str:
    """Build the page of a piece with one of its texts: the live one, or the working one for a preview."""
    run = runs.run(post.series, moment=moment, current=post) if post.series else None
    before, after = run.neighbours(post) if run and post.part_number else (None, None)
    path = post.get_absolute_url() if post.is_visible_at(moment) and not is_preview else ""
    return render(
        "post",
        path=path,
        post=post,
        text=text,
        bylines=post.ordered_bylines(),
        place=runs.Place(run.series, post.part_number, run.total) if run else None,
        run=run,
        before=before,
        after=after,
        corrections=list(post.corrections.all()),
        published_at=post.published_at or moment,
        is_visible=post.is_visible_at(moment),
        is_preview=is_preview,
        description=text.standfirst,
        moment=moment,
    )


def with_everything(posts: PostQuerySet, *, text: str = "live") -> PostQuerySet:
    """Bring along all that a piece's page shows with one of its texts, in a fixed number of queries."""
    parts = [f"{text}__introduced_by", f"{text}__lead_picture"]
    return posts.select_related("category", "series", *parts).prefetch_related(
        "bylines__author__portrait", "tags", "corrections"
    )


def _raise_if_retracted(slug: str) -> None:
    """Raise RetractedError for a piece that readers could see once. Nothing of it is read but that it was there."""
    if Post.objects.filter(slug=slug, state=State.RETRACTED, published_at__lte=F("state_since")).exists():
        raise RetractedError
