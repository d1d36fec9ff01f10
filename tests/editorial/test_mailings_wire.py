"""What a mail server or a provider answers, and what becomes of the letter."""

import base64
import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.mail.backends.base import BaseEmailBackend

from blog.editorial.mailings import controls, journal, sending, working
from blog.editorial.mailings.returned import note_returned
from blog.models import Delivery, Mailing, Subscription
from tests.editorial.mailing_people import announcement, follow, go_on, many_follow
from tests.factories import NOW, make_published
from tests.smtp import MailServer, mail_server
from wlg import mail_hooks

pytestmark = pytest.mark.django_db

SOON = NOW + dt.timedelta(minutes=11)
State = Delivery.State


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def states() -> dict[str, str]:
    return {row.address.partition("@")[0]: row.state for row in Delivery.objects.all()}


def test_one_connection_carries_a_batch(server):
    many_follow(5)
    make_published()

    go_on(SOON)

    assert (len(server.taken), server.connections) == (5, 1)
    assert {letter.sender for letter in server.taken} == {"editors@localhost"}
    assert "Content-Type: multipart/alternative" in server.taken[0].raw.decode()


def test_letters_come_back_to_an_address_of_their_own(server, settings):
    settings.BOUNCE_ADDRESS = "bounces@blog.example"
    follow("dana@council.example")
    make_published()

    go_on(SOON)

    letter = server.taken[0]
    assert letter.sender == "bounces@blog.example"
    assert letter.message["From"] == "Any Other Business <editors@localhost>"


def test_a_mailbox_that_does_not_exist_counts_and_stops_nobody_else(server):
    many_follow(3)
    server.answers["p1@council.example"] = b"550 5.1.1 No such user p1@council.example"
    make_published()

    go_on(SOON)

    assert states() == {"p0": State.SENT, "p1": State.FAILED, "p2": State.SENT}
    assert "p1@" not in Delivery.objects.get(state=State.FAILED).last_error
    assert Subscription.objects.get(address="p1@council.example").bounces == 2


def test_a_policy_about_us_is_not_counted_as_a_mailbox_that_is_gone(server):
    follow("dana@council.example")
    server.answers["dana@council.example"] = b"550 5.7.1 Listed"
    make_published()

    go_on(SOON)

    assert Subscription.objects.get().bounces == 1


def test_a_mailbox_that_is_busy_is_tried_again_later(server):
    follow("dana@council.example")
    server.answers["dana@council.example"] = b"450 4.2.0 Greylisted"
    make_published()
    go_on(SOON)
    assert (go_on(SOON + dt.timedelta(minutes=4)), server.taken) == (0, [])

    server.answers.clear()
    go_on(SOON + dt.timedelta(minutes=5))

    assert states() == {"dana": State.SENT}
    assert server.taken[0].message["Message-ID"]


def test_a_server_that_wants_no_letter_of_ours_makes_the_mailing_wait(server):
    many_follow(3)
    server.answers["MAIL"] = b"451 Try later"
    make_published()
    go_on(SOON)

    mailing = announcement()
    assert mailing.wait_until == SOON + sending.PAUSE
    assert "451" in mailing.last_error
    server.answers.clear()
    go_on(SOON + dt.timedelta(minutes=6))
    assert server.times().total() == 3


def test_a_server_that_is_away_is_nobodys_fault(server, settings):
    settings.EMAIL_PORT = 1
    follow("dana@council.example")
    make_published()
    go_on(SOON)

    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.claim) == (State.QUEUED, 0, "")
    settings.EMAIL_PORT = server.port
    go_on(SOON + sending.PAUSE)
    assert states() == {"dana": State.SENT}


def test_a_fault_of_our_own_stops_the_mailing_and_not_the_worker(server, monkeypatch, caplog):
    follow("dana@council.example")
    make_published()

    def fail(row, *_args):
        raise LookupError(row.address)

    monkeypatch.setattr(sending, "message_for", fail)
    go_on(SOON)

    assert announcement().wait_until == SOON + sending.PAUSE
    assert "LookupError" in caplog.text
    assert "dana@" not in caplog.text
    assert Delivery.objects.get().claim == ""


def test_a_server_that_vanishes_after_the_dot_leaves_it_open(server, editor):
    follow("dana@council.example")
    server.vanishes_after = "dana@council.example"
    make_published()
    go_on(SOON)
    assert states() == {"dana": State.UNSURE}
    assert go_on(SOON + dt.timedelta(days=1)) == 0
    server.vanishes_after = ""

    assert controls.send_again(mailing=announcement(), by=editor, at=SOON + dt.timedelta(days=1)) == 1
    go_on(SOON + dt.timedelta(days=1))

    assert states() == {"dana": State.SENT}


def test_a_hold_reaches_even_the_letter_whose_text_is_under_way(server, editor, monkeypatch):
    many_follow(3)
    make_published()
    looked = sending._Batch._last_look

    def held_meanwhile(*args):
        Mailing.objects.update(state=Mailing.State.HELD)
        return looked(*args)

    monkeypatch.setattr(sending._Batch, "_last_look", held_meanwhile)

    assert go_on(SOON) == 0
    assert server.taken == []
    assert set(states().values()) == {State.QUEUED}


def test_a_batch_whose_worker_has_died_is_taken_over_and_what_was_on_the_wire_is_unsure():
    many_follow(3)
    make_published()
    working.look(at=SOON)
    _mailing, rows = sending._claim(at=SOON, most=3)
    Delivery.objects.filter(pk=rows[0].pk).update(state=State.SENDING)

    assert go_on(SOON + dt.timedelta(minutes=4)) == 0
    assert go_on(SOON + dt.timedelta(minutes=5)) == 2

    assert sorted(states().values()) == [State.SENT, State.SENT, State.UNSURE]


def left_by_a_worker(*noted: str, boot: str | None = None, is_alive: bool = False) -> Delivery:
    """Leave a letter as being sent, with the journal that its worker kept."""
    follow("dana@council.example")
    make_published()
    working.look(at=SOON)
    _mailing, rows = sending._claim(at=SOON, most=1)
    row = rows[0]
    Delivery.objects.filter(pk=row.pk).update(state=State.SENDING)
    book = journal.Journal(row.claim).__enter__()
    for word in noted:
        getattr(book, word)(row.pk)
    if boot:
        journal._path_of(row.claim).write_text(f"{boot}\n")
    if not is_alive:
        os.close(book._file)
    return row


@pytest.mark.parametrize(
    ("noted", "boot", "state"),
    [
        ([], None, State.QUEUED),
        (["going"], None, State.UNSURE),
        (["going", "gone"], None, State.SENT),
        ([], "another boot of the machine", State.UNSURE),
    ],
)
def test_the_journal_of_a_dead_worker_says_whether_its_letter_left(noted, boot, state, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    row = left_by_a_worker(*noted, boot=boot)

    assert sending.settle_lost(at=SOON + dt.timedelta(minutes=6)) == 1

    assert states() == {"dana": state}
    assert not journal._path_of(row.claim).exists()


def test_journals_that_dead_workers_left_are_cleared(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    dead = left_by_a_worker()
    now = dt.datetime.now(dt.UTC)
    with journal.Journal("alive"):
        assert journal.clear(before=now - dt.timedelta(hours=1)) == 0
        assert journal.clear(before=now + dt.timedelta(hours=1)) == 1
        assert journal.fate_of("alive", 1) is journal.Fate.ALIVE
    assert not journal._path_of(dead.claim).exists()


def test_what_a_slow_worker_still_has_is_left_to_it(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    row = left_by_a_worker(is_alive=True)

    assert sending.settle_lost(at=SOON + dt.timedelta(hours=1)) == 0

    assert states() == {"dana": State.SENDING}
    assert journal.fate_of(row.claim, row.pk) is journal.Fate.ALIVE


class ProviderBackend(BaseEmailBackend):
    """A provider that answers with an error."""

    error: Exception

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "state"),
    [
        (TimeoutError("read timed out"), None, State.UNSURE),
        (ConnectionRefusedError("refused"), None, State.QUEUED),
        (RuntimeError("too many"), 429, State.QUEUED),
        (RuntimeError("bad"), 422, State.QUEUED),
        (ValueError("no address"), None, State.FAILED),
    ],
)
def test_a_provider_without_an_answer_is_not_asked_twice(error, status, state, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.ProviderBackend"
    error.status_code = status
    monkeypatch.setattr(ProviderBackend, "error", error, raising=False)
    follow("dana@council.example")
    make_published()

    go_on(SOON)

    assert states() == {"dana": state}


@pytest.mark.parametrize(
    ("kind", "reason", "bounces", "left"),
    [("bounced", "bounced", 2, 1), ("bounced", "other", 1, 1), ("complained", "spam", 0, 0), ("opened", None, 0, 1)],
)
def test_a_provider_tells_of_bounces_and_complaints(kind, reason, bounces, left):
    from anymail.signals import AnymailTrackingEvent

    follow("dana@council.example")

    mail_hooks.heard(
        None, AnymailTrackingEvent(event_type=kind, recipient="Dana@council.example", reject_reason=reason)
    )

    assert Subscription.objects.get().bounces == bounces
    assert Subscription.objects.active().count() == left


def test_only_the_configured_provider_is_listened_to_and_only_with_a_secret(settings):
    assert mail_hooks.addresses() == []
    settings.MAIL_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": "a:b"}

    assert [pattern.name for pattern in mail_hooks.addresses()] == ["postmark_tracking_webhook"]


@pytest.mark.parametrize(("secret", "bounces"), [(b"a:b", 2), (b"a:wrong", 0)])
def test_what_a_provider_posts_counts_with_the_secret_alone(secret, bounces, settings, rf):
    settings.MAIL_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": "a:b"}
    follow("dana@council.example")
    said = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "dana@council.example", "ID": 1, "MessageID": "x"}
    request = rf.post(
        "/hooks/mail/postmark/tracking/",
        json.dumps(said),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Basic {base64.b64encode(secret).decode()}",
    )

    with nullcontext() if bounces else pytest.raises(SuspiciousOperation):
        assert mail_hooks.addresses()[0].callback(request).status_code == 200

    assert Subscription.objects.get().bounces == bounces


REPORT = """\
From: MAILER-DAEMON@council.example
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It did not arrive.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.council.example

Final-Recipient: rfc822; Dana@council.example
Action: {action}
Status: 5.1.1
--x
Content-Type: text/rfc822-headers

Message-ID: {message_id}
--x--
"""


@pytest.mark.parametrize(
    ("action", "is_ours", "bounces"), [("failed", True, 2), ("delayed", True, 0), ("failed", False, 0)]
)
def test_a_letter_that_is_sent_back_counts_if_it_was_ours(action, is_ours, bounces, mailoutbox):
    follow("dana@council.example")
    make_published()
    go_on(SOON)
    message_id = mailoutbox[0].extra_headers["Message-ID"] if is_ours else "<made-up@council.example>"

    note_returned(report=REPORT.format(action=action, message_id=message_id).encode(), at=SOON)

    assert Subscription.objects.get().bounces == bounces


def test_a_message_id_is_the_same_at_every_try_and_says_nothing(server):
    follow("dana@council.example")
    server.answers["DATA dana@council.example"] = b"451 Later"
    make_published()
    go_on(SOON)
    first = Delivery.objects.get()

    server.answers.clear()
    go_on(SOON + dt.timedelta(minutes=5))

    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", server.taken[0].message["Message-ID"])
    assert first.attempts == 1


@pytest.mark.parametrize(
    "report",
    [
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3000,
        b"\xff\x00" * 1000,
        REPORT.format(action="failed", message_id="<x>").replace("Dana@", "d\x00\udcff@").encode(errors="replace"),
        b"x" * 5_000_001,
    ],
    ids=["nested", "bytes", "no-address", "large"],
)
def test_a_report_that_nobody_can_read_counts_nothing(report, db):
    assert note_returned(report=report, at=SOON) == 0


def test_a_report_that_names_hundreds_does_not_keep_the_database_busy(db, django_assert_max_num_queries):
    head, failed, tail = REPORT.partition("Final-Recipient")[0], "Final-Recipient: rfc822; {}@x.example", "--x--"
    fields = "\n\n".join(f"{failed.format(number)}\nAction: failed\nStatus: 5.1.1" for number in range(500))
    with django_assert_max_num_queries(60):
        assert note_returned(report=f"{head}{fields}\n{tail}".encode(), at=SOON) == 0
