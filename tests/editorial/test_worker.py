"""`manage.py worker`: sends what is due until it is told to stop, and waits for a database that is away."""

import io
import os
import signal
import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError

from blog.editorial.letters.writing import put_in_post
from blog.management.commands import worker
from blog.models import Letter
from tests.factories import NOW
from tests.pictures import make_picture

# The worker closes connections that are too old, which a transaction around the test would not survive
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signals_as_before():
    """Let no signal that comes too early or too late end the tests themselves."""
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def letter() -> Letter:
    return put_in_post("test", to_address="priya@council.example", at=NOW, subject="Your proof", text="Dear Priya")


def work(*, until: int) -> str:
    """Run the worker until it gets a signal, after a blink."""
    out, heard = io.StringIO(), io.StringIO()
    timer = threading.Timer(0.3, os.kill, [os.getpid(), until])
    timer.start()
    try:
        call_command("worker", pause=0.02, stdout=out, stderr=heard)
    finally:
        timer.join()
    return out.getvalue() + heard.getvalue()


def test_once_sends_what_is_due_and_stops(letter, mailoutbox):
    out = io.StringIO()

    call_command("worker", once=True, stdout=out)

    assert out.getvalue() == "1 letters sent.\n"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_sends_until_it_is_told_to_stop(number, letter, mailoutbox):
    assert "The worker is running." in work(until=number)

    assert len(mailoutbox) == 1
    letter.refresh_from_db()
    assert letter.status == Letter.Status.SENT


def test_a_database_that_is_away_is_waited_for(monkeypatch):
    tries = []

    def away(**_: object) -> int:
        tries.append(1)
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(worker, "send_due", away)
    monkeypatch.setattr(worker.connection, "close", lambda: None)

    said = work(until=signal.SIGTERM)

    assert "The database is away: the server closed the connection. Trying again in 5 seconds." in said
    assert len(tries) == 1


def test_once_prepares_new_pictures_as_well():
    picture, other = make_picture(), make_picture()
    other.file.storage.delete(other.file.name or "")
    out = io.StringIO()

    call_command("worker", once=True, stdout=out)

    picture.refresh_from_db()
    assert picture.renditions
    assert "1 pictures prepared.\n" in out.getvalue()
