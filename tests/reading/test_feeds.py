"""What the feeds of pieces carry, in every format."""

import datetime as dt

import pytest
from django.test import Client

from blog.editorial import corrections, drafting
from blog.editorial.upkeep import listings
from blog.models import Category, Masthead, Post, Series, Tag
from blog.reading.feeds.contents import with_full_addresses
from tests.factories import CategoryFactory, SeriesFactory, TagFactory, make_author, make_published
from tests.reading.feed_forms import ATOM, FORMS, contents, fetch, names, titles
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=5)
HOSTILE = "]]><script>alert(1)</script> & <b>'\"\x0b\x1f\x85\u2028\ufffe"


def corrected(post: Post, editor, *, at: dt.datetime = LATER, **text) -> Post:
    """Publish a corrected text."""
    drafting.save_text(post=post, text=drafting.Text(**text), by=editor, at=at, based_on=post.working_id)
    corrections.publish_correction(post=post, note="It was 241.", by=editor, at=at)
    return Post.objects.get(pk=post.pk)


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_carries_the_whole_text_and_the_public_names(client: Client, form: str):
    post = make_published(at=AT, title="Stand up & be <b>", **written_by(name="A Head of Service", is_pen_name=True))
    post.bylines.create(author=make_author(name="Owen Pritchard"), position=2)
    feed = fetch(client, "/feed/", form)
    assert titles(feed) == ["Stand up & be <b>"]
    assert contents(feed)[0].startswith("<p>A name against each row")
    assert names(feed) == [["A Head of Service", "Owen Pritchard"]]


@pytest.mark.parametrize("form", FORMS)
def test_the_introduction_is_set_apart_and_signed(client: Client, editor, form: str):
    post = make_published(at=AT, editor=editor)
    corrected(post, editor, introduction="<p>Meet Priya.</p>", introduced_by=make_author(name="Tom Ashby"))
    (content,) = contents(fetch(client, "/feed/", form))
    assert content.startswith(
        "<blockquote><p><strong>From the editor, Tom Ashby</strong></p><p>Meet Priya.</p></blockquote><p>A name"
    )


@pytest.mark.parametrize("form", FORMS)
def test_addresses_come_from_the_settings_and_not_from_the_request(client: Client, settings, form: str):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://aob.example", ["*"]
    make_published(at=AT, title="One", body='<p><a href="/about/">us</a> and enough words.</p>')
    text = client.get(f"/feed/{form}", headers={"host": "evil.example"}).text
    assert "evil.example" not in text
    assert "https://aob.example/2026/02/03/one/" in text
    assert '<a href="https://aob.example/about/">' in contents(fetch(client, "/feed/", form))[0]


def test_only_addresses_in_tags_are_completed(settings):
    settings.SITE_URL = "https://aob.example"
    prose = (
        '<p>Write href="/x" like so: <img alt="a > b" srcset="/media/x.webp 400w, /media/y.webp 800w"'
        ' src="/media/x.png"> <a href="https://x.example/">x</a><a href="#note-1">1</a></p>'
    )
    assert with_full_addresses(prose, page="https://aob.example/one/") == (
        '<p>Write href="/x" like so: <img alt="a > b"'
        ' srcset="https://aob.example/media/x.webp 400w, https://aob.example/media/y.webp 800w"'
        ' src="https://aob.example/media/x.png"> <a href="https://x.example/">x</a>'
        '<a href="https://aob.example/one/#note-1">1</a></p>'
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["category", "tag", "author", "series"])
def test_hostile_names_and_titles_leave_every_feed_well_formed(client: Client, kind: str, form: str):
    Masthead.objects.create(pk=1, name=f"Blog {HOSTILE}"[:80], strapline=HOSTILE)
    post = make_published(
        at=AT,
        title=f"Title {HOSTILE}",
        category=CategoryFactory(slug="it"),
        series=SeriesFactory(slug="it"),
        **written_by(name="Mx Hostile"),
    )
    post.tags.add(TagFactory(slug="it"))
    listings.relist(post=post, at=AT)
    Category.objects.update(name=HOSTILE)
    Tag.objects.update(name=HOSTILE)
    Series.objects.update(title=HOSTILE)
    author = post.authors.get()
    type(author).objects.update(name=f"Priya {HOSTILE}", slug="it")
    feed = fetch(client, f"/{kind}/it/feed/", form)
    assert len(titles(feed)) == 1
    assert titles(feed)[0].startswith("Title ]]>")
    assert names(feed)[0][0].startswith("Priya ]]><script>")


def test_descriptions_are_read_as_html_and_so_are_escaped(client: Client, editor):
    corrected(make_published(at=AT, editor=editor), editor, standfirst="Is <b> bold?")
    assert fetch(client, "/feed/").findtext("channel/item/description") == "Is &lt;b&gt; bold?"
    assert fetch(client, "/feed/", "atom/").findtext(f"{ATOM}entry/{ATOM}summary") == "Is <b> bold?"


def test_a_feed_holds_the_newest_twenty(client: Client):
    for n in range(22):
        make_published(at=AT + dt.timedelta(hours=n), title=f"Piece {n}")
    for form in FORMS:
        found = titles(fetch(client, "/feed/", form))
        assert (len(found), found[0], found[-1]) == (20, "Piece 21", "Piece 2"), form


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_takes_as_many_queries_for_three_items_as_for_one(client: Client, django_assert_num_queries, form: str):
    make_published(at=AT)
    with django_assert_num_queries(10):
        client.get(f"/feed/{form}")
    make_published(at=AT)
    make_published(at=AT)
    with django_assert_num_queries(10):
        client.get(f"/feed/{form}")


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_is_a_feed(client: Client, form: str):
    assert titles(fetch(client, "/feed/", form)) == []
