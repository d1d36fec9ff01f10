"""Many readers at once at a page that has just been taken away, and makers that are killed over it."""

import contextlib
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from accounts.commenting import posting
from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.reading import articles
from tests.factories import make_published
from tests.people import confirm
from tests.reading.baking.house import House

pytestmark = [pytest.mark.two_at_once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def renderings(monkeypatch, tmp_path: Path) -> Path:
    """Count how often an article is made, in whichever process: a byte in a file for each."""
    counted, made = tmp_path / "renderings", articles.render
    counted.touch()

    def render(*args, **kwargs) -> str:
        with counted.open("a") as file:
            file.write(".")
        time.sleep(0.05)
        return made(*args, **kwargs)

    monkeypatch.setattr(articles, "render", render)
    return counted


def read_at_once(address: str, readers: int) -> list[bytes]:
    """Let so many readers ask in threads that start together."""
    start, answers = threading.Barrier(readers), []

    def read() -> None:
        start.wait()
        answers.append(Client().get(address).content)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def in_a_process(act) -> int:
    """Do something in a process of its own, and return its id."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    with contextlib.suppress(BaseException):
        act()
        os._exit(0)
    os._exit(1)


def test_two_hundred_readers_cause_one_rendering(house: House, renderings: Path, yesterday):
    post = make_published(at=yesterday)
    Client().get(post.get_absolute_url())
    posting.post_comment(post=post, text="So did we.", by=confirm(post.editor), at=timezone.now())
    house.look()
    assert house.kept() == {}
    renderings.write_text("")

    answers = read_at_once(post.get_absolute_url(), 200)

    assert renderings.read_text() == "."
    assert len(answers) == 200
    assert len(set(answers)) == 1
    assert b"So did we." in answers[0]


def test_two_processes_cause_one_rendering(house: House, renderings: Path, yesterday):
    address = make_published(at=yesterday).get_absolute_url()

    children = [in_a_process(lambda: read_at_once(address, 20)) for _ in range(2)]

    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert renderings.read_text() == "."


def test_who_has_waited_long_enough_makes_the_page_alone(house: House, renderings: Path, yesterday, monkeypatch):
    monkeypatch.setattr("blog.reading.baking.oven.PATIENCE", 0.0)
    address = make_published(at=yesterday).get_absolute_url()
    answers = read_at_once(address, 4)
    assert len(set(answers)) == 1
    assert address in house.kept()


def test_a_change_that_comes_while_the_files_are_moved_takes_them_away(house: House, yesterday, monkeypatch):
    """The follower must wait for the maker, or it would look for files that are not there yet."""
    post = make_published(at=yesterday)
    move, followers = os.replace, []

    def change() -> None:
        mark(keys.piece(post.pk), at=timezone.now())
        house.look()
        connection.close()

    def replace(*args) -> None:
        if not followers:
            followers.append(threading.Thread(target=change))
            followers[0].start()
            followers[0].join(0.3)
        move(*args)

    monkeypatch.setattr(os, "replace", replace)
    Client().get(post.get_absolute_url())
    followers[0].join()

    assert house.kept() == {}


def test_makers_and_followers_that_are_killed_leave_nothing_stale(house: House, yesterday):
    """Kill whoever makes pages and follows purges, at any moment, while comments come in; then look at what is kept."""
    post = make_published(at=yesterday)
    writer = confirm(post.editor)
    addresses = [post.get_absolute_url(), "/", "/archive/", "/comments/feed/", "/feed/"]
    chance = random.Random(5)

    def work() -> None:
        client = Client()
        while True:
            for address in addresses:
                client.get(address)
            house.look()

    for number in range(25):
        child = in_a_process(work)
        time.sleep(chance.uniform(0.02, 0.12))
        posting.post_comment(post=post, text=f"Comment {number}.", by=writer, at=timezone.now())
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        house.look()
        assert house.stale() == []
    for address in addresses:
        Client().get(address)
    assert set(addresses) <= set(house.kept())
    assert house.stale() == []
