"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from blog.reading.feeds.contents import LANGUAGE, Feed, Item, Name, hub

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, *, address: str) -> str:
    """Write a feed that stands at this address."""
    written: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": address,
        "language": LANGUAGE,
        "authors": [{"name": feed.publisher}],
    }
    if feed.about:
        written["description"] = feed.about
    if hub():
        written["hubs"] = [{"type": "WebSub", "url": hub()}]
    written["items"] = [_item(item) for item in feed.items]
    return json.dumps(written, ensure_ascii=False, indent=1)


def _item(item: Item) -> dict[str, Any]:
    optional = {"summary": item.summary, "image": item.picture, "tags": list(item.subjects)}
    return {
        "id": item.key,
        "url": item.address,
        "title": item.title,
        "content_html": item.content,
        "date_published": rfc3339_date(item.published_at),
        "date_modified": rfc3339_date(item.updated_at),
        "authors": [_author(name) for name in item.names],
        **{field: value for field, value in optional.items() if value},
    }


def _author(name: Name) -> dict[str, str]:
    return {"name": name.name, "url": name.address} if name.address else {"name": name.name}
