"""Workers that are killed in the middle of a mailing: nobody is forgotten, nobody gets it twice.

The worker is a process of its own, killed (SIGKILL) or stopped (SIGTERM) at moments drawn by lot, and the mail server
says what arrived. A letter of which even the journal can't say whether it left is unsure: it is shown, and not sent
again by itself. With MAILING_KILLS=40 in the environment there are more of them, for a number to write down.
"""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from blog.editorial.mailings import working
from blog.models import Delivery, Mailing
from tests.editorial.mailing_people import announcement, many_follow
from tests.factories import NOW, make_published
from tests.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = int(os.environ.get("MAILING_KILLS", "5"))
FOLLOWERS = KILLS * 40
START, LEASE = NOW + dt.timedelta(minutes=11), dt.timedelta(minutes=6)
PATIENCE = 30.0  # Seconds for three letters
Run = Callable[[dt.datetime, int | None], int]


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def worker(server: MailServer) -> Iterator[Run]:
    """Run a worker at a moment, and send it a signal after a while; gives its exit code."""
    kept = {
        **os.environ,
        "DATABASE_URL": _database(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
    }
    kept.pop("PYTEST_XDIST_WORKER", None)
    command = [sys.executable, "-m", "tests.editorial.mailing_nursery"]
    nursery = subprocess.Popen(command, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert nursery.stdin
    assert nursery.stdout
    stdin, stdout = nursery.stdin, nursery.stdout

    def run(at: dt.datetime, number: int | None = None) -> int:
        stdin.write(f"{at.isoformat()}\n")
        stdin.flush()
        child = int(stdout.readline())
        if number is not None:
            seen, until = len(server.taken), time.monotonic() + PATIENCE
            while len(server.taken) < seen + 3:
                assert time.monotonic() < until, "The worker sends nothing"
                time.sleep(0.001)
            time.sleep(random.random() * 0.03)
            os.kill(child, number)
        return int(stdout.readline())

    yield run
    stdin.close()
    nursery.wait(timeout=30)
    stdout.close()


def _database() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def test_killed_at_any_moment_nobody_is_forgotten_and_nobody_gets_it_twice(worker, server):
    many_follow(FOLLOWERS)
    make_published()
    working.look(at=START)

    for turn in range(KILLS):
        assert worker(START + turn * LEASE, signal.SIGKILL) == -signal.SIGKILL
    for turn in range(2):
        assert worker(START + (KILLS + turn) * LEASE, None) == 0

    times = server.times()
    rows = dict(Delivery.objects.values_list("address", "state"))
    unsure = {address for address, state in rows.items() if state == Delivery.State.UNSURE}
    arrived = sum(1 for address in unsure if times[address])
    print(f"{KILLS} kills, {len(rows)} letters: {len(unsure)} unsure, of which {arrived} arrived")
    assert announcement().state == Mailing.State.DONE
    assert [address for address, count in times.items() if count > 1] == []
    assert {address for address in rows if not times[address]} <= unsure
    assert len(unsure) <= KILLS
    assert set(rows.values()) <= {Delivery.State.SENT, Delivery.State.UNSURE}


def test_a_worker_that_is_told_to_stop_finishes_the_letter_at_hand(worker, server):
    many_follow(120)
    make_published()
    working.look(at=START)

    assert worker(START, signal.SIGTERM) == 0
    assert 0 < len(server.taken) < 120
    assert not Delivery.objects.exclude(state__in=["sent", "queued"]).exists()
    assert not Delivery.objects.filter(state="queued", claimed_until__isnull=False).exists()
    assert worker(START, None) == 0

    assert set(server.times().values()) == {1}
    assert len(server.taken) == 120
