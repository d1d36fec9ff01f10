"""Asking axe what is wrong with a page (WCAG 2.2 A and AA, and its best practices): light and dark, wide and narrow."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Tall, so that a bar that stays on the screen covers nothing: what it covers can be brought out by scrolling
WIDE, NARROW = {"width": 1440, "height": 3000}, {"width": 390, "height": 6000}
# What depends on colours alone is asked in the other two circumstances
ALL_RULES: dict = {"resultTypes": ["violations"]}
COLOURS: dict = {**ALL_RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
CIRCUMSTANCES = [
    (WIDE, "light", ALL_RULES),
    (WIDE, "dark", COLOURS),
    (NARROW, "dark", ALL_RULES),
    (NARROW, "light", COLOURS),
]
BEST_PRACTICES_TOO = {"rules": {"target-size": {"enabled": True}}}
RUN = """async (options) => await Promise.all(document.getAnimations().map(change => change.finished)) && (await axe.run(document, options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`))"""


def problems_of(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for size, scheme, options in CIRCUMSTANCES:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        given = options if options is COLOURS else {**options, **BEST_PRACTICES_TOO}
        found += [f"{page.url} {size['width']} {scheme} {problem}" for problem in page.evaluate(RUN, given)]
    return found
