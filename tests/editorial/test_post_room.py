"""Sending letters: a mail server that fails delays the letter and nothing else."""

import datetime as dt
import smtplib

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from blog.editorial.letters import post_room
from blog.editorial.letters.writing import put_in_post
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import Letter
from tests.factories import NOW

pytestmark = pytest.mark.django_db


class RefusingBackend(BaseEmailBackend):
    """A mail server that refuses everything."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"


def letter(**fields) -> Letter:
    given = {"to_address": "priya@council.example", "subject": "Your proof", "text": "Dear Priya", "to_name": "Priya"}
    return put_in_post("test", at=NOW, **{**given, **fields})


def test_a_due_letter_goes_out_once(mailoutbox):
    letter()

    assert (post_room.send_due(at=NOW), post_room.send_due(at=NOW)) == (1, 0)

    assert [(m.to, m.subject) for m in mailoutbox] == [(["Priya <priya@council.example>"], "Your proof")]
    assert mailoutbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.usefixtures("refusing")
def test_a_refusing_server_delays_the_letter_and_keeps_it():
    row = letter()

    post_room.send_due(at=NOW)

    row.refresh_from_db()
    assert (row.status, row.attempts, row.due_at) == (Letter.Status.WAITING, 1, NOW + dt.timedelta(minutes=1))
    assert "Connection unexpectedly closed" in row.last_error


@pytest.mark.usefixtures("refusing")
def test_a_letter_that_never_goes_out_is_kept_as_failed():
    row = letter()

    for day in range(10):
        post_room.send_due(at=NOW + dt.timedelta(days=day))

    row.refresh_from_db()
    assert row.status == Letter.Status.FAILED
    assert row.text == "Dear Priya\n"


def test_a_failed_letter_can_be_tried_again(editor, mailoutbox):
    row = letter()
    Letter.objects.update(status=Letter.Status.FAILED)

    post_room.release(letter=row, by=editor, at=NOW)
    post_room.send_due(at=NOW)

    assert len(mailoutbox) == 1


def test_a_killed_workers_letter_is_taken_over_when_its_lease_runs_out():
    letter()
    claimed = post_room.claim_next(at=NOW)

    assert claimed
    assert post_room.claim_next(at=NOW + dt.timedelta(minutes=4)) is None
    assert post_room.claim_next(at=NOW + dt.timedelta(minutes=6)) == claimed


def test_a_held_letter_stays_until_it_is_released(editor, mailoutbox):
    row = letter()

    post_room.hold(letter=row, by=editor, at=NOW)

    assert post_room.send_due(at=NOW) == 0


def test_a_sent_letter_cannot_be_cancelled(editor):
    row = letter()
    post_room.send_due(at=NOW)

    with pytest.raises(MoveNotAllowedError):
        post_room.cancel(letter=row, by=editor, at=NOW)


def test_a_confidential_letter_is_emptied_once_sent(mailoutbox):
    row = letter(text="Your code is 123456", is_confidential=True)

    post_room.send_due(at=NOW)

    row.refresh_from_db()
    assert row.text == ""
    assert "123456" in mailoutbox[0].body


def test_line_breaks_in_names_and_subjects_never_reach_the_headers(mailoutbox):
    letter(to_name="Priya\r\nBcc: all@council.example", subject="Hello\nBcc: all@council.example")

    post_room.send_due(at=NOW)

    message = mailoutbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]


def test_a_letter_to_a_broken_address_does_not_stop_the_next(mailoutbox):
    letter(to_address="no body\n@")
    letter()

    post_room.send_due(at=NOW)

    assert len(mailoutbox) == 1
