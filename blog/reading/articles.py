"""The page of a piece.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone

from blog import keys
from blog.editorial import addresses
from blog.models import Byline, Post, Revision
from blog.models.posts import PostQuerySet
from blog.reading import metadata, pictures
from blog.reading import series as runs
from blog.reading.around import around
from blog.reading.rendering import MovedError, RetractedError, render
from blog.reading.shown import shows

MOST_CORRECTIONS = 999


def post(*, year: int, month: int, day: int, slug: str, moment: dt.datetime) -> str:
    """Build the page of a piece; a wrong date for the right name leads to the right address."""
    row, text = _visible((year, month, day), slug, moment=moment)
    return piece(row, text, moment=moment)


def earlier(*, year: int, month: int, day: int, slug: str, number: int, moment: dt.datetime) -> str:
    """Build the page with the text of a piece as it stood before its correction of that number, the first being 1."""
    row, _live = _visible((year, month, day), slug, moment=moment, rest=f"earlier/{number}/")
    corrections = row.corrections.select_related("earlier__introduced_by", "earlier__lead_picture").order_by("at", "pk")
    found = corrections[number - 1 : number].first() if 0 < number <= MOST_CORRECTIONS else None
    if found is None:
        raise Http404
    text = found.earlier
    _shows_piece(row, text)
    return render(
        "earlier",
        path=row.get_absolute_url(),
        post=row,
        text=text,
        pictures=pictures.in_text(text),
        bylines=row.ordered_bylines(),
        correction=found,
    )


def _visible(date: tuple[int, int, int], slug: str, *, moment: dt.datetime, rest: str = "") -> tuple[Post, Revision]:
    """Return a piece that readers see, and its text; raise MovedError for a wrong date, with the `rest` of the path."""
    row = with_everything(Post.objects.visible_at(moment).filter(slug=slug)).order_by("pk").first()
    if row is None or row.live is None or row.published_at is None:
        if (taken_down_at := addresses.taken_down_at(slug=slug)) is not None:
            raise RetractedError(taken_down_at)
        raise Http404
    on = timezone.localdate(row.published_at)
    if (on.year, on.month, on.day) != date:
        raise MovedError(f"{row.get_absolute_url()}{rest}")
    return row, row.live


def piece(post: Post, text: Revision, *, moment: dt.datetime, is_preview: bool = False) -> str:
    """Build the page of a piece with one of its texts: the live one, or the working one for a preview."""
    near = around(post, moment=moment)
    run = runs.line(post.series, near.parts, current=post) if post.series else None
    before, after = run.neighbours(post) if run and post.part_number else (near.before, near.after)
    _shows_piece(post, text)
    path = post.get_absolute_url() if post.is_visible_at(moment) and not is_preview else ""
    bylines, corrections = post.ordered_bylines(), list(post.corrections.all())
    place = runs.Place(run.series, post.part_number, run.total) if run else None
    published_at, corrected_at = post.published_at or moment, corrections[-1].at if corrections else None
    return render(
        "post",
        path=path,
        metadata=metadata.Article(post, text, bylines, place, published_at, corrected_at),
        post=post,
        text=text,
        pictures=pictures.in_text(text),
        bylines=bylines,
        place=place,
        run=run,
        before=before,
        after=after,
        near=near,
        corrections=corrections,
        published_at=published_at,
        is_visible=post.is_visible_at(moment),
        is_preview=is_preview,
        description=text.standfirst,
        moment=moment,
    )


def with_everything(posts: PostQuerySet, *, text: str = "live") -> PostQuerySet:
    """Bring along all that a piece's page shows with one of its texts, in a fixed number of queries."""
    parts = [f"{text}__introduced_by", f"{text}__lead_picture"]
    bylines = Prefetch("bylines", Byline.objects.select_related("author__portrait"))
    return posts.select_related("category", "series", *parts).prefetch_related(bylines, "tags", "corrections")


def _shows_piece(post: Post, text: Revision) -> None:
    """Note what a page of the piece shows beside what stands around it."""
    signed_by = [text.introduced_by_id] if text.introduced_by_id else []
    shows(
        keys.piece(post.pk),
        keys.discussion(post.pk),
        *(keys.author(byline.author_id) for byline in post.bylines.all()),
        *(keys.author(pk) for pk in signed_by),
        *(keys.topic("tag", tag.pk) for tag in post.tags.all()),
        *([keys.topic("category", post.category_id)] if post.category_id else []),
    )
