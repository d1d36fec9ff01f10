"""`python -m tests.bench.generator --posts 100000`: fill an empty database with an invented blog of any size.

The database is the one of DATABASE_URL, or SQLite in VAR_DIR; its tables are made first. 100,000 pieces with ten
comments each take a few minutes. The texts are invented; `words.RARE` stands in one piece in a thousand and
`words.COMMON` in one in ten. `plan` says what the blog is like, and `making` makes it.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable

Say = Callable[[str], object]


def today() -> dt.datetime:
    """Return the beginning of this day: the moment before which everything came out."""
    return dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def fill(*, posts: int, comments: int = 10, until: dt.datetime, with_search: bool = True, say: Say = print) -> None:
    """Fill an empty database: people, topics, pieces, comments, letters, lists, and the index of search.

    Raises ValueError if there are pieces already.
    """
    # Imported here, for these need settings, which the command below chooses first
    from django.core.management import call_command

    from blog.editorial.upkeep import search_index
    from blog.models import Post
    from tests.bench import making
    from tests.bench.plan import Plan

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Post.objects.exists():
        raise ValueError("There are pieces in this database. Give an empty one.")
    began = time.monotonic()
    plan = Plan(posts, until)
    making.make(plan, comments=comments, say=say)
    say(f"{posts:,} pieces with their comments in {time.monotonic() - began:.0f} s")
    if with_search:
        search_index.rebuild(at=until)
        say(f"with the index of search in {time.monotonic() - began:.0f} s")
    making.analyse()


def main() -> None:
    parser = argparse.ArgumentParser(description="Fill an empty database with an invented blog.")
    parser.add_argument("--posts", type=int, default=100_000, help="published pieces (100,000)")
    parser.add_argument("--comments", type=int, default=10, help="comments under each (10)")
    parser.add_argument("--without-search", action="store_true", help="leave the index of search empty")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    fill(posts=asked.posts, comments=asked.comments, until=today(), with_search=not asked.without_search)


if __name__ == "__main__":
    main()
