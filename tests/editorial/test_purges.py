"""What a change makes out of date: recorded with it, now or at the time of the piece, and nothing else."""

import datetime as dt

import pytest

from blog import keys
from blog.editorial import masthead, publishing, topics
from blog.editorial.names import authors, identity
from blog.editorial.names.identity import BylineDetails
from blog.editorial.particulars import Particulars, settle
from blog.models import Masthead, Post, Purge
from blog.states import State
from tests.factories import (
    NOW,
    CategoryFactory,
    SeriesFactory,
    TagFactory,
    UserFactory,
    make_author,
    make_piece,
    make_published,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def marked(*, at: dt.datetime = NOW) -> set[str]:
    """Return what was recorded, without what stands around a piece, which has tests of its own."""
    return {key for key in recorded(at=at) if not key.startswith("around:")}


def recorded(*, at: dt.datetime = NOW) -> set[str]:
    return set(Purge.objects.filter(due_at=at).values_list("key", flat=True))


def forget() -> None:
    Purge.objects.all().delete()


@pytest.fixture
def ready(db) -> Post:
    post = make_piece(State.READY, category=CategoryFactory(), series=SeriesFactory(planned_parts=2), part_number=1)
    post.tags.add(TagFactory())
    forget()
    return post


def lists_of(post: Post) -> set[str]:
    return {
        keys.in_category(post.category_id),
        keys.in_series(post.series_id),
        keys.by_author(post.bylines.get().author_id),
        *(keys.with_tag(tag.pk) for tag in post.tags.all()),
    }


def test_a_publication_touches_the_piece_and_its_lists(ready, editor):
    publishing.publish(post=ready, by=editor, at=NOW)
    assert marked() == lists_of(ready) | {keys.piece(ready.pk), keys.ALL, keys.SERIES, "list:2026", "list:2026-03"}


def test_a_scheduled_one_touches_them_at_its_time_and_not_before(ready, editor):
    out = NOW + 30 * DAY
    publishing.publish(post=ready, by=editor, at=NOW, go_out_at=out)
    assert marked() == set()
    assert {keys.piece(ready.pk), keys.ALL, "list:2026-04", *lists_of(ready)} <= marked(at=out)


def test_the_pieces_before_and_after_lead_to_it(ready, editor):
    days = (9, 5, 3, 1)
    first, before, after, last = (make_published(at=NOW - days * DAY) for days in days)
    forget()
    publishing.publish(post=ready, by=editor, at=NOW, go_out_at=NOW - 4 * DAY)
    assert {keys.around(before.pk), keys.around(after.pk)} <= recorded()
    assert not {keys.around(far.pk) for far in (first, last)} & recorded()


def test_a_retraction_touches_what_it_was_on(ready, editor):
    publishing.publish(post=ready, by=editor, at=NOW)
    forget()
    publishing.retract(post=ready, reason="Wrong.", by=editor, at=NOW)
    assert lists_of(ready) | {keys.piece(ready.pk), keys.ALL, keys.SERIES, "list:2026"} <= marked()


def test_a_change_of_particulars_touches_the_lists_it_left_and_those_it_came_to(ready, editor):
    publishing.publish(post=ready, by=editor, at=NOW)
    left, came_to = ready.category, CategoryFactory()
    forget()
    wanted = Particulars(slug=ready.slug, category=came_to, series=ready.series, part_number=1)
    settle(post=ready, particulars=wanted, by=editor, at=NOW)
    assert {keys.piece(ready.pk), keys.ALL, keys.in_category(left.pk), keys.in_category(came_to.pk)} <= marked()
    assert "list:2026" not in marked()


def test_a_draft_touches_nothing(ready, editor):
    settle(post=ready, particulars=Particulars(category=CategoryFactory()), by=editor, at=NOW)
    assert marked() == set()


def test_a_name_touches_the_pages_that_show_it(editor):
    author = make_author()
    authors.describe(author=author, details=BylineDetails("Priya R. Raman", is_pen_name=False), by=editor, at=NOW)
    assert keys.author(author.pk) in marked()


def test_a_line_about_a_writer_touches_them_from_the_byline_too(ready, editor):
    author = ready.bylines.get().author
    details = BylineDetails(author.name, is_pen_name=False, about="Writes lists.")
    identity.set_byline(post=ready, author=author, details=details, by=editor, at=NOW)
    assert keys.author(author.pk) in marked()


@pytest.mark.parametrize(
    ("make", "kind"), [(CategoryFactory, "category"), (TagFactory, "tag"), (SeriesFactory, "series")]
)
def test_a_topic_touches_the_pages_that_name_it(make, kind, editor):
    topic = make()
    topics.keep(topic=topic, by=editor, at=NOW)
    assert keys.topic(kind, topic.pk) in marked()


def test_the_masthead_touches_every_page(db):
    masthead.keep_masthead(masthead=Masthead(name="Small Lists"), by=UserFactory(administrator=True), at=NOW)
    assert marked() == {keys.EVERYTHING}
    assert Masthead.current().name == "Small Lists"
