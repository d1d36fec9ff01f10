"""What a change makes stale, and what stays warm."""

import datetime as dt

import pytest

from accounts.commenting import moderation, posting
from blog.editorial import publishing
from blog.states import State
from tests.factories import CategoryFactory, UserFactory, make_comment, make_piece, make_published
from tests.people import confirm
from tests.reading.baking.house import Clock, House, warm

pytestmark = pytest.mark.django_db


def test_a_piece_whose_time_comes_is_on_every_page_that_lists_it(house: House, clock: Clock, editor):
    category = CategoryFactory()
    make_published(at=clock.now, title="An earlier piece", category=category)
    at = clock.pass_(days=1)
    post = make_piece(State.READY, at=at, title="Bollards at dawn", category=category, editor=editor)
    publishing.publish(post=post, by=editor, at=at, go_out_at=at + dt.timedelta(hours=1))
    post.refresh_from_db()
    house.look()
    lists = {
        "/",
        "/feed/",
        "/archive/",
        "/writers/",
        category.get_absolute_url(),
        f"{category.get_absolute_url()}feed/",
    }
    warm(*lists)
    assert lists <= set(house.kept())
    assert not any(b"Bollards" in page for page in house.kept().values())

    assert post.published_at
    clock.now = post.published_at
    house.look()

    assert not lists & set(house.kept())
    warm(*lists)
    kept = house.kept()
    assert all(b"Bollards at dawn" in kept[address] for address in lists - {"/archive/", "/writers/"})
    assert post.get_absolute_url() in kept
    assert house.stale() == []


def test_a_comment_makes_stale_only_what_shows_it_or_its_number(house: House, clock: Clock):
    categories = CategoryFactory(), CategoryFactory()
    posts = [
        make_published(at=clock.pass_(days=1), title=f"Piece {number}", category=category)
        for number, category in enumerate(categories)
    ]
    addresses = [post.get_absolute_url() for post in posts]
    house.look(clock.pass_(days=1))
    warm()
    before = house.kept()

    commenter = confirm(UserFactory())
    make_comment(posts[0], commenter)
    comment = posting.post_comment(post=posts[0], text="So did we.", by=commenter, at=clock.pass_(minutes=20))
    if comment.state != comment.State.APPROVED:
        moderation.approve(comment=comment, by=posts[0].editor, at=clock.now)
    house.look()

    gone = set(before) - set(house.kept())
    assert addresses[0] in gone
    assert "/" in gone
    assert categories[0].get_absolute_url() in gone
    assert not gone & {
        *(addresses[1], f"{addresses[1]}feed/", categories[1].get_absolute_url(), "/archive/", "/writers/", "/series/"),
        *("/contribute/", "/feed/"),
    }
    assert house.stale() == []
