"""One browser for all pages, and people who are signed in without typing."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.models import User


@pytest.fixture
def open_page(browser: Browser, live_server, plain_pages, settings) -> Iterator[Callable[..., Page]]:
    """Give an empty page of a browser in which somebody is signed in, or nobody."""
    settings.SITE_URL = live_server.url
    cache.clear()
    contexts = []

    def opened(user: User | None = None, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies["session"].value
            context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
