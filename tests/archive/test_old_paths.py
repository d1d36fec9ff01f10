"""Where things of an archive were: what leads on, whither, and what is told to nobody."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from blog.editorial import publishing
from blog.editorial.upkeep import old_paths
from blog.models import Archive, Arrival, Document, OldPath, Picture, PlainPage, Post
from blog.states import State
from tests.factories import CategoryFactory, TagFactory, make_piece, make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
NOW = dt.datetime(2014, 1, 1, 9, tzinfo=dt.UTC)


def lead(post: Post, *addresses: str) -> None:
    old_paths.keep([(address, "post", post.pk) for address in addresses], at=NOW)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://old.example/2013/12/10/Bins/", "/2013/12/10/bins"),
        ("https://old.example/?p=7&preview=true&utm_source=x", "/?p=7"),
        (
            "/index.php?view=article&option=com_content&id=12:a-title&Itemid=3",
            "/index.php?id=12&option=com_content&view=article",
        ),
        ("/caf%C3%A9//au-lait/./", "/café/au-lait"),
        ("", "/"),
        ("//[", "/"),
        ("/a?p=%00", "/a?p=%00"),
    ],
)
def test_one_spelling_stands_for_all(address: str, path: str):
    assert old_paths.path_of(address) == path


def test_a_path_of_any_length_can_be_kept():
    first, second = (old_paths.path_of("/" + "x" * 3000 + end) for end in "ab")

    assert len(first) == len(second) == old_paths.LONGEST
    assert first != second


def test_numbers_paths_and_what_follows_them_lead_to_the_piece(client: Client):
    post = make_published(at=AT, title="Bins")
    lead(post, "https://old.example/?p=7", "https://old.example/blog/bins/", "/caf%C3%A9.html")
    answers = {
        address: client.get(address).headers.get("Location")
        for address in (
            "/?p=7", "/?preview=1&p=7", "/blog/bins", "/blog/bins/", "/blog/bins/?utm_source=x", "/Blog/BINS/feed/",
            "/blog/bins/feed/atom/", "/blog/bins/comment-page-2/", "/blog/bins/trackback/", "/blog/bins/2/",
            "/caf%C3%A9.html", "/?p=8", "/blog/", "/blog/bins/else/",
        )
    }  # fmt: skip
    piece = "/2013/12/10/bins/"

    assert answers == {
        "/?p=7": piece, "/?preview=1&p=7": piece, "/blog/bins": piece, "/blog/bins/": piece,
        "/blog/bins/?utm_source=x": piece, "/Blog/BINS/feed/": f"{piece}feed/",
        "/blog/bins/feed/atom/": f"{piece}feed/atom/", "/blog/bins/comment-page-2/": piece,
        "/blog/bins/trackback/": piece, "/blog/bins/2/": piece, "/caf%C3%A9.html": piece, "/?p=8": None,
        "/blog/": None, "/blog/bins/else/": None,
    }  # fmt: skip


def test_parts_of_a_piece_that_kept_its_path_lead_to_its_one_page(client: Client):
    came, ours = make_published(at=AT, title="Bins"), make_published(at=AT, title="Kerbs")
    archive = Archive.objects.create(name="old.example", system="wordpress", begun_at=NOW)
    Arrival.objects.create(archive=archive, kind="post", key="7", target=came.pk)

    assert client.get("/2013/12/10/bins/comment-page-3/")["Location"] == "/2013/12/10/bins/"
    assert client.get("/2013/12/10/bins/amp/")["Location"] == "/2013/12/10/bins/"
    assert client.get(f"{ours.get_absolute_url()}comment-page-3/").status_code == 404


def test_lists_lead_on_with_their_page_and_feed(client: Client):
    category, tag = CategoryFactory.create(slug="waste"), TagFactory.create(slug="bins")
    old_paths.keep([("/category/services/waste/", "category", category.pk), ("/?tag=bins", "tag", tag.pk)], at=NOW)

    assert client.get("/category/services/waste/")["Location"] == "/category/waste/"
    assert client.get("/category/services/waste/page/2/")["Location"] == "/category/waste/page/2/"
    assert client.get("/category/services/waste/feed/rss2/")["Location"] == "/category/waste/feed/"
    # A tag that no readers' piece carries has no page
    assert client.get("/?tag=bins").status_code == 404


def test_what_readers_may_not_see_is_told_by_no_path(client: Client, editor: User):
    draft, ahead = make_piece(State.DRAFTING), make_published(at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    lead(draft, "/?p=1")
    lead(ahead, "/?p=2", "/ahead/")
    gone = make_published(at=AT, title="Gone")
    lead(gone, "/?p=3", "/gone/")
    publishing.retract(post=gone, reason="It was wrong.", by=editor, at=NOW)

    assert [client.get(path).status_code for path in ("/?p=1", "/?p=2", "/ahead/")] == [404, 404, 404]
    assert [client.get(path).status_code for path in ("/?p=3", "/gone/")] == [410, 410]


def test_a_question_means_the_front_page_unless_things_were_named_like_that(client: Client):
    lead(make_published(at=AT, title="Bins"), "/?p=7", "https://old.example//greek/bins/")

    assert client.get("/?p=8").status_code == 404
    assert {client.get(path).status_code for path in ("/?cat=8", "/?p=", "/?utm_source=p", "/?q=p=7")} == {200}
    assert client.get("http://blog.example//greek/bins/").status_code == 301


def test_rules_for_a_beginning_and_words_to_search_for(client: Client):
    old_paths.keep_literal(
        [("https://old.example/blog/*", "/"), ("/rss/", "/feed/"), ("/out/", "//elsewhere.example/")], at=NOW
    )

    assert client.get("/blog/2013/12/10/bins/")["Location"] == "/2013/12/10/bins/"
    assert client.get("/blog/")["Location"] == "/"
    assert client.get("/rss/")["Location"] == "/feed/"
    assert client.get("/?s=bin+day")["Location"] == "/search/?q=bin+day"
    assert client.get("/out/").status_code == 404
    assert client.get("/blog//elsewhere.example/")["Location"] == "/elsewhere.example"


def test_the_first_thing_of_a_path_has_it():
    first, second = make_published(at=AT, title="One"), make_published(at=AT, title="Two")
    lead(first, "/?p=7")
    lead(second, "/?p=7", "/?p=8")

    assert dict(OldPath.objects.values_list("path", "target")) == {"/?p=7": first.pk, "/?p=8": second.pk}


def test_hostile_addresses_lead_nowhere(client: Client):
    page = PlainPage.objects.order_by("pk").first()
    assert page
    old_paths.keep([("/old-page/", "plainpage", page.pk), ("/never/", "plainpage", 0)], at=NOW)
    asked = [
        "/?p=" + "9" * 5000,
        "/?" + "&".join(["p=1"] * 100),
        "/%00/",
        "/never/",
        "/?p=%FF%FE",
        "/old-page/%2e%2e/x/",
    ]

    assert client.get("/old-page/")["Location"] == page.get_absolute_url()
    assert {client.get(path).status_code for path in asked} <= {200, 404}


def test_pictures_and_documents_lead_to_their_files_but_a_drafts_picture_to_nobody(client: Client):
    out, draft = make_published(at=AT, title="Bins"), make_piece(State.DRAFTING)
    shown, hidden, alone = (
        Picture.objects.create(file=f"pictures/{name}.jpg", width=1, height=1, post=post, uploaded_at=NOW)
        for name, post in (("shown", out), ("hidden", draft), ("alone", None))
    )
    report = Document.objects.create(file="documents/a/report.pdf", name="Report", size=1, sha256="0", came_at=NOW)
    old_paths.keep([(f"/uploads/{row.pk}.jpg", "picture", row.pk) for row in (shown, hidden, alone)], at=NOW)
    old_paths.keep([("/uploads/report.pdf", "document", report.pk)], at=NOW)

    assert client.get(f"/uploads/{shown.pk}.jpg")["Location"] == "/media/pictures/shown.jpg"
    assert client.get(f"/uploads/{alone.pk}.jpg")["Location"] == "/media/pictures/alone.jpg"
    assert client.get("/uploads/report.pdf")["Location"] == "/media/documents/a/report.pdf"
    assert client.get(f"/uploads/{hidden.pk}.jpg").status_code == 404
