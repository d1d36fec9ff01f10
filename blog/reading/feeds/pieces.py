"""The feeds of pieces: of all, and of those in a category, with a tag, by a public name, in a series.

Each function takes what the address says and the moment, and raises Http404 where there is no feed to give.
"""

import datetime as dt

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.letters.writing import absolute
from blog.models import Author, Category, Correction, Masthead, Post, Revision, Series, Tag
from blog.reading import lists
from blog.reading.feeds.contents import (
    MOST_ITEMS,
    Feed,
    Item,
    Name,
    key_of,
    plain,
    plain_all,
    with_full_addresses,
)
from blog.reading.notices import Notice, notices
from blog.reading.shown import shows
from blog.states import CorrectionKind


def everything(*, moment: dt.datetime) -> Feed:
    """Return the feed of all pieces."""
    pieces = lists.everything(moment=moment)
    return _feed(pieces, page=reverse("reading:home"), at=reverse("reading:feed"), moment=moment)


def of_category(*, slug: str, moment: dt.datetime) -> Feed:
    """Return the feed of a category. One without pieces has an empty feed, as it has a page."""
    row = get_object_or_404(Category, slug=slug)
    shows(keys.topic("category", row.pk))
    return _feed_below(row, row.name, lists.kept(keys.in_category(row.pk), moment=moment), moment, category=row)


def of_tag(*, slug: str, moment: dt.datetime) -> Feed:
    """Return the feed of a tag."""
    row = get_object_or_404(Tag, slug=slug)
    shows(keys.topic("tag", row.pk))
    pieces = lists.begun_or_404(lists.kept(keys.with_tag(row.pk), moment=moment))
    return _feed_below(row, row.name, pieces, moment, tags=row)


def of_author(*, slug: str, moment: dt.datetime) -> Feed:
    """Return the feed of a public name."""
    row = get_object_or_404(Author, slug=slug)
    shows(keys.author(row.pk))
    pieces = lists.begun_or_404(lists.kept(keys.by_author(row.pk), moment=moment))
    return _feed_below(row, row.name, pieces, moment, authors=row)


def of_series(*, slug: str, moment: dt.datetime) -> Feed:
    """Return the feed of a series."""
    row = get_object_or_404(Series, slug=slug)
    shows(keys.topic("series", row.pk))
    pieces = lists.begun_or_404(lists.kept(keys.in_series(row.pk), moment=moment))
    return _feed_below(row, row.title, pieces, moment, series=row)


def _feed_below(
    topic: Category | Tag | Author | Series, name: str, pieces: lists.Pieces, moment: dt.datetime, **filed: Model
) -> Feed:
    page = topic.get_absolute_url()
    return _feed(pieces, page=page, at=f"{page}feed/", name=name, moment=moment, **filed)


def _feed(pieces: lists.Pieces, *, page: str, at: str, moment: dt.datetime, name: str = "", **filed: Model) -> Feed:
    """Return a feed of pieces. `filed` says of which pieces it may tell that they were taken down."""
    masthead = Masthead.current()
    shows(keys.EVERYTHING)
    newest = Post.objects.visible_at(moment).filter(pk__in=list(pieces.newest_first[:MOST_ITEMS])).newest_first()
    rows = newest.select_related("live__introduced_by", "live__lead_picture", "category").prefetch_related(
        "bylines__author", "tags", "corrections"
    )
    return Feed(
        title=plain(f"{name} – {masthead.name}" if name else masthead.name),
        about=plain(masthead.strapline),
        publisher=plain(masthead.name),
        page=absolute(page),
        address=absolute(at),
        items=_with_retractions(
            [_item(post, post.live, post.published_at) for post in rows if post.live and post.published_at],
            moment=moment,
            **filed,
        ),
    )


def _with_retractions(items: list[Item], *, moment: dt.datetime, **filed: Model) -> list[Item]:
    """Return the items with those pieces among them that were taken down and may be named, in the place they had."""
    shows(keys.CHANGES)
    told = Correction.objects.shown_at(moment).filter(
        kind=CorrectionKind.RETRACTION, shows_title=True, **{f"post__{name}": row for name, row in filed.items()}
    )
    if len(items) == MOST_ITEMS:
        told = told.filter(post__published_at__gte=items[-1].published_at)
    rows = told.order_by("-post__published_at")[:MOST_ITEMS].select_related("post__live")
    found = [*items, *(_retracted(row) for row in rows.defer("post__live__body", "post__live__introduction"))]
    return sorted(found, key=lambda item: item.published_at, reverse=True)[:MOST_ITEMS]


def _retracted(row: Correction) -> Item:
    """Return what stands in a feed instead of a piece that was taken down: that it was, and why if readers may know."""
    post, title = row.post, row.post.live.title if row.post.live else ""
    published_at = post.published_at or row.at
    return Item(
        key=key_of("piece", post.pk, published_at),
        address=absolute(post.get_absolute_url()),
        title=plain(_("Retracted: {title}").format(title=title)),
        content=plain(render_to_string("blog/_notice.html", {"notice": Notice(row, 0)})),
        names=[],
        published_at=published_at,
        updated_at=row.at,
    )


def _item(post: Post, text: Revision, published_at: dt.datetime) -> Item:
    _note(post, text)
    address = absolute(post.get_absolute_url())
    told = notices(post)
    content = render_to_string("blog/_feed_item.html", {"text": text, "picture": text.lead_picture, "notices": told})
    topics = ([post.category] if post.category else []) + list(post.tags.all())
    return Item(
        key=key_of("piece", post.pk, published_at),
        address=address,
        title=plain(text.title),
        content=plain(with_full_addresses(content, page=address)),
        names=[
            Name(plain(byline.author.name), absolute(byline.author.get_absolute_url()))
            for byline in post.ordered_bylines()
        ],
        published_at=published_at,
        updated_at=max([published_at, *(notice.correction.at for notice in told)]),
        summary=plain(text.standfirst),
        subjects=plain_all(topic.name for topic in topics),
        picture=absolute(text.lead_picture.file.url) if text.lead_picture else "",
        discussion=f"{address}#comments",
        comments=f"{address}feed/",
    )


def _note(post: Post, text: Revision) -> None:
    """Note what an item shows beside its own text: names, and what the piece is filed under."""
    shows(keys.piece(post.pk), *(keys.author(byline.author_id) for byline in post.bylines.all()))
    shows(*(keys.topic("tag", tag.pk) for tag in post.tags.all()))
    if post.category_id:
        shows(keys.topic("category", post.category_id))
    if text.introduced_by_id:
        shows(keys.author(text.introduced_by_id))
