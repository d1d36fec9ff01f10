"""What tests of bringing an archive in share: bringing it, and what is there afterwards."""

import datetime as dt
from pathlib import Path

from django.conf import settings

from blog.archive.bringing_in import bring_in
from blog.archive.records import (
    Remark,
)
from blog.archive.report import Report
from blog.models import (
    Archive,
    Arrival,
    Author,
    Byline,
    Category,
    Correction,
    Listed,
    Listing,
    Masthead,
    Move,
    OldPath,
    Picture,
    PlainPage,
    Post,
    Related,
    Revision,
    Series,
    Tag,
)
from tests.archive.sources import (
    DAY,
    InMemory,
    Shelf,
)

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
AT_FIRST, AT_LAST = (moment.replace(tzinfo=dt.UTC) for moment in (dt.datetime.min, dt.datetime.max))  # noqa: DTZ901  Given one here
LATER = NOW + dt.timedelta(days=30)
COUNTED = (
    Archive, Arrival, Author, Byline, Category, Correction, Listed, Listing, Masthead, Move, OldPath, Picture,
    PlainPage, Post, Related, Revision, Series, Tag,
)  # fmt: skip


def bring(source: InMemory, *, shelf: Shelf | None = None, at: dt.datetime = NOW, **how: object) -> Report:
    shelf = shelf or Shelf()
    return bring_in(source=source, media=shelf, at=at, say=lambda _line: None, **how)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def lines(report: Report) -> str:
    return "\n".join(report.lines())


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def remark(key: str = "1", **changed: object) -> Remark:
    fields: dict[str, object] = {"key": key, "name": "Cora", "text": "So it was.", "written_at": DAY}
    return Remark(**(fields | changed))
