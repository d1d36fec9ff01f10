"""RSS feeds."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from blog.models import Masthead
from blog.reading.feeds import with_full_addresses
from tests.factories import make_author, make_published
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def items_of(client: Client, path: str = "/feed/", **headers) -> list[ET.Element]:
    response = client.get(path, headers=headers)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(response.content).findall("channel/item")


def test_a_feed_carries_the_whole_text_and_the_public_names(client: Client):
    writer = written_by(name="A Head of Service", is_pen_name=True)
    post = make_published(at=AT, title="Stand up & be counted <now>", **writer)
    post.bylines.create(author=make_author(name="Owen Pritchard"), position=2)
    (item,) = items_of(client)
    assert item.findtext("title") == "Stand up & be counted <now>"
    assert item.findtext(CONTENT).startswith("<p>A name against each row")
    assert [creator.text for creator in item.findall(CREATOR)] == ["A Head of Service", "Owen Pritchard"]
    assert item.findtext("description") == "A standfirst."


def test_addresses_come_from_the_settings_and_not_from_the_request(client: Client, settings):
    settings.SITE_URL = "https://aob.example"
    settings.ALLOWED_HOSTS = ["*"]
    make_published(at=AT, title="One", body='<p><a href="/about/">us</a> and enough words.</p>')
    text = client.get("/feed/", headers={"host": "evil.example"}).text
    assert "evil.example" not in text
    (item,) = items_of(client, host="evil.example")
    assert item.findtext("link") == "https://aob.example/2026/02/03/one/"
    assert 'href="https://aob.example/about/"' in item.findtext(CONTENT)


def test_only_addresses_in_tags_are_completed(settings):
    settings.SITE_URL = "https://aob.example"
    prose = '<p>Write href="/x" like so: <img alt="a > b" src="/media/x.png"> <a href="https://x.example/">x</a></p>'
    assert with_full_addresses(prose) == (
        '<p>Write href="/x" like so: <img alt="a > b" src="https://aob.example/media/x.png">'
        ' <a href="https://x.example/">x</a></p>'
    )


def test_control_characters_do_not_break_a_feed(client: Client):
    Masthead.objects.create(pk=1, name="Any\x0bOther\x1f Business")
    make_published(at=AT, title="Tit\x00le", body="<p>Te\x0cxt and more.</p>", **written_by(name="Priya\x08 Raman"))
    (item,) = items_of(client)
    assert item.findtext("title") == "Title"


def test_a_feed_holds_the_newest_twenty(client: Client):
    for n in range(22):
        make_published(at=AT + dt.timedelta(hours=n), title=f"Piece {n}")
    titles = [item.findtext("title") for item in items_of(client)]
    assert len(titles) == 20
    assert titles[0] == "Piece 21"


def test_a_feed_takes_as_many_queries_for_three_items_as_for_one(client: Client, django_assert_num_queries):
    make_published(at=AT)
    with django_assert_num_queries(5):
        client.get("/feed/")
    make_published(at=AT)
    make_published(at=AT)
    with django_assert_num_queries(5):
        client.get("/feed/")


def test_an_empty_feed_is_a_feed(client: Client):
    assert items_of(client) == []
