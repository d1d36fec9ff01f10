"""From signing up to an approved comment, and a reply in the page that is read, by keyboard, without losing the place."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Comment
from blog.models import Letter, Post
from blog.states import State
from tests.factories import UserFactory, make_comment, make_editor, make_piece
from tests.journeys.at_the_desk import sit_down
from tests.journeys.conftest import SIZES, Person
from tests.journeys.doing import follow, send
from tests.look.axe import problems_of
from tests.people import confirm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DANA, PASSWORD = "dana@council.example", "seven green kettles"


@pytest.fixture
def size() -> str:
    return "desktop"


@pytest.fixture
def editor(transactional_db):
    return make_editor(email="tom@blog.example", display_name="Tom Ashby")


@pytest.fixture
def post(editor) -> Post:
    """A piece that came out two days ago, with a comment."""
    post = make_piece(State.PUBLISHED, editor=editor, at=timezone.now() - dt.timedelta(days=2))
    make_comment(post, UserFactory(display_name="Owen Pritchard"), text="Who closes yours?")
    return post


def signs_up_and_comments(dana: Person, post: Post) -> Comment:
    page = dana.page
    dana.goto(post.get_absolute_url())
    follow(dana, "Sign in to comment")
    follow(dana, re.compile("make an account", re.IGNORECASE))
    page.get_by_label("Mail address").fill(DANA)
    page.get_by_label("Display name").fill("Dana Whitby")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    send(dana, "Make my account")
    letter = Letter.objects.get(to_address=DANA)
    dana.goto(re.search(r"https?://\S+/confirm-email/\S+", letter.text)[0])
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").first.click()
    if "/accounts/comment/" not in page.url:
        dana.goto(f"/accounts/comment/{post.pk}/")
    page.get_by_label("Your comment").fill("We do, every Friday.")
    page.get_by_role("link", name="House rules").first.wait_for()
    dana.picture("comment-01-form")
    send(dana, "Send comment")
    expect(page.get_by_role("main")).to_contain_text("Your comment is with the editors. You can see it")
    expect(page.locator(".state")).to_have_text("With the editors")
    return Comment.objects.get(user__email=DANA)


def is_approved(tom: Person, comment: Comment) -> None:
    tom.goto(f"/admin/accounts/comment/{comment.pk}/change/")
    send(tom, "Approve", tom.page.locator("body"))
    comment.refresh_from_db()
    assert comment.state == Comment.State.APPROVED


def press(page: Page, name: str, role: str = "button") -> None:
    """Go to something with the keyboard alone, from where one is, and press it."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(30):
        if wanted.evaluate_all("(all) => all.includes(document.activeElement)"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to “{name}”.")


def is_clean(page: Page) -> None:
    """Ask axe, as `tests/look` does of each page, about one that a script has changed."""
    assert not problems_of(page)
    page.set_viewport_size(SIZES["desktop"])


def replies_in_the_page(dana: Person, post: Post, comment: Comment) -> None:
    """With the keyboard alone: the form opens under the comment, shows it first, and leaves it there."""
    page = dana.page
    dana.goto(f"{post.get_absolute_url()}#comments")
    address = page.url
    expect(page.get_by_label("Your comment")).to_be_attached()
    expect(page.locator(f"#{comment.anchor}").get_by_role("link", name="Change your comment")).to_be_visible()
    page.get_by_role("link", name="Reply to Owen Pritchard").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.type("We asked twice.\n\n> Who closes yours?\n\nNobody, it turned out.")
    press(page, "Preview")
    expect(page.get_by_role("heading", name="How it will look")).to_be_focused()
    expect(page.locator("section.preview blockquote")).to_have_text("Who closes yours?")
    dana.picture("comment-02-preview")
    is_clean(page)
    press(page, "Send reply")
    owens = page.locator(f"#comment-{Comment.objects.earliest('pk').pk}").locator("xpath=ancestor::li[1]")
    mine = owens.locator("ol > li article").filter(has_text="We asked twice.")
    expect(mine).to_be_focused()
    expect(mine).to_be_in_viewport()
    expect(page.get_by_role("status").filter(has_text="Your comment is published.")).to_be_attached()
    expect(page.get_by_label("Your comment")).to_have_value("")
    expect(page.locator("#comments")).to_have_text("3 comments")
    dana.picture("comment-03-in-place")
    is_clean(page)
    assert page.url == address
    page.reload()
    expect(mine).to_be_visible()


def changes_it(dana: Person) -> None:
    page = dana.page
    mine = page.locator("article").filter(has_text="We asked twice.")
    page.get_by_role("heading", name=re.compile(r"\d comments")).scroll_into_view_if_needed()
    with page.expect_navigation():
        mine.get_by_role("link", name="Change your comment").click()
    page.get_by_label("Your comment").fill("We asked three times.")
    send(dana, "Save")
    expect(page.locator("article").filter(has_text="We asked three times.").locator(".edited")).to_contain_text(
        "edited"
    )


def loses_nothing_to_a_reload_or_an_ended_session(dana: Person, post: Post) -> None:
    page = dana.page
    dana.goto(f"{post.get_absolute_url()}#your-comment")
    page.get_by_label("Your comment").fill("An afternoon of typing.")
    page.reload()
    expect(page.get_by_label("Your comment")).to_have_value("An afternoon of typing.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("alert")).to_contain_text("You are signed out. Your text is safe here.")
    expect(page.get_by_label("Your comment")).to_have_value("An afternoon of typing.")
    with page.expect_navigation():
        page.get_by_role("link", name="Sign in to go on").click()
    page.get_by_label("Mail address").fill(DANA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    send(dana, "Sign in")
    expect(page.get_by_label("Your comment")).to_have_value("An afternoon of typing.")
    send(dana, "Send comment")
    dana.goto(f"{post.get_absolute_url()}#your-comment")
    expect(page.get_by_label("Your comment")).to_have_value("")


def test_from_signing_up_to_a_reply_in_place(person, post, editor):
    dana, tom = person("dana"), person("editor")
    comment = signs_up_and_comments(dana, post)
    sit_down(tom, confirm(editor))
    is_approved(tom, comment)
    replies_in_the_page(dana, post, comment)
    changes_it(dana)
    loses_nothing_to_a_reload_or_an_ended_session(dana, post)
