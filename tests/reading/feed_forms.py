"""The feeds as a reader's program meets them: fetched, checked against the rules of their format, and taken apart."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils.dateparse import parse_datetime
from lxml import etree

FORMS = ["", "atom/", "json/"]
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
TYPES = {
    "": "application/rss+xml; charset=utf-8",
    "atom/": "application/atom+xml; charset=utf-8",
    "json/": "application/feed+json; charset=utf-8",
}
ONCE_IN_ATOM = ["id", "title", "updated"]


def fetch(client: Client, path: str, form: str = "", **headers: str) -> Any:
    """Return a feed as parsed by lxml or json, after checking what its format demands of every feed."""
    response = client.get(f"{path}{form}", headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[form]
    if form == "json/":
        return checked_json(json.loads(response.content))
    root = etree.fromstring(response.content)
    return checked_atom(root) if form else checked_rss(root)


def checked_rss(root: Any) -> Any:
    """Check an RSS 2.0 feed: title, link and description of the channel, a key and a date for each item."""
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    (channel,) = root
    for name in ("title", "link", "description", "lastBuildDate"):
        assert len(channel.findall(name)) == 1
    (itself,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert_full(itself.get("href"), channel.findtext("link"))
    for item in channel.findall("item"):
        assert len(item.findall("guid")) == len(item.findall("pubDate")) == len(item.findall("title")) == 1
        assert item.find("guid").get("isPermaLink") == "false"
        assert_full(item.findtext("link"))
    return root


def checked_atom(root: Any) -> Any:
    """Check an Atom feed: RFC 4287, 4.1.1 and 4.1.2."""
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ONCE_IN_ATOM:
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert parse_datetime(element.findtext(f"{ATOM}updated")).tzinfo
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        assert_full(*(link.get("href") for link in element.findall(f"{ATOM}link")))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def checked_json(feed: dict[str, Any]) -> dict[str, Any]:
    """Check a JSON Feed 1.1: version, title and items; an id and a content for each item."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert_full(feed["home_page_url"], feed["feed_url"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert parse_datetime(item["date_published"]).tzinfo
        assert_full(item["url"])
    return feed


def assert_full(*addresses: str | None) -> None:
    """Check that addresses carry the site's name."""
    for address in addresses:
        assert address
        assert urlsplit(address).scheme in {"http", "https"}
        assert urlsplit(address).netloc


def titles(parsed: Any) -> list[str]:
    """Return the titles of what is in a feed, whatever its format."""
    if isinstance(parsed, dict):
        return [item["title"] for item in parsed["items"]]
    return [
        element.text for element in parsed.findall("channel/item/title") + parsed.findall(f"{ATOM}entry/{ATOM}title")
    ]


def contents(parsed: Any) -> list[str]:
    """Return the HTML of what is in a feed, whatever its format."""
    if isinstance(parsed, dict):
        return [item["content_html"] for item in parsed["items"]]
    found = parsed.findall(f"channel/item/{CONTENT}") + parsed.findall(f"{ATOM}entry/{ATOM}content")
    return [element.text for element in found]


def names(parsed: Any) -> list[list[str]]:
    """Return the names on each item, whatever its format."""
    if isinstance(parsed, dict):
        return [[author["name"] for author in item["authors"]] for item in parsed["items"]]
    if parsed.tag == "rss":
        return [[name.text for name in item.findall(CREATOR)] for item in parsed.findall("channel/item")]
    return [
        [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")] for entry in parsed.findall(f"{ATOM}entry")
    ]


def hub(parsed: Any) -> list[str]:
    """Return the hubs that a feed names, whatever its format."""
    if isinstance(parsed, dict):
        return [hub["url"] for hub in parsed.get("hubs", [])]
    return [link.get("href") for link in parsed.iter(f"{ATOM}link") if link.get("rel") == "hub"]
