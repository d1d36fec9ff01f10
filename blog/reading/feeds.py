"""RSS 2.0 feeds (https://www.rssboard.org/rss-specification), rendered without a request like every reader's page."""

import datetime as dt
import re
from typing import Any

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from blog.editorial.letters import absolute
from blog.models import Author, Category, Masthead, Post, Series, Tag
from blog.models.posts import PostQuerySet
from blog.prose import CONTROLS
from blog.reading.lists import some_or_404

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
MOST_ITEMS = 20
A_TAG = re.compile(r"""<(?:"[^"]*"|[^">])*>""")
LOCAL_ADDRESS = re.compile(r'(?<= )(src|href)="/')


class FullTextFeed(Rss201rev2Feed):
    """RSS with the whole text of each item, and a `dc:creator` for every name on it."""

    def rss_attributes(self) -> dict[str, str]:
        """Declare the two vocabularies that carry text and names."""
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item's elements."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


def feed(*, moment: dt.datetime) -> str:
    """Build the feed of everything."""
    return _build(Post.objects.visible_at(moment), page=reverse("reading:home"), at=reverse("reading:feed"))


def category_feed(*, slug: str, moment: dt.datetime) -> str:
    """Build the feed of a category."""
    row = get_object_or_404(Category, slug=slug)
    return _build_for(Post.objects.visible_at(moment).filter(category=row), row.name, row.get_absolute_url())


def tag_feed(*, slug: str, moment: dt.datetime) -> str:
    """Build the feed of a tag."""
    row = get_object_or_404(Tag, slug=slug)
    return _build_for(some_or_404(Post.objects.visible_at(moment).filter(tags=row)), row.name, row.get_absolute_url())


def author_feed(*, slug: str, moment: dt.datetime) -> str:
    """Build the feed of a public name."""
    row = get_object_or_404(Author, slug=slug)
    return _build_for(
        some_or_404(Post.objects.visible_at(moment).filter(authors=row)), row.name, row.get_absolute_url()
    )


def series_feed(*, slug: str, moment: dt.datetime) -> str:
    """Build the feed of a series."""
    row = get_object_or_404(Series, slug=slug)
    return _build_for(
        some_or_404(Post.objects.visible_at(moment).filter(series=row)), row.title, row.get_absolute_url()
    )


def _build_for(posts: PostQuerySet, name: str, page: str) -> str:
    return _build(posts, page=page, at=f"{page}feed/", name=name)


def _build(posts: PostQuerySet, *, page: str, at: str, name: str = "") -> str:
    masthead = Masthead.current()
    made = FullTextFeed(
        title=_clean(f"{name} – {masthead.name}" if name else masthead.name),
        link=absolute(page),
        description=_clean(masthead.strapline),
        language="en-GB",
        feed_url=absolute(at),
    )
    newest = posts.newest_first().select_related("live__introduced_by", "live__lead_picture", "category")
    for post in newest.prefetch_related("bylines__author", "tags")[:MOST_ITEMS]:
        _add(made, post)
    text: str = made.writeString("utf-8")
    return text


def _add(made: FullTextFeed, post: Post) -> None:
    text = post.live
    if text is None:
        return
    address = absolute(post.get_absolute_url())
    subjects = [post.category.name] if post.category else []
    made.add_item(
        title=_clean(text.title),
        link=address,
        description=_clean(text.standfirst),
        pubdate=post.published_at,
        unique_id=address,
        unique_id_is_permalink=True,
        categories=[_clean(subject) for subject in (*subjects, *(tag.name for tag in post.tags.all()))],
        comments=f"{address}#comments",
        creators=[_clean(byline.author.name) for byline in post.ordered_bylines()],
        content=_clean(with_full_addresses(render_to_string("blog/_feed_item.html", {"text": text}))),
    )


def with_full_addresses(prose: str) -> str:
    """Return clean prose whose links and pictures on this site carry its name, for readers who see it elsewhere."""
    return A_TAG.sub(lambda tag: LOCAL_ADDRESS.sub(lambda match: f'{match[1]}="{absolute("/")}', tag[0]), prose)


def _clean(text: str) -> str:
    """Return text without the characters that XML 1.0 (2.2) forbids."""
    return CONTROLS.sub("", text)
