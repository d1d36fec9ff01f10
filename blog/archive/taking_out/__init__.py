"""Rows → records: what the blog holds, as readers see it, for everything that goes out.

here (addresses of the site, old ones among them) → subjects (names, topics) · files · pieces · pages → moved
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings

from blog.archive.records import Record, Site
from blog.archive.taking_out import files, moved, pages, pieces, subjects
from blog.archive.taking_out.files import open_file
from blog.models import Masthead

__all__ = ["Progress", "how_many", "open_file", "records"]


class Progress(NamedTuple):
    """How much there is to take out."""

    pieces: int
    pages: int


def records(*, at: dt.datetime, with_unpublished: bool = False) -> Iterator[Record]:
    """Give what the blog holds at a moment, in the order that `blog.archive.records` says; the same rows, the same.

    What readers can't see is left out: texts and names of the future, drafts, addresses of anybody. A pen name is a
    name like any other. `with_unpublished` adds pieces on their way and those that are scheduled, with their working
    text, under the names that their writers chose; never what was declined or withdrawn, for that is its writers'.
    Losses say what readers see and no record has room for. Memory stays flat in the number of pieces.
    """
    masthead = Masthead.objects.filter(pk=1).first() or Masthead()
    yield Site(title=masthead.name, strapline=masthead.strapline, address=settings.SITE_URL)
    yield from subjects.people(at=at, with_unpublished=with_unpublished)
    yield from subjects.topics(at=at, with_unpublished=with_unpublished)
    yield from files.files(at=at, with_unpublished=with_unpublished)
    yield from pieces.pieces(at=at, with_unpublished=with_unpublished)
    yield from pages.pages()
    yield from moved.moved()


def how_many(*, at: dt.datetime, with_unpublished: bool = False) -> Progress:
    """Return how many pieces and pages `records` gives, for whoever waits."""
    return Progress(pieces.which(at=at, with_unpublished=with_unpublished).count(), pages.which().count())
