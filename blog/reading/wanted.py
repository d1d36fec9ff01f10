"""What guests are asked for: how soon a pitch is answered, and which parts of series are free."""

import datetime as dt

from django.utils import timezone

from blog import keys
from blog.editorial.pitching.answering import answer_days
from blog.editorial.pitching.form import open_slots
from blog.models import SeriesSlot
from blog.reading.shown import shows


def answer_time() -> str:
    """Say how soon pitches are answered. One query."""
    shows(keys.WANTED)
    return answer_days().sentence


def free_parts(*, moment: dt.datetime) -> list[tuple[SeriesSlot, dt.date | None]]:
    """Return the parts of series that are open to pitches, each with its month if that is still to come. One query."""
    this_month = timezone.localdate(moment).replace(day=1)
    rows = open_slots()
    shows(keys.WANTED, *(keys.topic("series", slot.series_id) for slot in rows))
    return [(slot, slot.planned_for if slot.planned_for and slot.planned_for >= this_month else None) for slot in rows]
