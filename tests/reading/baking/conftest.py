"""A folder for kept pages, and somebody who follows the purges when told to."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import Bakery, bakery
from tests.reading.baking.house import Clock, House


@pytest.fixture
def house(settings, tmp_path: Path, db) -> Iterator[House]:
    """Keep pages in a folder of this test's own, which has just been begun."""
    settings.PAGES_DIR = tmp_path / "pages"
    at = bakery()
    assert isinstance(at, Bakery)
    house = House(at, Follower(at, claims=True))
    house.look()
    return house


@pytest.fixture
def yesterday() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Stand the clock still, to be moved on by hand."""
    clock = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
