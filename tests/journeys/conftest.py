"""A context of its own in the browser for each person."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass
class Person:
    """Somebody with a browser of their own, and what went wrong in it."""

    name: str
    page: Page
    base_url: str
    pictures: Path | None
    problems: list[str] = field(default_factory=list)
    _shots: int = 0

    def goto(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base_url + path)

    def picture(self, what: str) -> None:
        """Keep a picture of the page, if PICTURES names a folder for them."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.pictures / f"{what}-{self.name}.png", full_page=True)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(browser: Browser, live_server, plain_pages, settings, size: str) -> Iterator[Callable[[str], Person]]:
    """Give people with a browser context each; at the end nobody's console may have an error in it."""
    settings.SITE_URL = live_server.url
    cache.clear()  # The counts behind the limits are in a table that no model has, so the database's flush leaves them
    people: list[tuple[BrowserContext, Person]] = []

    def enter(name: str) -> Person:
        context = browser.new_context(viewport=SIZES[size], locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(6_000)
        page = context.new_page()
        folder = os.environ.get("PICTURES")
        somebody = Person(name, page, live_server.url, Path(folder) / size if folder else None)

        def note(message: ConsoleMessage) -> None:
            # A refused form (409, 422) is also reported here, and is no fault of the page
            if message.type == "error" and "status of 4" not in message.text:
                somebody.problems.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: somebody.problems.append(str(error)))
        people.append((context, somebody))
        return somebody

    yield enter
    for context, somebody in people:
        context.close()
        assert not somebody.problems, (somebody.name, somebody.problems)
