"""What stands around a piece is worked out when something changes, and its pages are marked."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from blog import keys
from blog.editorial import particulars, publishing
from blog.editorial.particulars import Particulars, answered_by
from blog.editorial.refusals import IncompleteError
from blog.models import Post, Purge, Related, Tag
from tests.factories import CategoryFactory, SeriesFactory, TagFactory, make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def tagged(title: str, tags: list[Tag], editor: User, *, at: dt.datetime = AT, **fields) -> Post:
    post = make_published(at=at, title=title, **fields)
    particulars.settle(post=post, particulars=Particulars(slug=post.slug, tags=tags), by=editor, at=at)
    return post


def titles(post: Post) -> list[str]:
    return list(post.related.order_by("position").values_list("other__live__title", flat=True))


def marked(since: int = 0) -> set[tuple[str, dt.datetime]]:
    return set(Purge.objects.filter(pk__gt=since).values_list("key", "due_at"))


def test_a_new_piece_is_also_related_to_the_older_ones(editor: User):
    tag = TagFactory()
    old = tagged("Old", [tag], editor, at=AT - DAY)
    new = tagged("New", [tag], editor)
    assert titles(old) == ["New"]
    assert titles(new) == ["Old"]
    assert (keys.around(old.pk), AT) in marked()


def test_parts_of_the_same_series_are_not_called_related(editor: User):
    series, category = SeriesFactory(), CategoryFactory()
    for part in (1, 2):
        make_published(at=AT, title=f"Part {part}", series=series, part_number=part, category=category)
    assert not Related.objects.exists()


def test_other_tags_mean_other_related_pieces(editor: User):
    one, two = TagFactory(), TagFactory()
    first, second = tagged("First", [one], editor), tagged("Second", [two], editor)
    post = tagged("Post", [one], editor)
    assert (titles(post), titles(first), titles(second)) == (["First"], ["Post"], [])
    particulars.settle(post=post, particulars=Particulars(slug=post.slug, tags=[two]), by=editor, at=AT)
    assert (titles(post), titles(first), titles(second)) == (["Second"], [], ["Post"])


def test_more_are_kept_than_are_shown_but_not_all(editor: User):
    tag = TagFactory()
    for n in range(9):
        tagged(f"Piece {n}", [tag], editor, at=AT - n * DAY)
    assert Related.objects.filter(post__live__title="Piece 8").count() == 6


def test_a_scheduled_piece_marks_its_surroundings_for_its_time(editor: User):
    tag = TagFactory()
    old = tagged("Old", [tag], editor)
    due = AT + 3 * DAY
    ahead = tagged("Ahead", [tag], editor, go_out_at=due)
    assert {(keys.around(old.pk), due), (keys.around(ahead.pk), due)} <= marked()


def test_a_piece_scheduled_before_another_is_told_of_it_in_time():
    make_published(at=AT, title="Later", go_out_at=AT + 4 * DAY)
    between = make_published(at=AT, title="Between", go_out_at=AT + 2 * DAY)
    assert (keys.around(between.pk), AT + 4 * DAY) in marked()


def test_a_piece_is_told_of_the_next_one_when_the_one_between_is_unscheduled(editor: User):
    now = make_published(at=AT, title="Now")
    between = make_published(at=AT, title="Between", go_out_at=AT + 2 * DAY)
    make_published(at=AT, title="Later", go_out_at=AT + 4 * DAY)
    newest = Purge.objects.latest("pk").pk
    publishing.unschedule(post=between, by=editor, at=AT + DAY)
    assert (keys.around(now.pk), AT + 4 * DAY) in marked(newest)


def test_a_reply_marks_what_it_answers_and_what_it_answered(editor: User):
    first, second = make_published(at=AT, title="First"), make_published(at=AT, title="Second")
    reply = make_published(at=AT, title="Reply")
    for answers in (first, second):
        newest = Purge.objects.latest("pk").pk
        wanted = Particulars(slug=reply.slug, in_reply_to=answers.get_absolute_url())
        particulars.settle(post=reply, particulars=wanted, by=editor, at=AT + DAY)
    assert {(keys.around(post.pk), AT + DAY) for post in (first, second, reply)} <= marked(newest)


@pytest.mark.parametrize(
    "wrong", ["nowhere", "https://elsewhere.example/2026/03/11/nothing/", "\x00", "[", "ahead", "own"]
)
def test_a_reply_to_what_readers_cannot_see_is_refused(editor: User, wrong: str):
    make_published(at=AT, title="Ahead", go_out_at=AT + DAY)
    post = make_published(at=AT, title="Own")
    with pytest.raises(IncompleteError) as refused:
        particulars.settle(post=post, particulars=Particulars(slug="own", in_reply_to=wrong), by=editor, at=AT)
    assert set(refused.value.errors) == {"in_reply_to"}


def test_a_reply_stays_one_while_what_it_answers_is_taken_down(editor: User):
    first, reply = make_published(at=AT, title="First"), make_published(at=AT, title="Reply")
    wanted = Particulars(slug="reply", in_reply_to=first.get_absolute_url())
    particulars.settle(post=reply, particulars=wanted, by=editor, at=AT)
    publishing.retract(post=first, reason="Wrong.", by=editor, at=AT + DAY)
    particulars.settle(post=reply, particulars=wanted, by=editor, at=AT + 2 * DAY)
    assert Post.objects.get(pk=reply.pk).in_reply_to == first


@pytest.mark.parametrize(
    "typed", ["first", "/2026/03/11/first/", "https://x.example/2026/03/11/first/?a=b#comments", " first/ "]
)
def test_a_piece_is_found_however_its_address_is_written(typed: str):
    post = make_published(at=AT, title="First")
    assert answered_by(typed, at=timezone.now()) == post
