"""A small site with something of everything, and a backup of it; made once for all tests of a module."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings

from accounts.models import User
from blog.models import Letter, Masthead, Picture, Post, Tag
from blog.states import State
from tests.factories import NOW, TagFactory, UserFactory, make_comment, make_piece
from tests.pictures import picture_file
from tests.wlg.backups.databases import Databases, migrated
from wlg.backups.making import Made, back_up
from wlg.backups.rows import encode
from wlg.backups.schema import present

Lines = dict[str, list[bytes]]


@dataclass(frozen=True)
class Site:
    """A site that is backed up: its database, its folder of files, every row of it, and the backup."""

    database: str
    media: Path
    lines: Lines
    made: Made
    last_tag: int


@pytest.fixture(scope="session")
def _migrated(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), migrated():
        yield


@pytest.fixture(scope="module")
def databases(_migrated, django_db_blocker) -> Iterator[Databases]:
    with django_db_blocker.unblock():
        kept = Databases()
        try:
            yield kept
        finally:
            kept.close()


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    databases.fresh()
    with override_settings(MEDIA_ROOT=folder / "media"):
        last_tag = fill()
        made = back_up(folder / "backups", at=NOW, say=lambda line: None)
    return Site(databases.now(), folder / "media", all_lines(), made, last_tag)


@pytest.fixture(autouse=True)
def _no_waiting_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Don't wait until the disk has what everybody else on this machine writes."""
    monkeypatch.setattr("os.sync", lambda: None)


@pytest.fixture
def empty(databases: Databases) -> Databases:
    """A new machine: the tables are there, and nothing in them but what migrations put there."""
    databases.fresh()
    return databases


def fill() -> int:
    """Make a row of many kinds, and return the key of one that is gone again."""
    post = make_piece(State.PUBLISHED, title="Who closes a row? 😀 “ﬁ”")
    post.tags.add(TagFactory(), TagFactory())
    make_comment(post, UserFactory(display_name="Zoë Ångström"), text="Line one\nline two\t– and \\ “more”")
    Picture.objects.create(
        file=picture_file(), alt="", uploaded_at=NOW, width=40, height=30, renditions={"jpg": [2, 1], "avif": []}
    )
    Masthead.objects.update_or_create(pk=1, defaults={})
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=NOW + dt.timedelta(days=9))
    gone = TagFactory()
    key = gone.pk
    gone.delete()
    assert Letter.objects.exists()
    return key


def all_lines() -> Lines:
    """Return every row that a backup of the database in use would hold."""
    return {table.label: [encode(row) for row in table.rows()] for table in present().tables()}


def counts() -> tuple[int, int, int]:
    """Return how many accounts, pieces and tags there are."""
    return User.objects.count(), Post.objects.count(), Tag.objects.count()
