"""Atom (RFC 4287)."""

import datetime as dt
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from blog.reading.feeds.contents import LANGUAGE, NEVER, Feed, Item, hub

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class FullTextFeed(Atom1Feed):
    """Atom with the whole text of each entry, every name on it, and the hub if there is one."""

    changed_at = NEVER

    def latest_post_date(self) -> dt.datetime:
        """Return when something in the feed changed last; never the time of the request."""
        return self.changed_at

    def add_root_elements(self, handler: Any) -> None:
        """Write what is said of the feed as a whole."""
        super().add_root_elements(handler)
        if hub():
            handler.addQuickElement("link", "", {"rel": "hub", "href": hub()})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry's elements. Titles and summaries are plain text, the content is HTML (4.1.3.1)."""
        entry: Item = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": entry.address})
        if entry.comments:
            replies = {"rel": "replies", "type": "application/atom+xml", "href": f"{entry.comments}atom/"}
            handler.addQuickElement("link", "", replies)  # RFC 4685, 4
        handler.addQuickElement("id", entry.key)
        handler.addQuickElement("published", rfc3339_date(entry.published_at))
        handler.addQuickElement("updated", rfc3339_date(entry.updated_at))
        for name in entry.names:
            handler.startElement("author", {})
            handler.addQuickElement("name", name.name)
            if name.address:
                handler.addQuickElement("uri", name.address)
            handler.endElement("author")
        for subject in entry.subjects:
            handler.addQuickElement("category", "", {"term": subject})
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.content, {"type": "html"})


def write(feed: Feed, *, address: str) -> str:
    """Write a feed that stands at this address."""
    made = FullTextFeed(
        title=feed.title,
        link=feed.page,
        description=None,
        subtitle=feed.about or None,
        language=LANGUAGE,
        author_name=feed.publisher,
        feed_url=address,
        feed_guid=address,
    )
    made.changed_at = feed.changed_at
    for item in feed.items:
        made.add_item(title=item.title, link=item.address, description=item.summary, entry=item)
    text: str = made.writeString("utf-8")
    return text
