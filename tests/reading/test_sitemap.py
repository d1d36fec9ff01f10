"""The sitemap: an index by month, the pieces of each month, the lists; as much work for many pieces as for few."""

import datetime as dt

import pytest
from django.test import Client
from lxml import etree

from blog.editorial import corrections, drafting, publishing
from blog.editorial.upkeep import listings
from blog.models import Picture, Post
from blog.reading import sitemap
from blog.states import State
from tests.factories import CategoryFactory, SeriesFactory, TagFactory, make_editor, make_piece, make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
SITE = "https://aob.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


@pytest.fixture(autouse=True)
def _own_site(settings) -> None:
    settings.SITE_URL = SITE


def rows(client: Client, path: str):
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return list(etree.fromstring(response.content))


def paths(client: Client, path: str) -> list[str]:
    return [row.findtext(f"{SITEMAP}loc").removeprefix(SITE) for row in rows(client, path)]


def test_the_index_names_the_lists_and_the_months_that_have_pieces(client: Client):
    make_published(at=AT)
    make_published(at=dt.datetime(2025, 12, 31, 23, 59, tzinfo=dt.UTC))
    assert paths(client, "/sitemap.xml") == ["/sitemap-lists.xml", "/sitemap-2026-02.xml", "/sitemap-2025-12.xml"]


def test_a_month_is_one_of_the_blogs_own_clock(client: Client):
    make_published(at=dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), title="After midnight in London")
    assert paths(client, "/sitemap.xml")[1:] == ["/sitemap-2026-07.xml"]
    assert paths(client, "/sitemap-2026-07.xml") == ["/2026/07/01/after-midnight-in-london/"]


def test_a_piece_has_its_date_or_that_of_its_last_correction(client: Client, editor):
    make_published(at=AT, title="One")
    post = make_published(at=AT + dt.timedelta(hours=1), title="Two", editor=editor)
    later = AT + dt.timedelta(days=40)
    drafting.save_text(
        post=post, text=drafting.Text(standfirst="Better."), by=editor, at=later, based_on=post.working_id
    )
    corrections.publish_correction(post=post, note="A slip.", by=editor, at=later)
    dates = [row.findtext(f"{SITEMAP}lastmod") for row in rows(client, "/sitemap-2026-02.xml")]
    assert dates == ["2026-03-15T12:00:00+00:00", "2026-02-03T12:00:00+00:00"]


def test_a_piece_names_its_pictures(client: Client, editor):
    post = make_published(
        at=AT, editor=editor, body='<p>Enough.</p><figure><img src="/media/pictures/a.png" alt="A"></figure>'
    )
    lead = Picture.objects.create(file="pictures/lead.png", width=4, height=3, alt="B", uploaded_at=AT)
    drafting.save_text(post=post, text=drafting.Text(lead_picture=lead), by=editor, at=AT, based_on=post.working_id)
    corrections.publish_correction(post=post, note="A picture.", by=editor, at=AT)
    (row,) = rows(client, "/sitemap-2026-02.xml")
    found = [picture.text for picture in row.findall(f"{IMAGE}image/{IMAGE}loc")]
    assert found == [f"{SITE}/media/pictures/lead.png", f"{SITE}/media/pictures/a.png"]


@pytest.mark.parametrize("state", [State.RETRACTED, State.READY, "scheduled"])
def test_a_month_with_nothing_to_read_is_not_there(client: Client, state: str):
    if state == "scheduled":
        make_piece(
            State.PUBLISHED, at=AT, go_out_at=dt.datetime(2099, 2, 1, 9, tzinfo=dt.UTC), category=CategoryFactory()
        )
        months = ["2099-02", "2026-02"]
    else:
        make_piece(State(state), at=AT, category=CategoryFactory())
        months = ["2026-02"]
    assert paths(client, "/sitemap.xml") == ["/sitemap-lists.xml"]
    assert {client.get(f"/sitemap-{month}.xml").status_code for month in months} == {404}
    assert not [path for path in paths(client, "/sitemap-lists.xml") if "category" in path or "author" in path]


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "2026-99", "1899-01", "0000-00", "2026-02-0", "2026-02-2"])
def test_a_month_that_does_not_exist_is_not_found(client: Client, month: str):
    make_published(at=AT)
    assert client.get(f"/sitemap-{month}.xml").status_code == 404


def test_the_lists_and_the_plain_pages_have_a_file(client: Client):
    post = make_published(at=AT, category=CategoryFactory(slug="money"), series=SeriesFactory(slug="lists"))
    post.tags.add(TagFactory(slug="damp"))
    listings.relist(post=post, at=AT)
    CategoryFactory(slug="empty")
    found = paths(client, "/sitemap-lists.xml")
    assert found[:4] == ["/", "/archive/", "/series/", "/writers/"]
    author = post.authors.get().get_absolute_url()
    assert {"/category/money/", "/series/lists/", "/tag/damp/", author, "/about/"} <= set(found)
    assert "/category/empty/" not in found
    assert {client.get(path).status_code for path in found} == {200}


def test_a_month_with_many_pieces_has_several_files(client: Client, monkeypatch):
    monkeypatch.setattr(sitemap, "A_FILE", 2)
    for n in range(5):
        make_published(at=AT + dt.timedelta(hours=n), title=f"Piece {n}")
    files = ["/sitemap-2026-02.xml", "/sitemap-2026-02-2.xml", "/sitemap-2026-02-3.xml"]
    assert [path for path in paths(client, "/sitemap.xml") if "sitemap-2026" in path] == files
    assert [paths(client, path) for path in files] == [
        ["/2026/02/03/piece-4/", "/2026/02/03/piece-3/"],
        ["/2026/02/03/piece-2/", "/2026/02/03/piece-1/"],
        ["/2026/02/03/piece-0/"],
    ]
    assert client.get("/sitemap-2026-02-4.xml").status_code == 404
    assert client.get("/sitemap-2026-02-1.xml").headers["Location"] == "/sitemap-2026-02.xml"


def test_many_lists_have_several_files_and_none_is_left_out(client: Client, monkeypatch):
    post = make_published(at=AT)
    post.tags.add(*(TagFactory(slug=f"tag-{n}") for n in range(20)))
    listings.relist(post=post, at=AT)
    whole = paths(client, "/sitemap-lists.xml")
    monkeypatch.setattr(sitemap, "A_FILE", 11)
    files = [path for path in paths(client, "/sitemap.xml") if "lists" in path]
    assert len(files) > 2
    # Pages that are kept know nothing of a file's length, so these are built anew
    at = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    built = [
        etree.fromstring(sitemap.of_lists(moment=at, number=n).encode()) for n in (None, *range(2, len(files) + 1))
    ]
    # The plain pages stand in the first
    assert all(len(part) <= 11 for part in built[1:])
    assert sorted(row.findtext(f"{SITEMAP}loc").removeprefix(SITE) for part in built for row in part) == sorted(whole)


@pytest.mark.parametrize(
    ("path", "queries"), [("/sitemap.xml", 3), ("/sitemap-2026-02.xml", 4), ("/sitemap-lists.xml", 5)]
)
def test_it_takes_as_many_queries_for_three_pieces_as_for_one(
    client: Client, django_assert_num_queries, path: str, queries: int
):
    make_published(at=AT)
    with django_assert_num_queries(queries):
        client.get(path)
    make_published(at=AT)
    make_published(at=AT)
    with django_assert_num_queries(queries):
        client.get(path)


def test_a_retracted_piece_leaves_the_sitemap(client: Client):
    post = make_published(at=AT)
    assert len(paths(client, "/sitemap-2026-02.xml")) == 1
    publishing.retract(post=Post.objects.get(pk=post.pk), reason="A slip.", by=make_editor(), at=AT)
    at = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert "2026-02" not in sitemap.index(moment=at)


def test_robots_are_told_where_it_is(client: Client):
    assert f"\nSitemap: {SITE}/sitemap.xml\n" in client.get("/robots.txt").text
