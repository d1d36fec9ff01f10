"""A writer at their desk in a browser: signed in without a form, with a piece open."""

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from blog.models import Post
from tests.journeys.conftest import Person
from tests.people import signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sit_down(person: Person, user: User) -> None:
    """Sign somebody in, as if they had done so yesterday."""
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    person.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": person.base_url}])


def open_piece(person: Person, post: Post, page: Page | None = None) -> Page:
    """Open a piece to write in, in a tab of its own if one is given."""
    page = page or person.page
    page.goto(f"{person.base_url}/desk/{post.pk}/")
    expect(text_of(page)).to_be_visible()
    return page


def text_of(page: Page) -> Locator:
    """Return the surface that one writes the text on."""
    return page.locator("#id_body_surface")


def write_after(page: Page, paragraph: str, words: str) -> None:
    """Put the cursor at the end of the paragraph that holds some words, and type."""
    text_of(page).locator("p", has_text=paragraph).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def state_of(page: Page) -> Locator:
    """Return the line that says whether the text is saved."""
    return page.locator("[data-state]")
