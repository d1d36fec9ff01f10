"""Whatever can be pressed or typed into is reached with Tab, and shows where one is (WCAG 2.2, 2.1.1, 2.4.7, 2.4.11)."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.addresses import World, path_of
from tests.look.desk_pages import make_decided, pages_of_moderation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(part => !part.disabled && part.checkVisibility({ visibilityProperty: true }))
    .map((part, number) => part.dataset.control = number).length"""
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
