"""Comments close some days after publication, by the clock alone, or by hand; the page says when."""

import datetime as dt

import pytest

from accounts.commenting.posting import CommentsClosedError, post_comment
from accounts.models import User
from blog.editorial import particulars, topics
from blog.editorial.masthead import keep_masthead
from blog.editorial.particulars import Particulars
from blog.editorial.upkeep.closing import Closing, closing_of
from blog.models import Category, Masthead, Post, Purge
from tests.factories import NOW, CategoryFactory, UserFactory, make_published
from tests.people import signed_in

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(db) -> User:
    return UserFactory(administrator=True)


@pytest.mark.parametrize(
    ("site", "category", "piece", "days"),
    [
        (None, None, None, None),
        (30, None, None, 30),
        (30, 20, None, 20),
        (30, 0, None, None),
        (30, 20, 10, 10),
        (30, 20, 0, None),
        (None, None, 5, 5),
    ],
)
def test_the_piece_goes_before_its_category_and_that_before_the_site(db, site, category, piece, days):
    Masthead.objects.create(pk=1, comments_close_after=site)
    post = make_published(category=CategoryFactory(comments_close_after=category))
    post.comments_close_after = piece
    closes_at = post.published_at + dt.timedelta(days=days) if days else None
    assert closing_of(post, moment=post.published_at + dt.timedelta(days=4)) == Closing(is_closed=False, at=closes_at)
    assert closing_of(post, moment=post.published_at + dt.timedelta(days=99)).is_closed is bool(days)


def test_the_clock_closes_and_the_page_and_the_form_say_when(client, post, regular):
    Post.objects.update(comments_close_after=1)
    day = f"{post.published_at + A_DAY:%Y-%m-%d}"
    page = client.get(post.get_absolute_url()).text
    assert f'Comments closed on <time datetime="{day}">' in page
    assert "Sign in to comment" not in page
    browser = signed_in(regular)
    assert f'Comments closed on <time datetime="{day}">' in browser.get(f"/accounts/comment/{post.pk}/").text
    answer = browser.post(f"/accounts/comment/{post.pk}/", {"text": "Too late."})
    assert (answer.status_code, "Too late." in answer.text) == (409, True)


def test_the_last_moment_counts(post, regular):
    Post.objects.update(comments_close_after=1)
    closes_at = post.published_at + A_DAY
    post_comment(post=post, text="Just in time.", by=regular, at=closes_at - dt.timedelta(seconds=1))
    with pytest.raises(CommentsClosedError, match="closed on"):
        post_comment(post=post, text="Too late.", by=regular, at=closes_at)


def test_baked_pages_are_out_of_date_when_it_closes(editor, owner):
    category = CategoryFactory()
    post = make_published(category=category)
    closes = {}
    for days, change in {
        10: lambda: keep_masthead(masthead=Masthead(pk=1, comments_close_after=10), by=owner, at=NOW),
        20: lambda: topics.keep(topic=_with(category, 20), by=editor, at=NOW),
        30: lambda: particulars.settle(
            post=post, particulars=Particulars(post.slug, category, comments_close_after=30), by=editor, at=NOW
        ),
    }.items():
        Purge.objects.all().delete()
        change()
        closes[days] = list(Purge.objects.filter(key=f"discussion:{post.pk}").values_list("due_at", flat=True))
    assert closes == {days: [post.published_at + dt.timedelta(days=days)] for days in (10, 20, 30)}


def _with(category: Category, days: int) -> Category:
    category.comments_close_after = days
    return category


def test_closing_by_hand_keeps_the_day_and_opening_forgets_it(client, post, editor):
    for is_open, at in ((False, NOW + A_DAY), (False, NOW + 2 * A_DAY), (True, NOW + 3 * A_DAY)):
        settled = Particulars(post.slug, comments_open=is_open)
        particulars.settle(post=post, particulars=settled, by=editor, at=at)
        post.refresh_from_db()
        assert post.comments_closed_at == (None if is_open else NOW + A_DAY)
        shown = client.get(post.get_absolute_url()).text
        assert (f'closed on <time datetime="{NOW + A_DAY:%Y-%m-%d}">' in shown) is not is_open


def test_the_particulars_page_sets_the_days(post, editor):
    browser = signed_in(editor)
    address = f"/admin/blog/post/{post.pk}/particulars/"
    sent = {"slug": post.slug, "comments_open": "on", "comments_close_after": "14"}
    assert browser.post(address, sent).status_code == 302
    assert Post.objects.get(pk=post.pk).comments_close_after == 14
    assert browser.post(address, {**sent, "comments_close_after": "9" * 9}).status_code == 422
