"""A flood: 1,000 comments by 200 new accounts in twenty seconds, while somebody reads and somebody else comments."""

import datetime as dt
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.bench.inside import blog_in_this_process
from tests.bench.rows import Row, at_most, information

COMMENTS, ACCOUNTS, SECONDS, AT_ONCE = 1_000, 200, 20, 8
HOST = "127.0.0.1"


def measure() -> list[Row]:
    """Measure in this process, on SQLite: whole requests, from several threads, without a server between them."""
    with blog_in_this_process(
        SITE_URL=f"http://{HOST}",
        LOG_LEVEL="CRITICAL",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    ):
        return measured()


def measured() -> list[Row]:
    from django.db import connections
    from django.test import Client
    from django.utils import timezone

    from accounts.models import Comment
    from blog.editorial.letters import news
    from blog.models import Letter
    from tests.factories import UserFactory, make_comment, make_editor, make_published
    from tests.people import confirm, signed_in

    post = make_published(at=timezone.now() - dt.timedelta(days=1))
    make_editor()
    regular = confirm(UserFactory(display_name="A regular"))
    make_comment(post, regular, written_at=timezone.now() - dt.timedelta(days=1))
    clients = [signed_in(confirm(UserFactory()), SERVER_NAME=HOST) for _ in range(ACCOUNTS)]
    known, reader, path = (
        signed_in(regular, SERVER_NAME=HOST),
        Client(SERVER_NAME=HOST),
        f"/accounts/comment/{post.pk}/",
    )
    Letter.objects.filter(kind="to_editor/comments_waiting").delete()
    began, is_over = time.monotonic(), threading.Event()

    def leave(number: int) -> tuple[int, float]:
        time.sleep(max(0, began + number * SECONDS / COMMENTS - time.monotonic()))
        sent = time.monotonic()
        answer = clients[number % ACCOUNTS].post(path, {"text": f"Buy this, number {number}."})
        connections.close_all()
        return answer.status_code, time.monotonic() - sent

    def read() -> list[float]:
        took = []
        while not is_over.is_set():
            asked = time.monotonic()
            assert reader.get(post.get_absolute_url()).status_code == 200
            took.append(time.monotonic() - asked)
            time.sleep(0.2)
        connections.close_all()
        return took

    def comment_in_the_middle() -> tuple[int, float]:
        time.sleep(SECONDS / 2)
        sent = time.monotonic()
        answer = known.post(path, {"text": "In the middle of it."})
        connections.close_all()
        return answer.status_code, time.monotonic() - sent

    with ThreadPoolExecutor(AT_ONCE) as flooding, ThreadPoolExecutor(2) as beside:
        reading, commenting = beside.submit(read), beside.submit(comment_in_the_middle)
        answers = list(flooding.map(leave, range(COMMENTS)))
        took = time.monotonic() - began
        is_over.set()
        read_in, (of_regular, of_regular_took) = reading.result(), commenting.result()
    statuses = Counter(status for status, _took in answers)
    times = sorted(took for _status, took in answers)
    kept = Comment.objects.filter(text__startswith="Buy this")
    news.write_digests(at=timezone.now() + dt.timedelta(days=1))
    letters = Letter.objects.filter(kind__in=["to_editor/comments_waiting", "to_reader/digest"])
    most = max(Counter(letters.values_list("to_user", flat=True)).values(), default=0)
    assert statuses[302] == kept.count()
    assert not kept.exclude(state="held").exists()
    assert of_regular == 302
    return [
        at_most("comments kept of 1,000 in twenty seconds, each with the editors", statuses[302], 240, digits=0),
        information(
            "refused for a minute (429)", f"{statuses[429]}; anything else {COMMENTS - statuses[302] - statuses[429]}"
        ),
        information("the flood took", f"{took:.1f} s"),
        at_most("a comment is answered (95th of 100)", times[int(len(times) * 0.95)], 1, unit=" s"),
        at_most("somebody known comments in the middle of it", of_regular_took, 1, unit=" s"),
        at_most("the piece’s page, made anew (slowest)", max(read_in), 1, unit=" s"),
        information("the piece’s page, made anew (median)", f"{statistics.median(read_in) * 1000:.0f} ms"),
        at_most("letters to each editor, the letter of the day included", most, 1, digits=0),
    ]
