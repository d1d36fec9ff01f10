"""Whatever an archive holds, or lacks: nothing breaks, names and addresses stay free, and each thing is told of."""

import datetime as dt

import pytest

from blog.archive.records import (
    Loss,
    MenuEntry,
    Moved,
    Page,
    Record,
    Site,
    Topic,
    TopicKind,
)
from blog.models import (
    Archive,
    Masthead,
    OldPath,
    Post,
)
from blog.prose import clean_prose
from blog.states import State
from tests.archive.bringing import AT_FIRST, AT_LAST, bring, lines
from tests.archive.sources import (
    AMIR,
    OLD,
    InMemory,
    a_piece,
    an_archive,
)

pytestmark = pytest.mark.django_db


def test_the_blog_is_named_once():
    bring(an_archive())
    assert (Masthead.current().name, Masthead.current().strapline) == ("The Old Parish Pump", "Water, mostly")

    bring(InMemory([Site("Another", address="https://other.example/")]))

    assert Masthead.current().name == "The Old Parish Pump"
    assert {archive.name for archive in Archive.objects.all()} == {"old.example", "other.example"}


def hostile() -> list[Record]:
    endless = "\ud800\x00 endless <b>title</b> " * 60_000
    return [
        a_piece(1, title=endless, standfirst=endless, slug="../" * 400, body="<p>" + "word " * 300_000),
        a_piece(1, title="The same key"),
        a_piece(2, title="", body="", credits=(), category="none", tags=("none",), also_in=("none",), series="none"),
        a_piece(3, published_at=AT_FIRST, changed_at=AT_LAST, begun_at=AT_LAST),
        a_piece(4, series="local", part=1, in_reply_to="4"),
        a_piece(5, series="local", part=1, in_reply_to="nothing"),
        a_piece(6, series="local", part=10**9, addresses=("http://[broken/", "//", "?p=\x00", "x" * 9000)),
        a_piece(7, key="k" * 5000, slug="Ünïcödé", lead="http://[broken"),
        a_piece(7, key="k" * 5000 + "!", slug="漢字", title="漢字"),
        a_piece(8, introduction="<p>Before.</p>", introduced_by="nobody"),
        Topic(TopicKind.TAG, "late", endless, slug="%%%", description="x"),
        Page("p", endless, "<p>" + "x" * 700_000, slug="\x00", standfirst=endless, position=-5),
        MenuEntry("none", 1),
        Moved("::::", f"{OLD}/x"),
        Moved(f"{OLD}/a", "https://elsewhere.example/"),
    ]


def test_nothing_hostile_breaks_it_and_each_is_told_of():
    report = bring(an_archive(*hostile()))

    assert Post.objects.count() == 10
    assert report.is_finished
    told = lines(report) + "".join(str(line) for line in report.kept()["lines"])
    for words in (
        "title is longer", "standfirst is longer", "text is longer", "body is longer", "two of the same number",
        "had no title", "has no author", "not in the archive", "can’t be right", "no date of publication",
        "is part 1 of its series already", "can’t be part", "another site", "stands at the beginning",
    ):  # fmt: skip
        assert words in told, words
    for post in Post.objects.filter(state=State.PUBLISHED):
        assert post.get_absolute_url()
        assert post.live.title
        assert len(post.live.body) <= 1_000_000
        assert clean_prose(post.live.body) == post.live.body
    assert bring(an_archive(*hostile())).counts["piece"]["new"] == 0


def test_equal_titles_and_addresses_get_numbers():
    given = [a_piece(n, slug="pump", title="Pump", addresses=()) for n in range(1, 8)]

    bring(an_archive(*given))

    assert len(set(Post.objects.values_list("slug", flat=True))) == 7
    assert Post.objects.filter(slug="pump").count() == 1


def test_an_endless_report_keeps_the_heaviest_in_the_row(monkeypatch):
    monkeypatch.setattr("blog.archive.report.MOST_KEPT", 3)
    many = [Loss("menu entry", f"Entry {n}", "It leads nowhere.") for n in range(10)]

    report = bring(an_archive(*many))

    kept = Archive.objects.get().report
    assert len(kept["lines"]) == 3
    assert kept["weights"]["lost"] == 10
    assert report.weights["lost"] == 10


def test_an_archive_without_an_address_has_a_name():
    bring(InMemory([AMIR, a_piece(1, category="", tags=(), addresses=("/old/pump/",))]), name="The pump")

    assert Archive.objects.get().name == "The pump"
    assert OldPath.objects.get(path="/old/pump").target == Post.objects.get().pk


def test_a_path_of_ours_is_never_another_site_wherever_the_blog_lay():
    blog = Site("A blog", address="https://x.example/blog")
    moves = [
        Moved("https://x.example/blog/rss/", "/feed/"),
        Moved("https://x.example/blog/out/", "//elsewhere.example/"),
        Moved("https://x.example/blog/shop/", "https://x.example/shop/"),
    ]

    report = bring(InMemory([blog, *moves]))

    assert dict(OldPath.objects.values_list("path", "to")) == {"/blog/rss": "/feed/"}
    assert lines(report).count("on another site") == 2


@pytest.mark.parametrize(("hour", "is_told"), [(9, False), (23, True)])
def test_days_that_differ_from_those_in_old_addresses_are_told_of_once(settings, hour, is_told):
    settings.TIME_ZONE = "Asia/Tokyo"
    day = dt.datetime(2013, 12, 10, hour, tzinfo=dt.UTC)
    given = [a_piece(n, published_at=day, addresses=(f"{OLD}/2013/12/10/pumping-{n}/",)) for n in range(1, 4)]

    report = bring(an_archive(*given))

    assert ("set TIME_ZONE" in lines(report)) is is_told
