"""An article that is not baked: how many queries and how much processor time its whole request takes."""

import gc
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

from tests.bench.inside import blog_in_this_process
from tests.bench.rows import Row, at_most, information

if TYPE_CHECKING:
    from django.test import Client

COMMENTS = (0, 30, 300)
WORDS = 1_000
QUERIES, MILLISECONDS = 8, 10
ROUNDS, CALLS = 20, 5
STEPS = 500_000


def measure() -> list[Row]:
    """Measure in this process, on SQLite, whose own work counts as ours. Nothing is kept between two requests."""
    with blog_in_this_process(BAKE="0"):
        paths = with_comments()
        gc.freeze()  # As the server does when it has started (wlg/wsgi.py)
        return measured(paths)


def with_comments() -> dict[int, str]:
    """Make an article for each number of comments, and return where they are."""
    from blog.models import Post
    from tests.factories import CategoryFactory, SeriesFactory, UserFactory, make_comment, make_published

    category, series = CategoryFactory(), SeriesFactory()
    paragraph = "<p>" + "A name against each row and a date by which something must happen. " * 5 + "</p>"
    body = paragraph * (WORDS // 65 + 1)
    paths = {}
    for part, number in enumerate(COMMENTS, 1):
        post = make_published(
            title=f"A piece with {number} comments", body=body, category=category, series=series, part_number=part
        )
        readers = [UserFactory() for _ in range(min(number, 10))]
        for index in range(number):
            make_comment(post, readers[index % 10], text="We had three of these, and closed two by asking. " * 3)
        Post.objects.filter(pk=post.pk).update(comment_count=number)
        paths[number] = post.get_absolute_url()
    return paths


def _kept(client: "Client", path: str) -> float:
    """Return how many milliseconds of processor time it takes to make the page and keep it, in an empty folder."""
    from django.test import override_settings

    with tempfile.TemporaryDirectory() as folder, override_settings(PAGES_DIR=folder):
        client.get("/archive/")  # The first page begins the folder
        began = time.process_time()
        client.get(path)
        return (time.process_time() - began) * 1000


def _loop() -> float:
    """Return how many milliseconds of processor time a fixed piece of work takes: how fast the machine is just now."""
    began = time.process_time()
    total = 0
    for number in range(STEPS):
        total += number * number
    return (time.process_time() - began) * 1000


def measured(paths: dict[int, str]) -> list[Row]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    queries: dict[int, int] = {}
    for number, path in paths.items():
        client.get(path)  # Templates are read once in the life of a process
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content.count(b'id="comment-') >= number, "The comments are not on the page"
        queries[number] = len(captured)
    times: dict[int, list[float]] = {number: [] for number in paths}
    speeds = []
    for _ in range(ROUNDS):
        speeds.append(_loop())
        for number, path in paths.items():
            began = time.process_time()
            for _ in range(CALLS):
                client.get(path)
            times[number].append((time.process_time() - began) * 1000 / CALLS)
    took = {number: statistics.median(measured) for number, measured in times.items()}
    kept = statistics.median(_kept(client, paths[30]) for _ in range(ROUNDS))
    speed = f"{statistics.median(speeds):.1f} ms (from {min(speeds):.1f} to {max(speeds):.1f} ms)"
    told = ", ".join(f"{queries[number]} with {number} comments" for number in COMMENTS)
    most = max(queries.values())
    return [
        Row("article, not baked: queries", told, f"at most {QUERIES}, however many comments", most <= QUERIES),
        at_most(
            "article, not baked: 1,000 words, 30 comments, processor time", took[30], MILLISECONDS, unit=" ms", digits=1
        ),
        information("the same, and kept as files for all who come after", f"{kept:.1f} ms"),
        information("the same with no comments", f"{took[0]:.1f} ms"),
        information("the same with 300 comments", f"{took[300]:.1f} ms"),
        information(f"how fast the machine was meanwhile: a bare loop of {STEPS:,} steps", speed),
    ]
