"""A context of its own in the browser for each person."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass
class Person:
    """Somebody with a browser of their own, and what went wrong in it."""

    name: str
    page: Page
    base_url: str
    pictures: Path | None
    problems: list[str] = field(default_factory=list)
    _hidden: re.Pattern[str] | None = None
    _arrived: list[Response] = field(default_factory=list)
    looked_at: int = 0

    def goto(self, path: str) -> None:
        self.look()
        self.page.goto(path if path.startswith("http") else self.base_url + path)
        self.look()

    def must_not_see(self, hidden: re.Pattern[str]) -> None:
        """From now on, nothing that the site sends to this browser may have these words in it, nor its address."""
        self._hidden = hidden
        self.page.on("response", lambda response: self._arrived.append(response))  # noqa: PLW0108  Playwright marks it

    def look(self) -> None:
        """Read what has arrived since the last look. To be called before and after a page is left."""
        hidden, arrived = self._hidden, self._arrived[:]
        self._arrived.clear()
        for response in arrived if hidden else []:
            is_text = re.match("text/|application/.*(json|xml)", response.headers.get("content-type", ""))
            is_read = is_text and not 300 <= response.status < 400  # A redirection has no text
            found = hidden.search(f"{response.url} {response.headers} {response.text() if is_read else ''}")
            assert not found, (self.name, response.url, found)
            self.looked_at += bool(is_read)

    def picture(self, what: str) -> None:
        """Keep a picture of the page, if PICTURES names a folder for them."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.pictures / f"{what}-{self.name}.png", full_page=True)


class Clock:
    """The time of the whole site, worker included: it runs on, and can be put forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = dt.timedelta()
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: now() + self.ahead)

    def go_to(self, moment: dt.datetime) -> None:
        """Put it forward to that moment."""
        self.ahead += moment - timezone.now()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


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
        context.set_default_timeout(20_000)
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
