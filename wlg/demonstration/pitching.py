"""Pitches by invented people, in every state, and a series with a part to come and one that is free."""

import datetime as dt

from accounts.models import User
from blog.editorial import series_parts
from blog.editorial.pitching import pitches
from blog.editorial.pitching.form import TypedPitch
from blog.editorial.series_parts import Plan
from blog.models import Pitch, Series, SeriesSlot
from wlg.demonstration.people import SERIES

DAY = dt.timedelta(days=1)
ANSWERED = [
    ("Ines Alder", "The lost property cupboard", 24, 3),
    ("Bo Lindqvist", "Forty ways to spell Anderby", 20, 2),
    ("Marian Stroud", "In praise of the tannoy", 17, 4),
    ("Colin Yeo", "Why the lift says “mezzanine”", 13, 5),
]
OPEN = [
    (
        "Hattie Cole",
        "The allotment that was also a car park",
        "Two departments each had a map of it, and both maps were right. I would tell how we found out, in the rain.",
        "I have done the boundary maps for eleven years.",
        9,
    ),
    (
        "Josef Bright",
        "What the night porter writes down",
        "There is a book at the front desk that nobody reads. I read it, all nine years of it.",
        "",
        2,
    ),
]


def pitch_some(*, editor: User, now: dt.datetime) -> None:
    """Send in some pitches and answer most of them, so that the usual answering time has a history."""
    for name, title, ago, took in ANSWERED:
        pitch = _pitch(name, title, "It happened last autumn, and it is still happening.", at=now - ago * DAY)
        letter = f"Dear {name.split()[0]},\n\nthank you. We have just run one like it; do write again.\n\nTom"
        pitches.decline(pitch=pitch, text=letter, by=editor, at=now - (ago - took) * DAY)
    asked = _pitch("Lena Okafor", "A bench for one", "Every bench in town has a bar across it.", at=now - 6 * DAY)
    pitches.ask(pitch=asked, text="Would you write about who asked for the bars?", by=editor, at=now - 4 * DAY)
    _plan(editor, now)
    free = SeriesSlot.objects.filter(is_open=True).first()
    for name, title, text, about, ago in OPEN:
        _pitch(name, title, text, about=about, at=now - ago * DAY, slot=free)
        free = None


def _pitch(
    name: str, title: str, text: str, *, at: dt.datetime, about: str = "", slot: SeriesSlot | None = None
) -> Pitch:
    email = f"{name.lower().replace(' ', '.')}@anderby.example"
    pitch = pitches.send_in(typed=TypedPitch(name, email, title, text, about, slot=slot), at=at)
    pitches.confirm(pitch=pitch, at=at)
    return pitch


def _plan(editor: User, now: dt.datetime) -> None:
    """Plan a part of each series that is under way: one for next month, one that is open to pitches."""
    wanted = Plan("What the last one out switches off", is_title_shown=True, is_open=True)
    plans = [Plan("", now.date() + 31 * DAY), wanted]
    rows = Series.objects.filter(slug__in=SERIES, planned_parts__isnull=False).order_by("planned_parts")
    for series, plan in zip(rows, plans, strict=False):
        free = next((part.number for part in series_parts.parts_of(series) if part.post is None), None)
        if free:
            series_parts.plan(series=series, number=free, plan=plan, by=editor, at=now)
