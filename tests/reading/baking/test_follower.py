"""Whoever follows the purges: several at once, after a rest, after a new version, without the database."""

import datetime as dt
import os
import time

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from blog import keys
from blog.editorial.upkeep.purges import KEPT, forget_old, mark
from blog.models import Purge
from blog.reading.baking.follower import Follower
from blog.reading.baking.generations import Bakery
from tests.factories import NOW
from tests.reading.baking.house import House

pytestmark = pytest.mark.django_db


def rest(house: House, *, since: dt.timedelta) -> Follower:
    """Let nobody have looked for so long, then return somebody who has just started."""
    generation = house.at.generation()
    assert generation
    then = (timezone.now() - since).timestamp()
    os.utime(generation.looked, (then, then))
    return Follower(house.at, claims=True)


def test_a_look_at_nothing_new_costs_one_query(house: House, django_assert_num_queries):
    mark("piece:1", "piece:2", at=timezone.now())
    house.look()
    with django_assert_num_queries(1):
        house.look()


def test_what_changed_during_a_rest_is_carried_out(house: House, client: Client):
    client.get("/archive/")
    started = rest(house, since=dt.timedelta(days=2))
    mark(keys.ALL, at=timezone.now() - dt.timedelta(days=1))

    started.look(at=timezone.now())

    assert house.kept() == {}


def test_after_a_rest_longer_than_purges_are_kept_everything_is_made_anew(house: House, client: Client):
    client.get("/contribute/")
    started = rest(house, since=KEPT)

    started.look(at=timezone.now())

    assert house.kept() == {}
    client.get("/contribute/")
    assert list(house.kept()) == ["/contribute/"]


def test_without_a_rest_everything_stays(house: House, client: Client):
    client.get("/contribute/")
    Follower(house.at, claims=True).look(at=timezone.now())
    assert list(house.kept()) == ["/contribute/"]


def test_two_followers_agree_on_a_new_generation(house: House, client: Client):
    other = Follower(Bakery(house.at.folder, house.at.version), claims=True)
    other.look(at=timezone.now())
    mark(keys.EVERYTHING, at=timezone.now())

    house.look()
    client.get("/contribute/")
    other.look(at=timezone.now())

    assert list(house.kept()) == ["/contribute/"]
    assert other.at.generation() == house.at.generation()


def test_a_new_version_begins_anew_and_the_old_one_keeps_nothing_more(house: House, client: Client):
    client.get("/contribute/")
    new = Bakery(house.at.folder, "another")
    Follower(new, claims=True).look(at=timezone.now())

    assert client.get("/archive/").status_code == 200
    house.look()

    assert house.at.generation() is None
    assert not list(house.at.current.iterdir())
    assert new.target().startswith("another-")


def test_who_only_helps_takes_nothing_over(house: House, client: Client):
    client.get("/contribute/")
    Follower(Bakery(house.at.folder, "another"), claims=False).look(at=timezone.now())
    assert list(house.kept()) == ["/contribute/"]


def test_a_folder_that_was_removed_is_begun_anew(house: House, client: Client):
    client.get("/contribute/")
    house.at.current.unlink()
    assert client.get("/contribute/").status_code == 200
    house.look()
    client.get("/archive/")
    assert list(house.kept()) == ["/archive/"]


def test_what_former_generations_left_is_removed(house: House, client: Client):
    for _ in range(3):
        client.get("/contribute/")
        mark(keys.EVERYTHING, at=timezone.now())
        house.look()
    (house.at.folder / f"{house.at.version}-1" / "pages").mkdir(parents=True)

    house.at.sweep()

    assert {file.name for file in house.at.folder.iterdir()} == {"current", "locks", house.at.target()}


def test_without_the_database_readers_still_read(house: House, client: Client, monkeypatch):
    first = client.get("/contribute/").content

    def away(*_: object, **__: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    house.follower.catch_up()

    assert client.get("/contribute/").content == first


def test_where_nothing_can_be_taken_away_nothing_kept_is_served(house: House, client: Client, monkeypatch):
    client.get("/archive/")
    (house.at.current / "archive/index.html").write_text("stale")
    mark(keys.ALL, at=timezone.now())
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError("read-only")))
        house.follower.catch_up()
        assert b"stale" not in client.get("/archive/").content
    house.look()
    assert house.kept() == {}


@pytest.mark.django_db(transaction=True)
def test_a_follower_in_a_thread_of_its_own_looks_by_itself(house: House, client: Client):
    house.follower.start()
    client.get("/archive/")
    mark(keys.ALL, at=timezone.now())
    patience = time.monotonic() + 10
    while house.kept() and time.monotonic() < patience:
        time.sleep(0.01)
    house.follower.stop()
    assert house.kept() == {}


def test_old_purges_are_removed():
    for age in (KEPT - dt.timedelta(hours=1), KEPT + dt.timedelta(hours=1)):
        mark("piece:1", at=NOW - age)
    assert forget_old(at=NOW) == 1
    assert Purge.objects.count() == 1
