"""axe finds nothing in the discussion under a piece: in each state of its form, and on its second page."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.commenting.moves import count_comments
from accounts.commenting.placing import FULL
from accounts.models import Comment
from blog.models import Post
from blog.states import State
from tests.factories import UserFactory, make_comment, make_piece
from tests.look.axe import WIDE, problems_of
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_in_a_reply_in_the_page_that_is_read(open_page):
    world = World()
    page = open_page(world.users["other guest"])
    page.goto("/accounts/")  # The form comes to those alone who have been there
    page.goto(f"{world.out.get_absolute_url()}#comments")
    expect(page.get_by_label("Your comment")).to_be_attached()
    page.get_by_role("link", name="Reply to Reader").click()
    expect(page.get_by_label("Your reply")).to_be_focused()
    found = problems_of(page)
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("#comment-error")).to_be_visible()
    found += problems_of(page)
    page.get_by_label("Your reply").fill("We asked twice.\n\n> So did we.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("Your comment is with the editors.").first).to_be_visible()
    found += problems_of(page)
    assert not found, "\n".join(found)


def test_in_the_form_on_its_own_page(open_page):
    world = World()
    page = open_page(world.users["other guest"])
    page.goto(f"/accounts/comment/{world.out.pk}/?reply={world.comment.pk}")
    found = problems_of(page)
    _send(page, "Send reply")
    page.get_by_text("There is a problem").wait_for()
    found += problems_of(page)
    page.get_by_label("Your reply").fill("We asked twice.\n\n> So did we.")
    _send(page, "Preview")
    expect(page.get_by_role("heading", name="How it will look")).to_be_visible()
    found += problems_of(page)
    _send(page, "Send reply")
    expect(page.locator(".state")).to_have_text("With the editors")
    found += problems_of(page)
    assert not found, "\n".join(found)


def test_on_the_second_page_where_replies_are_open_too(open_page):
    at = timezone.now()
    post = make_piece(State.PUBLISHED, at=at - dt.timedelta(days=1))
    _fill(post, FULL + 3, at=at)
    page = open_page()
    page.set_viewport_size(WIDE)
    page.goto(post.get_absolute_url())
    with page.expect_navigation():
        page.get_by_role("link", name="Newer comments").click()
    expect(page).to_have_url(f"{page.url.rpartition('/comment-page-')[0]}/comment-page-2/#comments")
    expect(page.get_by_role("link", name="Reply to")).to_have_count(4)
    expect(page.get_by_role("link", name="Sign in to comment")).to_be_visible()
    found = problems_of(page)
    assert not found, "\n".join(found)


def _send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def _fill(post: Post, number: int, *, at: dt.datetime) -> None:
    """Put so many comments under a piece, and a reply under the last."""
    user = UserFactory(display_name="Dana Whitby")
    made = [
        Comment(
            post=post, user=user, text=f"So did we, {place}.", state="approved", written_at=at, page=place // FULL + 1
        )
        for place in range(number)
    ]
    top = Comment.objects.bulk_create(made)[-1]
    make_comment(post, user, parent=top, written_at=at, page=top.page)
    count_comments(post.pk, at=at)
