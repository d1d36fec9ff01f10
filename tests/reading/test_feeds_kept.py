"""Feeds that programs keep: dates that are true, keys that stay, bytes that change only with what they show."""

import datetime as dt

import pytest
from django.test import Client

from blog.models import Post
from tests.factories import NOW, UserFactory, make_comment, make_published
from tests.reading.feed_forms import ATOM, FORMS, fetch, hub
from tests.reading.test_feeds import AT, LATER, corrected

pytestmark = pytest.mark.django_db


def test_dates_are_those_of_publication_and_last_correction(client: Client, editor):
    corrected(make_published(at=AT, editor=editor), editor, body="<p>It was 241 all along, and we are sorry.</p>")
    make_published(at=AT + dt.timedelta(days=1), title="Another")
    rss, atom = fetch(client, "/feed/"), fetch(client, "/feed/", "atom/")
    item = fetch(client, "/feed/", "json/")["items"][1]
    assert [date.text for date in rss.iter("pubDate")][1] == "Tue, 03 Feb 2026 12:00:00 +0000"
    assert rss.findtext("channel/lastBuildDate") == "Sun, 08 Feb 2026 12:00:00 +0000"
    entry = atom.findall(f"{ATOM}entry")[1]
    assert entry.findtext(f"{ATOM}published") == item["date_published"] == "2026-02-03T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == item["date_modified"] == "2026-02-08T12:00:00+00:00"
    assert atom.findtext(f"{ATOM}updated") == "2026-02-08T12:00:00+00:00"
    assert LATER.isoformat() == item["date_modified"]


@pytest.mark.parametrize("form", FORMS)
def test_a_piece_keeps_its_key_when_its_address_changes(client: Client, form: str):
    post = make_published(at=AT, title="One")

    def keys() -> list[str]:
        feed = fetch(client, "/feed/", form)
        if form == "json/":
            return [item["id"] for item in feed["items"]]
        return [element.text for element in feed.iter("guid", f"{ATOM}id")][-1:]

    before = keys()
    Post.objects.filter(pk=post.pk).update(slug="two")
    assert keys() == before
    assert "two" in client.get(f"/feed/{form}").text


@pytest.mark.parametrize("path", ["/feed/", "/comments/feed/", "/2026/03/11/who-closes-a-row/feed/"])
@pytest.mark.parametrize("form", FORMS)
def test_an_unchanged_feed_is_the_same_to_the_byte_and_not_sent_again(client: Client, path: str, form: str):
    make_comment(make_published(at=NOW), UserFactory())
    first = client.get(f"{path}{form}")
    assert client.get(f"{path}{form}").content == first.content
    again = client.get(f"{path}{form}", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_that_has_changed_is_sent_again(client: Client):
    make_published(at=AT)
    first = client.get("/feed/")
    make_published(at=AT, title="Another")
    again = client.get("/feed/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Another" in again.text


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_names_the_hub_if_there_is_one(client: Client, settings, form: str):
    settings.WEBSUB_HUB = "https://hub.example/?a=1&b=2"
    assert hub(fetch(client, "/feed/", form)) == ["https://hub.example/?a=1&b=2"]
    settings.WEBSUB_HUB = ""
    assert hub(fetch(client, "/feed/", form)) == []
