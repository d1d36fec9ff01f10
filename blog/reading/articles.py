"""The page of a piece.

Each function takes what the address says and the moment, and raises Http404, MovedError or RetractedError where there
is no page to give.
"""

import datetime as dt

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.upkeep import addresses
from blog.models import Byline, Correction, Post, Revision, Tag
from blog.models.posts import PostQuerySet
from blog.reading import metadata, pictures
from blog.reading import series as runs
from blog.reading.around import around
from blog.reading.notices import notices
from blog.reading.rendering import MovedError, RetractedError, WithheldError, render
from blog.reading.shown import shows


def post(*, year: int, month: int, day: int, slug: str, moment: dt.datetime) -> str:
    """Build the page of a piece; a wrong date for the right name leads to the right address."""
    row, text = _visible((year, month, day), slug, moment=moment)
    return piece(row, text, moment=moment)


def earlier(*, year: int, month: int, day: int, slug: str, number: int, moment: dt.datetime) -> str:
    """Build the page with the text of a piece as it stood before its correction of that number, the first being 1."""
    row, _live = _visible((year, month, day), slug, moment=moment, rest=f"earlier/{number}/")
    found = next((notice for notice in notices(row) if notice.number == number), None)
    if found is None:
        raise Http404
    if found.correction.is_withheld:
        raise WithheldError(row.get_absolute_url())
    texts = row.revisions.select_related("introduced_by", "lead_picture")
    text = texts.get(pk=found.correction.earlier_id or 0)
    bylines = _bylines(row)
    _shows_piece(row, text, bylines, _tags(row))
    return render(
        "earlier",
        path=row.get_absolute_url(),
        post=row,
        text=text,
        pictures=pictures.in_text(text),
        bylines=bylines,
        notice=found,
    )


def comments(*, year: int, month: int, day: int, slug: str, number: int, moment: dt.datetime) -> str:
    """Build a later page of the comments on a piece. The first stands under the piece itself."""
    row, text = _visible((year, month, day), slug, moment=moment, rest=f"comment-page-{number}/" if number > 1 else "")
    if number == 1:
        # Without a fragment, so that the `#comment-123` of an old link holds (RFC 9110, 10.2.2)
        raise MovedError(row.get_absolute_url())
    shows(keys.piece(row.pk), keys.discussion(row.pk))
    if row.category_id:
        # Its number of days may close the discussion
        shows(keys.topic("category", row.category_id))
    if not 1 < number <= row.comment_pages:
        raise Http404
    heading = _("Comments on “{title}”").format(title=text.title)
    return render(
        "comments",
        path=f"{row.get_absolute_url()}comment-page-{number}/",
        metadata=metadata.Page(_("{heading}, page {number}").format(heading=heading, number=number)),
        heading=heading,
        description=text.standfirst,
        post=row,
        number=number,
        moment=moment,
    )


def _visible(date: tuple[int, int, int], slug: str, *, moment: dt.datetime, rest: str = "") -> tuple[Post, Revision]:
    """Return a piece that readers see, and its text; raise MovedError for a wrong date, with the `rest` of the path."""
    # An address is one piece's, so there is nothing to order
    row = next(iter(with_text(Post.objects.visible_at(moment).filter(slug=slug)).order_by()), None)
    if row is None or row.live is None or row.published_at is None:
        if taken_down := addresses.taken_down(slug=slug):
            raise RetractedError(taken_down)
        raise Http404
    on = timezone.localdate(row.published_at)
    if (on.year, on.month, on.day) != date:
        raise MovedError(f"{row.get_absolute_url()}{rest}")
    return row, row.live


def piece(
    post: Post,
    text: Revision,
    *,
    moment: dt.datetime,
    is_preview: bool = False,
    coming: Correction | None = None,
) -> str:
    """Build the page of a piece with one of its texts: the live one, or the working one for a preview.

    `coming` is a correction that is not published yet, whose notice a preview shows with the others.
    """
    near = around(post, moment=moment)
    run = runs.line(post.series, near.parts, moment=moment, current=post) if post.series else None
    before, after = run.neighbours(post) if run and post.part_number else (near.before, near.after)
    bylines, tags, told = _bylines(post), _tags(post), notices(post, coming=coming)
    _shows_piece(post, text, bylines, tags)
    is_visible = post.is_visible_at(moment)
    path = post.get_absolute_url() if is_visible and not is_preview else ""
    place = runs.Place(run.series, post.part_number, run.total) if run else None
    published_at, corrected_at = post.published_at or moment, told[-1].correction.at if told else None
    return render(
        "post",
        path=path,
        metadata=metadata.Article(post, text, bylines, tags, place, published_at, corrected_at),
        post=post,
        text=text,
        pictures=pictures.in_text(text),
        bylines=bylines,
        tags=tags,
        place=place,
        run=run,
        before=before,
        after=after,
        near=near,
        notices=told,
        published_at=published_at,
        is_visible=is_visible,
        is_preview=is_preview,
        description=text.standfirst,
        moment=moment,
    )


def with_text(posts: PostQuerySet, *, text: str = "live") -> PostQuerySet:
    """Bring along one of the texts of a piece, and what it belongs to, in the same query."""
    return posts.select_related("category", "series", f"{text}__introduced_by", f"{text}__lead_picture")


def _bylines(post: Post) -> list[Byline]:
    # To prefetch them for one piece, and to write their order as SQL, costs twice as much as this question
    rows = Byline.objects.filter(post=post).select_related("author__portrait").order_by()
    return sorted(rows, key=lambda byline: byline.position)


def _tags(post: Post) -> list[Tag]:
    return list(Tag.objects.filter(posts=post))


def _shows_piece(post: Post, text: Revision, bylines: list[Byline], tags: list[Tag]) -> None:
    """Note what a page of the piece shows beside what stands around it."""
    signed_by = [text.introduced_by_id] if text.introduced_by_id else []
    shows(
        keys.piece(post.pk),
        keys.discussion(post.pk),
        *(keys.author(byline.author_id) for byline in bylines),
        *(keys.author(pk) for pk in signed_by),
        *(keys.topic("tag", tag.pk) for tag in tags),
        *([keys.topic("category", post.category_id)] if post.category_id else []),
    )
