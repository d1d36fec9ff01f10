"""The row of an archive itself, and what the blog takes over of the old one's name."""

import datetime as dt
from typing import Any

from blog import keys
from blog.editorial.upkeep.purges import mark
from blog.models import Archive, Masthead

LENGTHS = {"name": 80, "strapline": 160}


def begin(*, name: str, system: str, at: dt.datetime) -> tuple[Archive, bool]:
    """Return the row of an archive, made on its first run, and whether an earlier run was interrupted.

    From now until `finish` this run counts as one that was interrupted.
    """
    archive, is_new = Archive.objects.get_or_create(
        name=name[:200], defaults={"system": system[:30], "begun_at": at, "report": {}}
    )
    was_interrupted = not is_new and archive.finished_at is None
    if archive.finished_at is not None:
        archive.finished_at = None
        archive.save(update_fields=["finished_at"])
    return archive, was_interrupted


def keep_report(*, archive: Archive, report: dict[str, Any]) -> None:
    """Write down how far a run has come."""
    archive.report = report
    archive.save(update_fields=["report"])


def finish(*, archive: Archive, report: dict[str, Any], at: dt.datetime) -> None:
    """Write down that a run has come to its end."""
    archive.report, archive.finished_at = report, at
    archive.save(update_fields=["report", "finished_at"])


def name_blog(*, name: str, strapline: str, at: dt.datetime) -> bool:
    """Call the blog what the old one was called, unless somebody has ever written its masthead; return whether.

    Both are clean, and within `LENGTHS`.
    """
    if not name or Masthead.objects.filter(pk=1).exists():
        return False
    Masthead.objects.create(pk=1, name=name, strapline=strapline)
    mark(keys.EVERYTHING, at=at)
    return True
