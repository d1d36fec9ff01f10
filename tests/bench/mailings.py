"""A mailing to 10,000 subscribers: how long until all are queued, and how many a mail server gets in a second."""

import datetime as dt
import time

from tests.bench.inside import blog_in_this_process
from tests.bench.rows import Row, at_most, information

SUBSCRIBERS, SENT, LIMIT = 10_000, 1_000, 5


def measure() -> list[Row]:
    """Measure in this process, on SQLite, with a mail server of our own in a thread beside it."""
    from tests.smtp import mail_server

    with (
        mail_server() as server,
        blog_in_this_process(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(server.port),
        ),
    ):
        rows = measured()
        assert len(server.taken) == SENT
        return rows


def measured() -> list[Row]:
    from blog.editorial.mailings import sending, working
    from blog.models import Delivery
    from tests.editorial.mailing_people import many_follow
    from tests.factories import NOW, make_published

    many_follow(SUBSCRIBERS)
    make_published()
    at = NOW + dt.timedelta(minutes=11)
    working.look(at=NOW)
    began = time.monotonic()
    working.look(at=at)
    queued = time.monotonic() - began
    assert Delivery.objects.count() == SUBSCRIBERS
    sending.send_some(at=at, most=0)
    began = time.monotonic()
    sent = 0
    while sent < SENT:
        sent += sending.send_some(at=at, most=50)
    rate = sent / (time.monotonic() - began)
    return [
        at_most(f"{SUBSCRIBERS:,} subscribers are queued", queued, LIMIT, unit=" s"),
        information("letters handed to a mail server on this machine", f"{rate:.0f} a second"),
    ]
