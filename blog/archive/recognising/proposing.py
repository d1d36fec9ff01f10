"""Looking through what an archive brought, and proposing what was recognised."""

import datetime as dt
from collections.abc import Iterator

from blog.archive.recognising import introductions, series
from blog.archive.recognising.series import Titled
from blog.editorial.arriving.suggestions import Proposed, propose
from blog.models import Archive, Arrival, ArrivalKind, Post, SuggestionKind
from blog.models.posts import PostQuerySet

SOME = 200


def propose_all(*, archive: Archive, at: dt.datetime) -> int:
    """Propose every series and introduction that the archive's published pieces seem to hold.

    Pieces that are in a series, or have an introduction, are as somebody wanted them. Returns how many proposals wait
    to be decided. Takes the texts some at a time.
    """
    return propose(archive=archive, found=[*_series(archive, at), *_introductions(archive, at)], at=at)


def _series(archive: Archive, at: dt.datetime) -> Iterator[Proposed]:
    free = _pieces(archive, at).filter(series__isnull=True)
    rows = free.order_by("published_at", "pk").values_list("pk", "live__title", "published_at")
    titled = (Titled(key, title, date) for key, title, date in rows.iterator(chunk_size=SOME) if title and date)
    for found in series.find(titled):
        what = {"title": found.title, "parts": [[piece.key, number] for number, piece in found.parts]}
        yield Proposed(SuggestionKind.SERIES, found.key, what)


def _introductions(archive: Archive, at: dt.datetime) -> Iterator[Proposed]:
    rows = _pieces(archive, at).filter(live__introduction="").order_by("pk")
    for pk, revision, body in rows.values_list("pk", "live_id", "live__body").iterator(chunk_size=SOME):
        if split := introductions.find(body):
            what = {"post": pk, "revision": revision, "blocks": split.blocks, "name": split.name, "role": split.role}
            yield Proposed(SuggestionKind.INTRODUCTION, str(pk), what)


def _pieces(archive: Archive, at: dt.datetime) -> PostQuerySet:
    arrived = Arrival.objects.filter(archive=archive, kind=ArrivalKind.POST)
    return Post.objects.visible_at(at).filter(pk__in=arrived.values("target"))
