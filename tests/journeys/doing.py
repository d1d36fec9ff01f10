"""What people do on any page: follow a link, send a form, sign in, make a move, write."""

import re

from playwright.sync_api import Locator, expect

from accounts.models import User
from tests.journeys.conftest import Person
from tests.people import next_code

PASSWORD = "three unlikely words"


def main_of(person: Person) -> Locator:
    return person.page.get_by_role("main")


def follow(person: Person, link: str | re.Pattern[str], within: Locator | None = None) -> None:
    """Follow the link with that name, and wait for its page."""
    person.look()
    with person.page.expect_navigation():
        (within or main_of(person)).get_by_role("link", name=link).locator("visible=true").first.click()
    person.look()


def send(person: Person, button: str, within: Locator | None = None) -> None:
    """Press a button that sends a form, and wait for the answer."""
    person.look()
    with person.page.expect_navigation():
        (within or main_of(person)).get_by_role("button", name=button, exact=True).locator("visible=true").click()
    person.look()


def sign_in(person: Person, address: str) -> None:
    """Sign in on the page for it, as somebody whose password is PASSWORD; who has a second factor is asked for it."""
    person.page.get_by_label("Mail address").fill(address)
    person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    send(person, "Sign in")
    if person.page.get_by_role("heading", name="One more step").is_visible():
        code = next_code(User.objects.get(email=address))
        person.page.get_by_label("Code from the app, or a recovery code").fill(code)
        send(person, "Sign in")


def open_move(person: Person, verb: str) -> Locator:
    """Open one of the moves in the bar, and return its panel."""
    person.page.locator("details.act > summary", has_text=re.compile(rf"^\s*{verb}\s*$")).click()
    return person.page.locator("details.act[open]")


def press(person: Person, verb: str, reason: str = "", confirm: str = "") -> None:
    """Open one of the moves in the bar, write its reason, and make it."""
    panel = open_move(person, verb)
    if reason:
        panel.get_by_role("textbox").first.fill(reason)
    send(person, confirm or verb)


def write(person: Person, title: str, standfirst: str, paragraphs: list[str]) -> None:
    """Write a text on the page for it, and wait until it is saved."""
    page = person.page
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Standfirst").fill(standfirst)
    page.locator("#id_body_surface").click()
    for paragraph in paragraphs:
        page.keyboard.type(paragraph)
        page.keyboard.press("Enter")
    wait_until_saved(person)


def wait_until_saved(person: Person) -> None:
    expect(person.page.locator("[data-state]")).to_contain_text("Saved at", timeout=15_000)
