"""The one door through which an archive's things become rows: clashes of names and addresses, and pen names."""

import datetime as dt

import pytest

from blog.editorial.arriving import arrivals, linking, names, pieces, texts, topics
from blog.editorial.arriving.names import ArrivingName
from blog.editorial.arriving.texts import ArrivingText
from blog.editorial.arriving.topics import ArrivingTopic
from blog.editorial.names import mergers
from blog.editorial.upkeep import listings, related
from blog.models import (
    Archive,
    Arrival,
    Author,
    Category,
    Listed,
    Listing,
    OldAddress,
    OldPath,
    Post,
    Purge,
    Related,
    Revision,
    Series,
    Standing,
    Tag,
)
from blog.states import State
from tests.factories import NOW, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive() -> Archive:
    return Archive.objects.create(name="old.example", system="wordpress", begun_at=NOW)


def an_author(name: str = "Bea", slug: str = "bea", **more: object) -> Author:
    return Author.objects.create(name=name, slug=slug, **more)


def a_post(**fields: object) -> Post:
    post = Post.objects.create(state=State.DRAFTING, state_since=NOW, created_at=NOW, **fields)
    post.working = Revision.objects.create(post=post, number=1, title="Pump", body="<p>It pumps.</p>", written_at=NOW)
    post.save()
    return post


def a_name(key: str = "amir", name: str = "Amir Okafor", **more: object) -> ArrivingName:
    return ArrivingName(key=key, name=name, **more)


def arrive(archive: Archive, *some: ArrivingName) -> names.Names:
    return names.arrive(archive=archive, names=some, at=NOW)


def test_a_name_keeps_its_old_address_and_comes_once(archive):
    first = arrive(archive, a_name(slug="amir-o", addresses=("/writers/amir",)))
    again = arrive(archive, a_name(slug="amir-o", name="Amir O."))

    author = Author.objects.get()
    assert (author.slug, author.name, author.is_pen_name) == ("amir-o", "Amir Okafor", False)
    assert OldPath.objects.get(path="/writers/amir").target == author.pk
    assert (first.new, again.new, first.found) == (["amir"], [], again.found)


def test_a_name_that_is_here_already_is_the_same(archive):
    here = an_author(name="Amir Okafor", slug="amir-okafor")

    result = arrive(archive, a_name(slug="aokafor", addresses=("/author/aokafor/",)))

    assert result.found == {"amir": here.pk}
    assert result.new == []
    assert "was here already" in result.notes[0].why
    assert OldPath.objects.get().target == here.pk


def test_two_of_one_archive_with_the_same_name_are_two(archive):
    result = arrive(archive, a_name(), a_name("amir2"))
    later = arrive(archive, a_name("amir3"))

    assert len({*result.found.values(), *later.found.values()}) == 3
    assert {author.slug for author in Author.objects.all()} == {"amir-okafor", "amir-okafor-2", "amir-okafor-3"}


def test_of_several_with_the_same_name_here_nobody_is_chosen(archive):
    for number in (1, 2):
        an_author(name="Amir Okafor", slug=f"amir-{number}")

    assert arrive(archive, a_name()).new == ["amir"]


@pytest.mark.parametrize(("is_here", "is_coming"), [(True, False), (False, True), (True, True)])
def test_a_pen_name_is_never_joined_with_another(archive, is_here, is_coming):
    here = an_author(name="Hydra", slug="hydra", is_pen_name=is_here)

    result = arrive(archive, a_name("h", "Hydra", is_pen_name=is_coming))

    author = Author.objects.get(pk=result.found["h"])
    assert author != here
    assert (author.slug, author.is_pen_name) == ("hydra-2", is_coming)
    # What the report says tells nobody which of them is a pen name
    assert all("pen" not in note.why for note in result.notes)


def test_a_pen_name_keeps_no_address_that_tells_another_name(archive):
    places = ("/author/jane-smith/", "/author/hydra/", "/?author=7", "/author/hydra/?name=jane")
    result = arrive(archive, a_name("h", "Hydra", slug="jane-smith", is_pen_name=True, addresses=places))

    assert Author.objects.get(pk=result.found["h"]).slug == "hydra"
    assert not any("jane" in path for path in OldPath.objects.values_list("path", flat=True))
    assert not OldPath.objects.filter(path="/?author=7").exists()


def test_what_was_merged_here_is_not_made_again(archive):
    found = arrive(archive, a_name(), a_name("b", "Amir O.", addresses=("/writers/amir-o/",))).found
    kept, gone = Author.objects.get(pk=found["amir"]), Author.objects.get(pk=found["b"])
    mergers.merge(kept=kept, gone=gone, by=make_editor(), at=NOW)

    again = arrive(archive, a_name(), a_name("b", "Amir O."))

    assert (again.new, set(again.found.values())) == ([], {kept.pk})
    assert OldPath.objects.get(path="/writers/amir-o").target == kept.pk


def test_an_address_that_leads_to_another_is_not_free(archive):
    an_author(name="Bea", slug="bea-1")
    OldAddress.objects.create(kind="author", slug="amir", target=1, kept_at=NOW)

    result = arrive(archive, a_name(slug="amir"), a_name("b", "Another", slug="bea-1"))

    slugs = Author.objects.filter(pk__in=result.found.values()).values_list("slug", flat=True)
    assert set(slugs) == {"amir-2", "bea-1-2"}


def test_a_topic_is_known_by_its_name_and_gets_a_free_address(archive):
    known = Category.objects.create(name="Water", slug="wet")
    Category.objects.create(name="Rivers", slug="sewers")
    some = [
        ArrivingTopic("1", "Water", slug="water", addresses=("/category/wet/", "/topics/water/")),
        ArrivingTopic("2", "Sewers", slug="sewers"),
        ArrivingTopic("3", "下水", slug="%E4%B8%8B"),
        ArrivingTopic("4", "Sewers"),
    ]

    result = topics.arrive(archive=archive, kind="category", topics=some, at=NOW)

    assert result.found["1"] == known.pk
    assert Category.objects.get(pk=result.found["2"]).slug == "sewers-2"
    assert result.found["4"] == result.found["2"]
    assert Category.objects.get(pk=result.found["3"]).slug
    assert list(OldPath.objects.values_list("path", "target")) == [("/topics/water", known.pk)]
    assert topics.arrive(archive=archive, kind="category", topics=some, at=NOW).new == []


def test_a_series_takes_no_endless_plan(archive):
    some = [ArrivingTopic("1", "Local", planned_parts=10**9), ArrivingTopic("2", "Central", planned_parts=4)]

    topics.arrive(archive=archive, kind="series", topics=some, at=NOW)

    assert dict(Series.objects.values_list("title", "planned_parts")) == {"Local": None, "Central": 4}


def test_an_endless_key_is_kept_by_its_hash(archive):
    endless = ["k" * 5000, "k" * 5000 + "!", "new\nline", "\ud800"]
    arrivals.add(archive, "tag", [(key, number, "") for number, key in enumerate(endless)])

    known = arrivals.known(archive, "tag", endless)

    assert {key: row.target for key, row in known.items()} == {key: number for number, key in enumerate(endless)}
    arrivals.add(archive, "tag", [(endless[0], 9, "d")])
    assert Arrival.objects.filter(kind="tag").count() == 4


@pytest.mark.parametrize(
    ("given", "cut"),
    [
        (ArrivingText("t" * 400), ("title",)),
        (ArrivingText("T", standfirst="word " * 500), ("standfirst",)),
        (ArrivingText("T", body="<p>word word word word word word</p>" * 30_000), ("body",)),
        (ArrivingText("T", body="<p>" + "word " * 250_000), ("body",)),
        (ArrivingText("T", body="<ul>" + "<li>word word word word word" * 40_000), ("body",)),
    ],
)
def test_what_is_too_long_is_cut_and_stays_clean(given, cut):
    text, names_of_cut = texts.clean(given)

    assert names_of_cut == cut
    again, nothing = texts.clean(text)
    assert (again, nothing) == (text, ())
    assert len(text.body) <= texts.LENGTHS["body"]
    if given.body:
        assert len(text.body) > 100_000


def test_free_addresses_take_few_queries_however_many_have_the_title(django_assert_max_num_queries):
    Post.objects.bulk_create(Post(slug=f"pump-{number}", created_at=NOW, state_since=NOW) for number in range(2, 900))
    a_post(slug="pump")
    with django_assert_max_num_queries(60):
        slugs = pieces.free_slugs([("Pump", True), ("pump!", True), ("", False), ("", True)])

    assert slugs[2] == ""
    assert len({*slugs}) == 4
    assert not Post.objects.filter(slug__in=slugs[:2]).exists()


def test_what_answers_in_a_circle_is_tied_once():
    one, two = a_post(), a_post()

    linking.answer(pairs=[(one.pk, two.pk), (two.pk, one.pk), (one.pk, one.pk)])

    assert Post.objects.filter(in_reply_to__isnull=False).count() == 1


@pytest.fixture
def some_posts() -> list[Post]:
    """Return published pieces with topics, that are on no list yet; one of them lies ahead."""
    water, drains = Category.objects.create(name="Water", slug="water"), Tag.objects.create(name="Drains", slug="d")
    series, author = Series.objects.create(title="Local", slug="local", planned_parts=9), an_author()
    posts = []
    for number in range(4):
        at = NOW + dt.timedelta(days=10 if number == 3 else -40 * number)
        post = a_post(category=water, series=series if number == 1 else None, part_number=None)
        Post.objects.filter(pk=post.pk).update(
            state=State.PUBLISHED, live=post.working, published_at=at, slug=f"pump-{number}", comments_close_after=20
        )
        post.tags.set([drains] if number else [])
        post.bylines.create(author=author, position=1)
        posts.append(post)
    return posts


def kept() -> tuple[object, ...]:
    """Return what lists, series and related pieces hold."""
    return (
        set(Listing.objects.values_list("key", "kind", "subject", "pieces")),
        set(Listed.objects.values_list("listing__key", "post", "published_at")),
        set(Standing.objects.values_list("series", "parts", "highest", "newest_at", "is_in_progress")),
        set(Related.objects.values_list("post", "other", "position")),
    )


def test_many_at_once_come_to_the_same_lists_as_one_by_one(some_posts):
    for post in some_posts:
        listings.relist(post=post, at=NOW)
    for post in some_posts:
        related.rearrange(post=post, at=NOW)
    one_by_one = kept()
    ahead = set(Purge.objects.filter(due_at__gt=NOW).values_list("key", "due_at"))
    for model in (Listed, Listing, Standing, Related, Purge):
        model.objects.all().delete()

    listings.relist_all(posts=[post.pk for post in some_posts], at=NOW)
    assert sum(related.rearrange_all(posts=[post.pk for post in some_posts], at=NOW)) == len(some_posts)

    assert kept() == one_by_one
    assert set(Purge.objects.filter(due_at__gt=NOW).values_list("key", "due_at")) >= ahead


def test_many_at_once_twice_is_once(some_posts):
    keys = [post.pk for post in some_posts]
    listings.relist_all(posts=keys, at=NOW)
    before = kept()
    Post.objects.filter(pk=keys[1]).update(state=State.RETRACTED)
    listings.relist_all(posts=keys, at=NOW)
    assert Listing.objects.get(kind="all").pieces == 3
    Post.objects.filter(pk=keys[1]).update(state=State.PUBLISHED)

    listings.relist_all(posts=keys, at=NOW)

    assert kept() == before
