"""What pages say of themselves to programs: feeds, Open Graph, JSON-LD."""

import datetime as dt
import json

import pytest
from django.test import Client
from lxml import html

from blog.editorial import corrections, drafting
from blog.models import Masthead, Picture
from tests.factories import (
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_comment,
    make_editor,
    make_piece,
    make_published,
)
from tests.people import signed_in
from tests.reading.surfaces import written_by

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
SITE = "https://aob.example"


@pytest.fixture(autouse=True)
def _own_site(settings) -> None:
    settings.SITE_URL = SITE


class Head:
    """The head of a page, taken apart."""

    def __init__(self, client: Client, path: str) -> None:
        self.tree = html.fromstring(client.get(path).content)
        self.properties: dict[str, list[str]] = {}
        for meta in self.tree.xpath("//meta[@property]"):
            self.properties.setdefault(meta.get("property"), []).append(meta.get("content"))
        self.graph = {}
        for block in self.tree.xpath('//script[@type="application/ld+json"]'):
            facts = json.loads(block.text)
            assert facts["@context"] == "https://schema.org"
            self.graph |= {thing["@type"]: thing for thing in facts["@graph"]}

    def trail(self) -> list[tuple[str, str | None]]:
        steps = self.graph["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        return [(step["name"], step.get("item")) for step in steps]


def test_a_piece_says_what_it_is(client: Client, editor):
    series = SeriesFactory(title="Small lists", slug="small-lists", planned_parts=4)
    belongs = {"category": CategoryFactory(name="Money"), "series": series, "part_number": 2}
    post = make_published(at=AT, title="Rows", editor=editor, **belongs, **written_by(name="Priya Raman"))
    post.bylines.create(author=make_author(name="Owen Pritchard"), position=2)
    post.tags.add(TagFactory(name="damp"))
    lead = Picture.objects.create(file="pictures/lead.png", width=4, height=3, alt="B", uploaded_at=AT)
    later = AT + dt.timedelta(days=60)
    drafting.save_text(post=post, text=drafting.Text(lead_picture=lead), by=editor, at=later, based_on=post.working_id)
    corrections.publish_correction(post=post, note="A picture.", by=editor, at=later)
    head = Head(client, "/2026/02/03/rows/")
    article = head.graph["Article"]
    assert article["headline"] == "Rows"
    assert article["description"] == "A standfirst."
    assert article["url"] == article["mainEntityOfPage"] == f"{SITE}/2026/02/03/rows/"
    assert (article["datePublished"], article["dateModified"]) == (
        "2026-02-03T12:00:00+00:00",
        "2026-04-04T13:00:00+01:00",
    )
    assert [(person["@type"], person["name"]) for person in article["author"]] == [
        ("Person", "Priya Raman"),
        ("Person", "Owen Pritchard"),
    ]
    assert article["publisher"]["name"] == "Any Other Business"
    assert article["image"] == [f"{SITE}/media/pictures/lead.png", *head.properties["og:image"]]
    assert [(whole["@type"], whole["name"]) for whole in article["isPartOf"]] == [
        ("Blog", "Any Other Business"),
        ("CreativeWorkSeries", "Small lists"),
    ]
    assert (article["position"], article["articleSection"], article["keywords"]) == (2, "Money", ["damp"])
    assert head.trail() == [
        ("Home", f"{SITE}/"),
        ("Series", f"{SITE}/series/"),
        ("Small lists", f"{SITE}/series/small-lists/"),
        ("Rows", None),
    ]


def test_a_piece_has_open_graph_tags_and_a_card(client: Client):
    make_published(at=AT, title="Rows & <b>", **written_by(name="Priya Raman"))
    head = Head(client, "/2026/02/03/rows-b/")
    expected = {
        "og:type": ["article"],
        "og:title": ["Rows & <b>"],
        "og:description": ["A standfirst."],
        "og:url": [f"{SITE}/2026/02/03/rows-b/"],
        "og:site_name": ["Any Other Business"],
        "og:image:width": ["1200"],
        "og:image:height": ["630"],
        "og:image:alt": ["“Rows & <b>”, by Priya Raman"],
        "article:published_time": ["2026-02-03T12:00:00+00:00"],
        "article:modified_time": ["2026-02-03T12:00:00+00:00"],
    }
    assert {name: head.properties[name] for name in expected} == expected
    assert head.properties["og:image"][0].startswith(f"{SITE}/cards/")
    assert head.tree.xpath('//meta[@name="twitter:card"]/@content') == ["summary_large_image"]
    assert client.get(head.properties["og:image"][0].removeprefix(SITE)).status_code == 200


def test_the_front_page_says_how_to_search(client: Client):
    website = Head(client, "/").graph["WebSite"]
    assert website["url"] == f"{SITE}/"
    assert website["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"


def test_a_name_has_a_profile(client: Client):
    writer = written_by(name="Robert Pollock", role="Director", organisation="Network", about="He is.")
    post = make_published(at=AT, **writer)
    head = Head(client, post.authors.get().get_absolute_url())
    assert head.graph["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "Robert Pollock",
        "url": f"{SITE}/author/robert-pollock/",
        "jobTitle": "Director",
        "worksFor": {"@type": "Organization", "name": "Network"},
        "description": "He is.",
    }
    assert head.properties["og:type"] == ["profile"]


def test_of_a_pen_name_nothing_is_said_but_the_name(client: Client):
    portrait = Picture.objects.create(file="pictures/me.png", width=4, height=3, uploaded_at=AT)
    pen_name = {"name": "The Mole", "is_pen_name": True, "role": "Digger", "organisation": "Field", "about": "I dig."}
    post = make_published(at=AT, title="Holes", **written_by(**pen_name))
    post.authors.update(portrait=portrait)
    person = {"@type": "Person", "name": "The Mole", "url": f"{SITE}/author/the-mole/"}
    assert Head(client, "/author/the-mole/").graph["ProfilePage"]["mainEntity"] == person
    assert Head(client, post.get_absolute_url()).graph["Article"]["author"] == [person]


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/archive/", "/writers/", "/series/", "/contribute/", "/about/", "/2026/", "/2026/02/", "/2026/02/03/"),
        *("/category/it/", "/series/it/", "/author/it/", "/2026/02/03/rows/"),
    ],
)
def test_every_page_with_an_address_of_its_own_says_so(client: Client, path: str):
    writer = written_by(name="It")
    make_published(at=AT, title="Rows", category=CategoryFactory(slug="it"), series=SeriesFactory(slug="it"), **writer)
    head = Head(client, path)
    assert head.properties["og:url"] == head.tree.xpath('//link[@rel="canonical"]/@href') == [f"{SITE}{path}"]
    assert len(head.properties["og:title"]) == len(head.properties["og:image"]) == 1
    assert head.properties["og:title"][0]
    assert head.graph


@pytest.mark.parametrize("path", ["/contact/", "/nowhere/at/all/", "/accounts/login/"])
def test_a_page_without_an_address_of_its_own_says_nothing(client: Client, path: str):
    head = Head(client, path)
    assert (head.properties, head.graph) == ({}, {})


def test_a_preview_says_nothing(client: Client, editor):
    post = make_piece(title="Rows", editor=editor)
    head = Head(signed_in(editor), f"/preview/{post.pk}/")
    assert (head.properties, head.graph) == ({}, {})


def test_hostile_words_cannot_end_the_block(client: Client):
    hostile = '</script><script>alert(1)</script><!-- & "\u2028'
    Masthead.objects.create(pk=1, name=f"Blog {hostile}")
    series = SeriesFactory(title=hostile, slug="it")
    make_published(at=AT, title=f"Rows {hostile}", series=series, **written_by(name=f"It {hostile}"))
    post_path = client.get("/sitemap-2026-02.xml").text.split(SITE)[1].split("<")[0]
    for path in ("/", "/series/it/", post_path):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert Head(client, path).graph
    assert Head(client, post_path).graph["Article"]["headline"].startswith("Rows </script><script>alert(1)")


def test_pages_name_the_feeds_that_belong_to_them(client: Client):
    make_published(at=AT, title="Rows", category=CategoryFactory(slug="it", name="It"))

    def feeds(path: str) -> list[str]:
        return [href.removeprefix(SITE) for href in Head(client, path).tree.xpath('//link[@rel="alternate"]/@href')]

    site = ["/feed/", "/feed/atom/", "/feed/json/"]
    assert feeds("/") == [*site, "/comments/feed/"]
    own = ["/category/it/feed/", "/category/it/feed/atom/", "/category/it/feed/json/"]
    assert feeds("/category/it/") == [*site, *own, "/comments/feed/"]
    assert feeds("/2026/02/03/rows/") == [*site, "/2026/02/03/rows/feed/"]
    for path in {*feeds("/category/it/"), *feeds("/2026/02/03/rows/")}:
        assert client.get(path).status_code == 200


def test_names_in_other_feeds_are_public_names(client: Client):
    post = make_published(at=AT, title="Rows")
    make_comment(post, UserFactory(display_name="Dana W"), author=make_author(name="The Mole", is_pen_name=True))
    assert "Dana W" not in client.get("/comments/feed/").text
    assert make_editor().display_name not in client.get("/feed/").text


@pytest.mark.parametrize(("path", "description"), [("/", "Written by us."), ("/category/people/", "Who we are.")])
def test_a_page_is_described_once(client: Client, path: str, description: str):
    Masthead.objects.update_or_create(pk=1, defaults={"strapline": "Written by us."})
    CategoryFactory(slug="people", description="Who we are.")
    assert Head(client, path).tree.xpath('//meta[@name="description"]/@content') == [description]


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/search/", [f"{SITE}/search/"]),
        ("/search/?q=list", []),
        ("/contact/?about=/2026/02/03/x/", [f"{SITE}/contact/"]),
        ("/?from=elsewhere", [f"{SITE}/"]),
    ],
)
def test_a_page_names_its_one_address(client: Client, path: str, canonical: list[str]):
    assert Head(client, path).tree.xpath('//link[@rel="canonical"]/@href') == canonical
