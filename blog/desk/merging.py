"""Two texts brought together, as both desks show them: what was taken by itself, and where somebody chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog.changes import compare, compare_lines
from blog.desk.words import time_of
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.one_text import Choice, Merged
from blog.merging import BOTH, BY_HAND, MINE, THEIRS, Part
from blog.models import Post, Revision
from blog.prose import show

if TYPE_CHECKING:
    from accounts.models import User

LINES = ("title", "standfirst")
OPTIONS = (THEIRS, MINE, BOTH, BY_HAND)


@dataclass(frozen=True)
class Option:
    """One of the ways to settle an open part."""

    value: str
    label: str
    html: list[SafeString]
    is_nothing: bool
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """A part on the page. A settled one has `html`, and in `label` whose change it is; an open one has options."""

    place: str
    html: list[SafeString]
    label: str
    is_line: bool
    is_removed: bool = False
    goes_on: bool = False  # Of the same side as the one before
    number: int = 0
    options: tuple[Option, ...] = ()
    typed: str = ""
    error: str = ""


def rows_of(
    merged: Merged, *, whose: tuple[str, str], choices: dict[str, Choice], errors: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what the page shows: the rows of each field, how many are open, and what was taken from whom.

    `whose` says whose the working text and the kept one are, as a heading over each.
    """
    numbers = {place: number for number, place in enumerate(merged.open_places(), 1)}
    rows = [
        _row(
            place,
            part,
            number=numbers.get(place, 0),
            whose=whose,
            choice=choices.get(place),
            error=(errors or {}).get(place, ""),
        )
        for place, part in merged.parts().items()
    ]
    rows = [
        replace(row, goes_on=bool(row.label) and before.label == row.label and not (row.is_line or row.is_removed))
        for before, row in pairwise([rows[0], *rows])
    ]
    taken = [part.by for part in merged.parts().values() if not part.is_open]
    return {
        "lines": [row for row in rows if row.is_line],
        "introduction": [row for row in rows if row.place.startswith("introduction-")],
        "body": [row for row in rows if row.place.startswith("body-")],
        "open": [row for row in rows if row.options],
        "taken_from_theirs": taken.count(THEIRS),
        "taken_from_mine": taken.count(MINE),
        "theirs": whose[0],
        "mine": whose[1],
        "is_same": merged.is_same,
        "working": merged.working,
        "kept": merged.kept,
    }


def whose_texts(post: Post, *, working: Revision, kept: Revision, reader: "User") -> tuple[str, str]:
    """Return what stands over each of the two texts: whose it is, by the byline's name, and from when."""
    names = names_around(post)
    if kept.written_by_id != reader.pk:
        kept_name = _("{name}, {time}").format(name=name_in(names, kept.written_by), time=time_of(kept.written_at))
    else:
        kept_name = _("Mine, {time}").format(time=time_of(kept.written_at))
    if working.written_by_id != reader.pk:
        name = name_in(names, working.written_by)
        return _("Theirs: {name}, {time}").format(name=name, time=time_of(working.written_at)), kept_name
    return _("From my other window, {time}").format(time=time_of(working.written_at)), kept_name


def choices_in(sent: Mapping[str, str]) -> dict[str, Choice]:
    """Return what was chosen and typed in the form, by place."""
    return {
        name.removeprefix("choice-"): Choice(value, sent.get(name.replace("choice-", "text-", 1), ""))
        for name, value in sent.items()
        if name.startswith("choice-")
    }


def _row(place: str, part: Part, *, number: int, whose: tuple[str, str], choice: Choice | None, error: str) -> Row:
    is_line = place in LINES
    if not part.is_open:
        labels = {THEIRS: whose[0], MINE: whose[1], BOTH: _("In both texts")}
        is_removed = bool(part.basis and not part.html and part.by)
        text = part.basis if is_removed else part.html
        html = compare_lines(text, text) if is_line else show(text)
        return Row(place, [html], labels.get(part.by, ""), is_line, is_removed)
    chosen = choice.chosen if choice else ""
    offered = [value for value in OPTIONS if not (value == BOTH and (is_line or not (part.theirs and part.mine)))]
    labels = {THEIRS: whose[0], MINE: whose[1], BOTH: _("Both, one after the other"), BY_HAND: _("Write it by hand")}
    options = tuple(
        Option(
            value,
            labels[value],
            _marked(part, value, is_line=is_line),
            value in {THEIRS, MINE} and not getattr(part, value),
            chosen == value,
        )
        for value in offered
    )
    typed = choice.typed if choice and choice.typed else part.mine or part.theirs
    return Row(place, [], "", is_line, number=number, options=options, typed=typed, error=error)


def _marked(part: Part, value: str, *, is_line: bool) -> list[SafeString]:
    """Return one side's block with what it changed marked."""
    if value not in {THEIRS, MINE} or not getattr(part, value):
        return []
    text = getattr(part, value)
    if is_line:
        return [compare_lines(part.basis, text)]
    return [block.html for block in compare(part.basis, text).blocks] if part.basis else [show(text)]
