"""Following by mail from end to end: asked, confirmed, a piece comes out, one letter, and one click that ends it."""

import datetime as dt
import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from blog.editorial.letters import post_room
from blog.editorial.mailings import working
from blog.editorial.mailings.sending import send_some
from blog.models import Subscription
from tests.factories import SeriesFactory, make_published

pytestmark = pytest.mark.django_db
RITA = "rita@council.example"


def path_in(text: str, end: str) -> str:
    return re.search(rf"http://blog\.example(/following/[^/\s]+/{end})\s", text)[1]


def sent_to_rita(mailoutbox: list[EmailMessage], at: dt.datetime) -> list[EmailMessage]:
    """Send what is due, and return what she got of it."""
    mailoutbox.clear()
    post_room.send_due(at=at)
    working.look(at=at)
    while send_some(at=at):
        pass
    return [message for message in mailoutbox if message.to == [RITA]]


def test_from_the_form_to_the_letter_to_the_end(mailoutbox):
    reader, now = Client(enforce_csrf_checks=True), timezone.now()
    series = SeriesFactory(title="Small lists")
    make_published(series=series, part_number=1, at=now - dt.timedelta(days=30))
    page = reader.get(f"/subscribe/series/{series.slug}/").text
    given = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    reader.post("/subscribe/ask/", {**given, "address": RITA, "how_often": "at_once"})
    (asked,) = sent_to_rita(mailoutbox, timezone.now())
    reader.post(path_in(asked.body, "confirm/"))
    assert Subscription.objects.get().state == "active"

    post = make_published(series=series, part_number=2, at=timezone.now())
    make_published(at=timezone.now())  # Of no series
    later = timezone.now() + dt.timedelta(hours=1)
    (message,) = sent_to_rita(mailoutbox, later)
    assert post.get_absolute_url() in message.body
    assert path_in(message.body, "") in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    link = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://blog.example")
    assert reader.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    make_published(series=series, part_number=3, at=later)
    assert not sent_to_rita(mailoutbox, later + dt.timedelta(hours=1))
    assert not reader.cookies
