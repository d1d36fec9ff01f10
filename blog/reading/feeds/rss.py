"""RSS 2.0 (https://www.rssboard.org/rss-specification)."""

import datetime as dt
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from blog.reading.feeds.contents import LANGUAGE, NEVER, Feed, Item, hub

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
VOCABULARIES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


class FullTextFeed(Rss201rev2Feed):
    """RSS with the whole text of each item, a `dc:creator` for every name on it, and the hub if there is one."""

    changed_at = NEVER

    def rss_attributes(self) -> dict[str, str]:
        """Declare the vocabularies for texts, names and comments."""
        return {**super().rss_attributes(), **{f"xmlns:{name}": uri for name, uri in VOCABULARIES.items()}}

    def latest_post_date(self) -> dt.datetime:
        """Return when something in the feed changed last; never the time of the request."""
        return self.changed_at

    def add_root_elements(self, handler: Any) -> None:
        """Write what is said of the feed as a whole."""
        super().add_root_elements(handler)
        if hub():
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub()})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an item's elements."""
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        if item["comment_feed"]:
            handler.addQuickElement("wfw:commentRss", item["comment_feed"])
        handler.addQuickElement("content:encoded", item["content"])


def write(feed: Feed, *, address: str) -> str:
    """Write a feed that stands at this address."""
    made = FullTextFeed(title=feed.title, link=feed.page, description=feed.about, language=LANGUAGE, feed_url=address)
    made.changed_at = feed.changed_at
    for item in feed.items:
        _add(made, item)
    text: str = made.writeString("utf-8")
    return text


def _add(made: FullTextFeed, item: Item) -> None:
    made.add_item(
        title=item.title,
        link=item.address,
        description=escape(item.summary),  # It is read as HTML
        pubdate=item.published_at,
        unique_id=item.key,
        unique_id_is_permalink=False,
        categories=item.subjects,
        comments=item.discussion or None,
        creators=[name.name for name in item.names],
        comment_feed=item.comments,
        content=item.content,
    )
