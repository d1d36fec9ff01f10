"""The letters of a journey: what the worker sends after each step, exactly, once, and never to whoever acted."""

import datetime as dt
import re
from collections import Counter

from django.conf import settings
from django.core import mail
from django.utils import timezone

from blog.editorial.letters import post_room
from blog.editorial.pitching import replies
from blog.models import Letter


class LetterBox:
    """Everybody's letters. Each step says which it brings, and any other one fails the journey."""

    def __init__(self) -> None:
        _work()
        self.old = set(Letter.objects.values_list("pk", flat=True))
        self.known = set(self.old)
        self.sent: list[mail.EmailMessage] = []

    def brings(self, *expected: tuple[str, str]) -> list[mail.EmailMessage]:
        """Let the worker make its round, and return the letters: exactly the expected, as (kind, address)."""
        went_out = _work()
        written = list(Letter.objects.exclude(pk__in=self.known).order_by("pk"))
        found = [(letter.kind, letter.to_address) for letter in written]
        assert Counter(found) == Counter(expected), found
        assert all(letter.status == Letter.Status.SENT for letter in written), [letter.status for letter in written]
        assert Counter(_address(message) for message in went_out) == Counter(address for _kind, address in expected)
        self.known |= {letter.pk for letter in written}
        self.sent += went_out
        by_address = {_address(message): message for message in went_out}
        return [by_address[address] for _kind, address in expected]

    def to_others_than(self, address: str) -> list[str]:
        """Return each letter that went to somebody else, with its headers and in both its forms."""
        others = [message for message in self.sent if _address(message) != address]
        return ["\n".join(_words(message)) for message in others]


def _work() -> list[mail.EmailMessage]:
    """Send what is due once the letters of decisions have waited their minutes, and return what went out."""
    before = len(mail.outbox)
    replies.tell_due(at=timezone.now())
    post_room.send_due(at=timezone.now() + dt.timedelta(minutes=settings.LETTER_MINUTES))
    return mail.outbox[before:]


def link_in(message: mail.EmailMessage, part: str) -> str:
    """Return the address in a letter that has this in it."""
    found = re.search(rf"https?://\S*{part}\S*", str(message.body))
    assert found, message.body
    return found.group()


def _address(message: mail.EmailMessage) -> str:
    (to,) = message.to
    return to.rpartition("<")[2].rstrip(">")


def _words(message: mail.EmailMessage) -> list[str]:
    forms = [str(form.content) for form in getattr(message, "alternatives", [])]
    headers = [f"{name}: {value}" for name, value in message.message().items()]
    return [message.subject, *message.to, str(message.body), *forms, *headers]
