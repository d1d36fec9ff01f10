"""Fixtures that every test can use."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.browser import browser
from tests.factories import NOW, UserFactory, make_editor
from tests.people import signed_in

__all__ = ["browser"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where NOTHING_SKIPPED is set and something was: a hole must not look like a pass."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NOTHING_SKIPPED") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line for each reason what was skipped."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} tests {reason[0].lower()}{reason[1:]}")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path: Path) -> None:
    """Keep a test's uploads to itself."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def plain_pages(transactional_db) -> None:
    """Have the pages there that a migration makes: a test with real transactions removes them with everything else."""
    import_module("blog.migrations.0006_the_four_pages").make(apps, None)


@pytest.fixture(scope="module")
def kept_rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let fixtures of a module make rows once for all its tests, which must run in transactions.

    What a test changes is undone after it, as ever; what such a fixture made, after the last test of the module. The
    fixtures give objects as they were when they were made: a test that changes one works on a copy, or reads it anew.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def editor(db) -> User:
    return make_editor(display_name="Tom Ashby", email="tom@blog.example")


@pytest.fixture
def writer(db) -> User:
    return UserFactory(display_name="Priya R", email="priya@council.example")


@pytest.fixture
def reader(db) -> User:
    return UserFactory(display_name="Dana Whitby", email="dana@council.example")


@pytest.fixture
def as_editor(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def as_writer(writer: User) -> Client:
    return signed_in(writer)


@pytest.fixture
def as_reader(reader: User) -> Client:
    return signed_in(reader)
