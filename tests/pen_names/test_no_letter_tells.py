"""No letter to anybody else tells who is behind a pen name, and no log while all this happens."""

import pytest
from django.core import mail
from django.core.management import call_command

from blog.models import Letter
from tests.pen_names.allowed import may_be_in_a_letter
from tests.pen_names.crawl import letters_to_others, words_of
from tests.pen_names.life import Life
from tests.pen_names.listening import Listening
from tests.pen_names.needles import telling, telling_mail

pytestmark = pytest.mark.django_db


def test_no_letter_to_anybody_else_tells_it_once_a_pen_name_is_chosen(log: Listening):
    world = Life()
    later = list(
        letters_to_others(Letter.objects.exclude(pk__in=world.early).exclude(kind__startswith="to_editor/pitch"))
    )
    assert len(later) > 20
    later = [letter for letter in later if not may_be_in_a_letter(words_of(letter))]
    assert [letter.kind for letter in later if telling(words_of(letter))] == []
    call_command("worker", once=True)
    sent = {letter.message_id: letter for letter in later}
    mails = [one for one in mail.outbox if one.extra_headers["Message-ID"] in sent]
    assert len(mails) > 20
    assert [one.subject for one in mails if telling_mail(one.message().as_bytes())] == []
    assert log.told == []
