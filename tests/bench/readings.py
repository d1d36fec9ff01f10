"""The pages that are measured in one blog, and how long one takes: a process of its own, asked line by line.

`python -m tests.bench.readings POSTS` reads lines like `home 5` and answers each with the mean of so many calls, in
milliseconds of processor time: its own, and on PostgreSQL that of the database's process as well. Other work on the
machine hardly changes it.
"""

import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ARTICLES = (11, 18, 33, 42, 57, 86)  # The same texts in every size
MOMENT_AFTER = dt.timedelta(hours=1)


def pages(posts: int, until: dt.datetime) -> dict[str, Callable[[], object]]:
    """Return what builds each page, by its name."""
    from allauth.mfa.models import Authenticator
    from django.test import Client
    from django.utils import timezone

    from accounts.models import User
    from blog.models import Author, Post, Series
    from blog.reading import articles, counts, indexes, search, sitemap
    from blog.reading import series as runs
    from blog.reading.counts import WRITERS_A_PAGE
    from blog.reading.feeds import pieces, rss
    from blog.reading.lists import A_PAGE, last_page
    from tests.bench import words
    from tests.bench.plan import Plan

    plan = Plan(posts, until)
    moment = until + MOMENT_AFTER
    first = plan.months[0]
    writing = counts.writers(moment=moment).count
    standing = Series.objects.filter(posts__in=Post.objects.visible_at(moment)).distinct().count()
    writer = Author.objects.get(pk=1)
    read = [Post.objects.get(pk=number + 1) for number in ARTICLES]
    addresses = [
        {"year": day.year, "month": day.month, "day": day.day, "slug": post.slug}
        for post in read
        for day in [timezone.localdate(post.published_at)]
    ]

    def all_articles() -> None:
        for address in addresses:
            articles.post(**address, moment=moment)

    def feed() -> object:
        made = pieces.everything(moment=moment)
        return rss.write(made, address=made.address)

    def find(word: str) -> None:
        text, status = search.page(question=search.Question(q=word), moment=moment)
        assert status == 200
        assert f"with ‘{word}’" in text

    def find_and_count() -> None:
        found = search.matching([words.COMMON], Post.objects.visible_at(moment))
        assert found.count()
        assert list(found.values_list("pk")[:A_PAGE])

    client = Client(headers={"host": "127.0.0.1"})
    editor = User.objects.get(email="editor0@blog.example")
    # Or the desk would not open; its other rows are written without the models
    Authenticator.objects.get_or_create(user=editor, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    sizes = {place.key: size for place, size in plan.sizes(range(posts)).items()}
    category, tag, author = (_behind(sizes[f"list:{kind}:1"], A_PAGE) for kind in ("category", "tag", "author"))
    year, month = (_behind(sizes[f"list:{key}"], A_PAGE) for key in (first.year, f"{first:%Y-%m}"))
    in_month: dict[str, Any] = {"year": first.year, "month": first.month, "moment": moment}
    return {
        "home": lambda: indexes.home(moment=moment),
        "article": all_articles,
        "archive": lambda: indexes.archive(moment=moment),
        "year": lambda: indexes.year(year=first.year, moment=moment),
        "month": lambda: indexes.month(**in_month),
        "category": lambda: indexes.category(slug="category-1", moment=moment),
        "tag": lambda: indexes.tag(slug="subject-1", moment=moment),
        "author": lambda: indexes.author(slug=writer.slug, moment=moment),
        "series": lambda: indexes.series(slug="series-2", moment=moment),
        "list of series": lambda: indexes.series_list(moment=moment),
        "list of writers": lambda: indexes.authors(moment=moment),
        "feed": feed,
        "sitemap": lambda: sitemap.index(moment=moment),
        "last page of all pieces": lambda: indexes.home(moment=moment, number=last_page(posts, size=A_PAGE)),
        "last page of a year": lambda: indexes.year(year=first.year, moment=moment, number=year),
        "last page of a month": lambda: indexes.month(**in_month, number=month),
        "last page of a category": lambda: indexes.category(slug="category-1", moment=moment, number=category),
        "last page of a tag": lambda: indexes.tag(slug="subject-1", moment=moment, number=tag),
        "last page of an author": lambda: indexes.author(slug=writer.slug, moment=moment, number=author),
        "last page of series": lambda: indexes.series_list(moment=moment, number=_behind(standing, runs.A_PAGE)),
        "last page of writers": lambda: indexes.authors(moment=moment, number=_behind(writing, WRITERS_A_PAGE)),
        "search for a rare word": lambda: find(words.RARE),
        "search for a common word": lambda: find(words.COMMON),
        "the bare query for it": find_and_count,
        "the desk’s first page": lambda: _opened(client, "/admin/"),
        "the desk’s list of pieces": lambda: _opened(client, "/admin/blog/post/"),
    }


def _behind(count: int, size: int) -> int | None:
    """Return the number of the last page, or None where the list has only its own."""
    last = -(-count // size)
    return last if last > 1 else None


def _opened(client: Any, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)


def spent() -> int:
    """Return the processor time so far, in nanoseconds: this process and the database's."""
    from django.db import connection

    own = time.process_time_ns()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return own + int(schedule.read_text().split()[0])


def mean(call: Callable[[], object], times: int) -> float:
    """Return the mean of so many calls, in milliseconds."""
    before = spent()
    for _ in range(times):
        call()
    return (spent() - before) / times / 1e6


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from blog.models import Listing, Move
    from blog.states import MoveKind

    posts = int(sys.argv[1])
    newest = Move.objects.filter(kind=MoveKind.PUBLISH).latest("at").at
    assert Listing.objects.get(key="list:all").pieces >= posts
    known = pages(posts, newest.replace(hour=0, minute=0, second=0, microsecond=0))
    print(" ".join(name.replace(" ", "_") for name in known), flush=True)
    for line in sys.stdin:
        name, times = line.split()
        print(mean(known[name.replace("_", " ")], int(times)), flush=True)


if __name__ == "__main__":
    main()
