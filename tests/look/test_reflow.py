"""No page is wider than its window: at 320 pixels (400 % of 1280; WCAG 2.2, 1.4.10), on phones, tablets and desktops."""

import pytest

from tests.look.desk_pages import pages_of_moderation, pages_of_the_editors_desk
from tests.look.extremes import make_extremes
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = [
    "/", "/archive/", "/writers/", "/series/", "/contact/", "/search/?q=row",
    "/nothing/", "/accounts/login/", "/changes/", "/contribute/", "/contribute/pitch/",
]  # fmt: skip
WIDER = """() => document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll("body *")].filter(part => part.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map(part => part.outerHTML.slice(0, 120)) : []"""
UNREACHED = """() => [...document.querySelectorAll("main *")].filter(part => part.scrollWidth > part.clientWidth + 1
    && ["auto", "scroll"].includes(getComputedStyle(part).overflowX) && (part.tabIndex < 0 || !part.ariaLabel))
    .map(part => part.outerHTML.slice(0, 120))"""


def test_nothing_scrolls_sideways_but_frames_with_a_name_that_the_keyboard_reaches(open_page):
    pieces = make_extremes()
    part = pieces["series"].series
    page = open_page()
    for address in [*(post.get_absolute_url() for post in pieces.values()), part.get_absolute_url(), *LISTS]:
        page.goto(address)
        for width in (320, 390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER) == [], (address, width)
            assert page.evaluate(UNREACHED) == [], (address, width)


def test_no_page_of_the_desks_scrolls_sideways(open_page):
    world = World()
    proof, out = f"/desk/{world.proof.pk}/", f"/desk/{world.out.pk}/"
    guests = [
        "/desk/",
        proof,
        *(f"{proof}{part}" for part in ("proof/", "proof/correction/", "byline/", "co-authors/")),
    ]
    for who, addresses in [
        (
            "guest",
            [*guests, f"{proof}versions/", f"{out}propose/", "/accounts/letters/", "/accounts/", "/accounts/erase/"],
        ),
        ("administrator", [*pages_of_the_editors_desk(world), *pages_of_moderation(world)]),
    ]:
        page = open_page(world.users[who])
        for address in addresses:
            page.goto(address)
            for width in (320, 390, 820, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(WIDER) == [], (address, width)
