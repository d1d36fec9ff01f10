"""The lists that readers open: whatever happens to a piece, what is written down is what a count would find."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from blog.editorial import corrections, drafting, publishing, topics
from blog.editorial.particulars import Particulars, settle
from blog.models import Listed, Listing, Post, Series, Standing
from blog.states import State
from tests.factories import NOW, CategoryFactory, SeriesFactory, TagFactory, make_author, make_editor, make_piece

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
AHEAD = NOW + 400 * DAY


def kept() -> dict[str, Any]:
    """Return what is written down."""
    return {
        "counts": dict(Listing.objects.filter(pieces__gt=0).values_list("key", "pieces")),
        "rows": sorted(Listed.objects.values_list("listing__key", "post", "published_at")),
        "series": {
            row.pk: (row.parts, row.highest, row.newest_at, row.is_in_progress) for row in Standing.objects.all()
        },
    }


def counted() -> dict[str, Any]:
    """Return what it should be, counted from the pieces themselves."""
    counts: Counter[str] = Counter()
    rows = []
    out = [post for post in Post.objects.all() if post.state == State.PUBLISHED]
    for post in out:
        lists = [f"list:author:{byline.author_id}" for byline in post.bylines.all()]
        lists += [f"list:tag:{tag.pk}" for tag in post.tags.all()]
        lists += [f"list:category:{post.category_id}"] if post.category_id else []
        lists += [f"list:series:{post.series_id}"] if post.series_id else []
        rows += [(key, post.pk, post.published_at) for key in lists]
        day = timezone.localdate(post.published_at)
        counts.update([*lists, "list:all", f"list:{day.year}", f"list:{day:%Y-%m}"])
    series = {}
    for row in Series.objects.all():
        pieces = [post for post in out if post.series_id == row.pk]
        parts = [post.part_number for post in pieces if post.part_number]
        total = max([row.planned_parts or 0, *parts])
        if pieces:
            newest = max(post.published_at for post in pieces)
            series[row.pk] = (len(parts), max(parts, default=0), newest, 0 < len(parts) < total)
    return {"counts": dict(counts), "rows": sorted(rows), "series": series}


def publish(post: Post, at: dt.datetime = NOW, go_out_at: dt.datetime | None = None) -> None:
    publishing.publish(post=post, by=make_editor(), at=at, go_out_at=go_out_at)


def unschedule(post: Post) -> None:
    publish(post, go_out_at=AHEAD)
    publishing.unschedule(post=post, by=make_editor(), at=NOW)


def schedule_again(post: Post) -> None:
    unschedule(post)
    publish(post, go_out_at=AHEAD + 40 * DAY)


def retract(post: Post) -> None:
    publish(post)
    publishing.retract(post=post, reason="Wrong.", by=make_editor(), at=NOW)


def reinstate(post: Post) -> None:
    retract(post)
    publishing.reinstate(post=post, by=make_editor(), at=NOW + DAY)


def correct(post: Post) -> None:
    editor = make_editor()
    publish(post)
    text = drafting.Text(title="Put right")
    drafting.save_text(post=post, text=text, by=editor, at=NOW, based_on=post.working_id)
    corrections.publish_correction(post=post, note="A slip.", by=editor, at=NOW)


def settle_anew(post: Post) -> None:
    publish(post)
    wanted = Particulars(
        slug=post.slug, category=CategoryFactory(), tags=[TagFactory()], series=SeriesFactory(), part_number=7
    )
    settle(post=post, particulars=wanted, by=make_editor(), at=NOW)


def renumber(post: Post) -> None:
    publish(post)
    settle(
        post=post, particulars=Particulars(slug=post.slug, series=post.series, part_number=3), by=make_editor(), at=NOW
    )


def strip(post: Post) -> None:
    publish(post, go_out_at=AHEAD)
    settle(post=post, particulars=Particulars(slug=post.slug), by=make_editor(), at=NOW)


def plan_fewer_parts(post: Post) -> None:
    publish(post)
    series = post.series
    series.planned_parts = None
    topics.keep(topic=series, by=make_editor(), at=NOW)


def remove_a_tag(post: Post) -> None:
    publish(post)
    topics.remove(topic=post.tags.first(), by=make_editor(), at=NOW)


ACTS: list[Callable[[Post], None]] = [
    publish,
    lambda post: publish(post, go_out_at=AHEAD),
    lambda post: publish(post, go_out_at=NOW - 4000 * DAY),
    unschedule,
    schedule_again,
    retract,
    reinstate,
    correct,
    settle_anew,
    renumber,
    strip,
    plan_fewer_parts,
    remove_a_tag,
]


@pytest.mark.parametrize("act", ACTS)
def test_what_is_written_down_is_what_a_count_finds(act: Callable[[Post], None]):
    belongs = {"category": CategoryFactory(), "series": SeriesFactory(planned_parts=4)}
    for number in (1, 2):
        other = make_piece(State.READY, part_number=number, at=NOW - number * DAY, **belongs)
        publish(other, at=NOW - number * DAY)
    post = make_piece(State.READY, part_number=4, at=NOW, is_guest_piece=False, **belongs)
    post.bylines.create(author=make_author(name="Owen Pritchard"), position=2)
    post.tags.set([TagFactory(), TagFactory()])
    before = counted()

    act(post)

    assert kept() == counted()
    assert act is unschedule or act is retract or counted() != before


def test_a_draft_is_on_no_list():
    post = make_piece(State.READY, category=CategoryFactory())
    settle(post=post, particulars=Particulars(tags=[TagFactory()]), by=make_editor(), at=NOW)
    assert kept() == {"counts": {}, "rows": [], "series": {}}
