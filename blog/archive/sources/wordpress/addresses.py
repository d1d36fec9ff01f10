"""Every address that a post or a page could be found under, and those of the blog's feeds."""

import re
from collections.abc import Iterator

from blog.archive.records import Moved
from blog.archive.sources.wordpress.elements import Element
from blog.archive.sources.wordpress.index import Index
from blog.archive.sources.wordpress.places import Places, each_once, moved_date, moved_slug

NEVER_OUT = {"draft", "pending", "auto-draft", "trash"}
MOST_SLUGS = 50
NUMBER_ASKED = re.compile(r"\?(?:p|page_id)=(\d+)")
# WordPress's feeds by what we have for them (`WP_Rewrite::rewrite_rules`, `wp-includes/rewrite.php`)
FEEDS = {
    "/feed/": (
        "feed/rss/", "feed/rss2/", "feed/rdf/", "feed/feed/", "rss/", "rss2/", "rdf/", "wp-rss.php", "wp-rss2.php",
        "wp-rdf.php", "wp-feed.php", "?feed=rss2", "?feed=rss", "?feed=rdf", "?feed=feed",
    ),
    "/feed/atom/": ("atom/", "wp-atom.php", "?feed=atom"),
    "/comments/feed/": (
        "comments/feed/rss2/", "comments/feed/rss/", "comments/feed/rdf/", "wp-commentsrss2.php",
        "?feed=comments-rss2", "?feed=comments-rss",
    ),
    "/comments/feed/atom/": ("?feed=comments-atom",),
    "/sitemap.xml": ("wp-sitemap.xml", "sitemap_index.xml"),  # The second is Yoast SEO's
}  # fmt: skip


def of_item(item: Element, index: Index, *, number_asked: str) -> tuple[str, ...]:
    """Return the addresses of a post or page, the usual one first. `number_asked` is what asks for it by its number."""
    places = index.places
    if item.get("wp:status") in NEVER_OUT:
        return ()
    link = places.whole(item.get("link"))
    guid = places.whole(item.get("guid"))
    found = [link] if places.is_ours(link) else []
    if guid and places.is_ours(guid) and not _is_anothers(guid, item, index):
        found.append(guid)
    if item.key.isdecimal():
        found.append(places.on(f"?{number_asked}={item.key}"))
        found += [] if number_asked == "p" else [places.on(f"?p={item.key}")]
    if found and "?" not in found[0]:
        found += [moved_slug(found[0], slug.strip()) for slug in item.meta.get("_wp_old_slug", [])[:MOST_SLUGS]]
        found += [moved_date(found[0], date.strip()) for date in item.meta.get("_wp_old_date", [])[:MOST_SLUGS]]
    return each_once(address for address in found if not places.is_front(address))


def _is_anothers(guid: str, item: Element, index: Index) -> bool:
    """Whether a permanent address asks for another item by its number, as when a text was brought from another blog."""
    asked = NUMBER_ASKED.search(guid)
    return bool(
        asked and asked[1] != item.key and any(index.seen.has(kind, asked[1]) for kind in ("post", "page", "file"))
    )


def of_feeds(places: Places) -> Iterator[Moved]:
    """Give the blog's feeds and its map; and, if it lay in a folder, that all that lay there is without it here."""
    for to, paths in FEEDS.items():
        for path in paths:
            yield Moved(places.on(path), to)
    below_host = places.base.partition("://")[2].partition("/")[2]
    for folder in [below_host, f"{below_host}{places.front}".strip("/")]:
        if folder:
            yield Moved(f"{places.base.removesuffix(below_host).rstrip('/')}/{folder}/*", "/")
