"""Whatever can be pressed or typed into is reached with Tab, and shows where one is (WCAG 2.2, 2.1.1, 2.4.7, 2.4.11)."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.addresses import path_of
from tests.look.desk_pages import make_decided, pages_of_moderation
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is hidden from people on purpose: the trap for machines, and the button that Enter presses first.
# Of a group of radio buttons Tab reaches one; the arrow keys are for the others
CONTROLS = """() => { return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(part => !part.disabled && part.checkVisibility({ visibilityProperty: true }) && !part.closest("[aria-hidden=true]"))
    .filter(part => part.type !== "radio" || part === first([...document.getElementsByName(part.name)]))
    .map((part, number) => part.dataset.control = number).length;
function first(group) { return group.find(one => one.checked) ?? group[0]; } }"""
# Where one is, and what is wrong there: no outline that shows it, or something else in front of all of it
HERE = """() => {
    const part = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(part);
    const { left, top, width, height } = part.getBoundingClientRect();
    const isInFront = (front) => part.contains(front) || front?.contains(part);
    const heights = [3, height / 2, height - 3];
    const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    const isCovered = !heights.some(down => isInFront(document.elementFromPoint(left + Math.min(width / 2, 9), top + down)));
    return [part.dataset.control, isSeen && !isCovered ? "" : `${part.outerHTML.slice(0, 120)} ${isSeen ? "covered" : "unseen"}`];
}"""


def test_on_the_queue_and_the_round_up_and_a_list(open_page):
    world = World()
    make_decided(world, at=timezone.now())
    world.mailing.pieces.create(post=world.submitted, position=2)  # So that there is something to move
    page = open_page(world.users["administrator"])
    page.emulate_media(reduced_motion="reduce")
    found = []
    round_up = path_of("admin:blog_mailing_change", world)
    for address in [*pages_of_moderation(world)[:3], round_up]:
        page.goto(address)
        assert address != round_up or page.get_by_role("button", name="Move up").is_visible()
        found += [f"{address} {problem}" for problem in _unreached(page)]
    assert not found, "\n".join(found)


OWN_PAGES = [
    *("accounts:home", "accounts:comments", "accounts:archived", "accounts:letters", "accounts:verifying"),
    *(
        "accounts:export",
        "accounts:erase",
        "accounts:complain",
        "accounts:report",
        "accounts:comment",
        "accounts:edit_comment",
    ),
    *("accounts:delete_comment", "usersessions_list", "mfa_index", "account_email", "account_change_password"),
    *("reading:subscribe", "reading:manage_subscriptions"),
]
SIGNED_OUT = ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]


def test_on_the_pages_of_an_account_and_of_who_follows(open_page):
    world = World()
    page, stranger = open_page(world.users["guest"]), open_page()
    found = []
    for asking, names in ((page, OWN_PAGES), (stranger, SIGNED_OUT)):
        asking.emulate_media(reduced_motion="reduce")
        for name in names:
            address = path_of(name, world) if ":" in name else reverse(name)
            assert asking.goto(address).status == 200
            found += [f"{address} {problem}" for problem in _unreached(asking)]
    assert not found, "\n".join(found)


def _unreached(page: Page) -> list[str]:
    """Return the controls to which Tab does not come, or that don't show that it has."""
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    left = set(map(str, range(page.evaluate(CONTROLS))))
    problems = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(len(left) + 5):
        page.keyboard.press("Tab")
        control, problem = page.evaluate(HERE)
        left.discard(control)
        problems += [problem] if control and problem else []
    return problems + [
        page.locator(f'[data-control="{control}"]').evaluate("part => part.outerHTML") for control in left
    ]
