"""Rows → records: what the blog holds, as readers see it, for everything that goes out.

here (addresses of the site, old ones among them) → subjects (names, topics) · files · pieces · pages → moved
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings

from blog.archive.records import Loss, Record, Site, Weight
from blog.archive.taking_out import files, moved, pages, pieces, subjects
from blog.archive.taking_out.files import open_file
from blog.models import Masthead

__all__ = ["how_many", "open_file", "records"]


def records(*, at: dt.datetime, with_unpublished: bool = False) -> Iterator[Record]:
    """Give what the blog holds at a moment, in the order that `blog.archive.records` says; the same rows, the same.

    What readers can't see is left out: texts and names of the future, drafts, addresses of anybody. A pen name is a
    name like any other. `with_unpublished` adds pieces on their way and those that are scheduled, with their working
    text, under the names that their writers chose; never what was declined or withdrawn, for that is its writers'.
    Losses say what readers see and no record has room for. Memory stays flat in the number of pieces.
    """
    masthead = Masthead.objects.filter(pk=1).first() or Masthead()
    yield Site(title=masthead.name, strapline=masthead.strapline, address=settings.SITE_URL)
    yield from _of_the_masthead(masthead)
    yield from subjects.people(at=at, with_unpublished=with_unpublished)
    yield from subjects.topics(at=at, with_unpublished=with_unpublished)
    yield from files.files(at=at, with_unpublished=with_unpublished)
    yield from pieces.pieces(at=at, with_unpublished=with_unpublished)
    yield from pages.pages()
    yield from moved.moved()


def _of_the_masthead(masthead: Masthead) -> Iterator[Loss]:
    as_made = Masthead()
    staying = ("colophon", "invitation", "addresses", "accent", "comments_close_after")
    if any(getattr(masthead, name) != getattr(as_made, name) for name in staying):
        why = "The words in the footer, the addresses, the colour and when comments close go out with backups alone."
        yield Loss("masthead", masthead.name, why, Weight.CHANGED)


def how_many(*, at: dt.datetime, with_unpublished: bool = False) -> int:
    """Return how many pieces `records` gives, for whoever waits."""
    return pieces.which(at=at, with_unpublished=with_unpublished).count()
