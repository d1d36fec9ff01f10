"""Addresses that change: the old one leads on for ever, to what readers may see."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog.editorial import particulars, plain_pages, publishing, topics
from blog.editorial.names import authors, identity
from blog.editorial.names.identity import BylineDetails
from blog.editorial.particulars import Particulars
from blog.editorial.plain_pages import PageText
from blog.editorial.refusals import IncompleteError
from blog.editorial.upkeep import addresses
from blog.models import OldAddress, PlainPage, Post, Purge, Series
from blog.states import State
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    make_piece,
    make_published,
)
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
NOW = dt.datetime(2014, 1, 1, 9, tzinfo=dt.UTC)


def move(post: Post, slug: str, by: User, **fields) -> None:
    particulars.settle(post=post, particulars=Particulars(slug=slug, **fields), by=by, at=NOW)


def test_the_old_address_of_a_piece_leads_to_the_new_one(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    move(post, "second", editor)
    response = client.get("/2013/12/10/first/")
    assert (response.status_code, response["Location"]) == (301, "/2013/12/10/second/")
    assert client.get("/2013/12/10/second/").status_code == 200
    assert Purge.objects.filter(key=f"piece:{post.pk}", due_at=NOW).exists()


def test_a_chain_of_moves_leads_straight_to_the_newest(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    for slug in ("second", "third"):
        move(post, slug, editor)
    assert client.get("/2013/12/10/first/")["Location"] == "/2013/12/10/third/"
    assert client.get("/1999/01/01/second/")["Location"] == "/2013/12/10/third/"
    assert client.get("/2013/12/10/first/earlier/1/")["Location"] == "/2013/12/10/third/earlier/1/"


def test_a_piece_can_take_its_old_address_back(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    for slug in ("second", "first"):
        move(post, slug, editor)
    assert client.get("/2013/12/10/first/").status_code == 200
    assert client.get("/2013/12/10/second/")["Location"] == "/2013/12/10/first/"


def test_no_other_piece_can_take_an_old_address(editor: User):
    post, other = make_published(at=AT, title="First"), make_piece()
    move(post, "second", editor)
    with pytest.raises(IncompleteError) as refused:
        move(other, "first", editor)
    assert "slug" in refused.value.errors
    assert publishing.suggest_slug(post=other, wanted="first") == "first-2"


def test_a_published_piece_keeps_some_address(editor: User):
    with pytest.raises(IncompleteError):
        move(make_published(at=AT), "", editor)


def test_an_address_that_nobody_knew_is_not_kept(editor: User):
    move(make_piece(State.SUBMITTED), "first", editor)
    post = make_published(at=AT, title="Ahead", go_out_at=NOW + dt.timedelta(days=1))
    move(post, "behind", editor)
    assert not OldAddress.objects.exists()


def test_the_old_address_of_a_hidden_piece_tells_nothing(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    move(post, "second", editor)
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() + dt.timedelta(days=1))
    assert client.get("/2013/12/10/first/").status_code == 404


def test_the_old_address_of_a_retracted_piece_is_gone_too(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    move(post, "second", editor)
    publishing.retract(post=post, reason="Wrong.", by=editor, at=NOW)
    response = client.get("/2013/12/10/first/")
    assert response.status_code == 410
    assert "took it down on 1 January 2014" in response.text
    assert "First" not in response.text


@pytest.mark.parametrize("kind", ["category", "tag", "series"])
@pytest.mark.parametrize("rest", ["", "feed/", "feed/atom/"])
def test_the_old_address_of_a_list_leads_on_with_what_follows_it(client: Client, editor: User, kind: str, rest: str):
    make = {"category": CategoryFactory, "tag": TagFactory, "series": SeriesFactory}[kind]
    topic = make(slug="old")
    post = make_published(at=AT)
    if kind == "tag":
        move(post, post.slug, editor, tags=[topic])
    else:
        move(post, post.slug, editor, **{kind: topic})
    topic.slug = "new"
    topics.keep(topic=topic, by=editor, at=NOW)
    response = client.get(f"/{kind}/old/{rest}")
    assert (response.status_code, response["Location"]) == (301, f"/{kind}/new/{rest}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("kind", ["tag", "series"])
def test_the_old_address_of_a_list_without_visible_pieces_tells_nothing(client: Client, editor: User, kind: str):
    topic = {"tag": TagFactory, "series": SeriesFactory}[kind](slug="old")
    topic.slug = "something-in-the-making"
    topics.keep(topic=topic, by=editor, at=NOW)
    response = client.get(f"/{kind}/old/")
    assert response.status_code == 404
    assert "making" not in response.text


def test_no_other_list_can_take_an_old_address(as_editor: Client, editor: User):
    series = SeriesFactory(slug="old")
    series.slug = "new"
    topics.keep(topic=series, by=editor, at=NOW)
    with pytest.raises(IncompleteError):
        topics.keep(topic=Series(title="X", slug="old"), by=editor, at=NOW)
    page = as_editor.post("/admin/blog/series/add/", {"title": "X", "slug": "old"})
    assert page.status_code == 200
    assert "leads its readers on" in page.text


def test_a_name_that_goes_under_a_pen_name_cannot_be_found_by_an_old_address(client: Client, editor: User):
    writer = written_by(name="Ann Lee")
    author = writer["author"]
    make_published(at=AT, **writer)
    addresses.keep(kind="author", target=author.pk, old="a-lee", new=author.slug, at=NOW)
    assert client.get("/author/a-lee/")["Location"] == "/author/ann-lee/"
    details = BylineDetails("A Planner", is_pen_name=True)
    authors.describe(author=author, details=details, by=editor, at=NOW)
    assert client.get("/author/ann-lee/").status_code == 404
    assert client.get("/author/a-lee/").status_code == 404


def test_a_new_name_gets_no_old_address():
    addresses.keep(kind="author", target=999, old="ann-lee", new="x", at=NOW)
    assert identity.new_author(name="Ann Lee").slug == "ann-lee-2"


def test_the_old_address_of_a_plain_page_leads_on(client: Client, editor: User):
    page = PlainPage.objects.get(slug="about")
    text = PageText("About us", "about-us", body="<p>x</p>")
    plain_pages.save(page=page, text=text, by=editor, at=NOW)
    assert client.get("/about/")["Location"] == "/about-us/"
    with pytest.raises(IncompleteError):
        plain_pages.save(page=None, text=PageText("X", "about", body="<p>x</p>"), by=editor, at=NOW)


@pytest.mark.parametrize("path", ["//evil.example/", "/category/old/../../x/", "/2013/12/10/\x00/", "/tag/old/%2e%2e/"])
def test_nothing_strange_leads_anywhere(path: str):
    OldAddress.objects.create(kind="category", slug="old", target=CategoryFactory().pk, kept_at=NOW)
    assert addresses.present_path(path=path, at=NOW) == ""


def test_a_form_is_not_led_on(client: Client, editor: User):
    post = make_published(at=AT, title="First")
    move(post, "second", editor)
    assert client.post("/2013/12/10/first/").status_code in {404, 405}
