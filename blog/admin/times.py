"""When a piece goes out: the form that asks for it, and what the page knows of times before it asks."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.admin.forms import DAY_FORMATS
from blog.desk.words import day as day_in_full
from blog.desk.words import short_day, time_of
from blog.editorial import holds, publishing
from blog.editorial.calendar import plan_from
from blog.editorial.refusals import IncompleteError
from blog.models import Hold, Post
from blog.states import State

if TYPE_CHECKING:
    from django.http import QueryDict

EARLIEST_YEAR = 1970  # Nobody kept a blog before that, and a slip of the finger is likelier
MOST_HOLDS = 4
# The fields of the form, as the page gives them back when they are refused
FIELDS = ("when", "date", "time", "which", "is_dated_back", "hold_reason")


class PublicationTime(forms.Form):
    """When a piece goes out, as a wall clock in the United Kingdom shows it."""

    date = forms.DateField(
        input_formats=DAY_FORMATS,
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("Write the day like 14/03/2026."),
        },
    )
    time = forms.TimeField(
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Choose the time."),
            "invalid": gettext_lazy("Write the time like 08.00."),
        },
    )
    which = forms.CharField(required=False, max_length=10)
    is_dated_back = forms.BooleanField(required=False)

    def moment(self, at: dt.datetime) -> dt.datetime:
        """Return the moment; raise IncompleteError for what is no time, or one that has passed by mistake."""
        if not self.is_valid():
            raise IncompleteError({name: " ".join(map(str, errors)) for name, errors in self.errors.items()})
        typed = self.cleaned_data
        moment = publishing.moment_in_uk(day=typed["date"], time=typed["time"], which=typed["which"])
        if moment <= at and not typed["is_dated_back"]:
            raise IncompleteError(
                {"date": _("This time has passed. Choose a later one, or say that it first appeared then.")}
            )
        if moment.year < EARLIEST_YEAR:
            raise IncompleteError({"date": _("Choose a day after {year}.").format(year=EARLIEST_YEAR - 1)})
        return moment


@dataclass(frozen=True)
class Choice:
    """One of the two moments that a time has in the night in which the clocks go back."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Times:
    """What the page fills in and says: the day and time it suggests, and the holds that a time could lie in."""

    date: str
    time: str
    suggestion: str = ""
    holds: list[str] = field(default_factory=list)
    is_held_now: bool = False
    choices: list[Choice] = field(default_factory=list)


def times_for(post: Post, *, at: dt.datetime, typed: dict[str, str]) -> Times:
    """Return what to fill in: what was typed, or the time that a piece has, or the next free one."""
    plan = plan_from(at)
    coming = [hold for hold in plan.holds if hold.is_for(post.category_id)]
    moment, suggestion = post.published_at if post.state == State.PUBLISHED else None, ""
    if moment is None:
        moment = plan.free_time(category_id=post.category_id, at=at)
        suggestion = free_time_in_words(moment, at=at)
    local = timezone.localtime(moment) if moment else None
    return Times(
        date=typed.get("date") or (f"{local:%Y-%m-%d}" if local else ""),
        time=typed.get("time") or (f"{local:%H:%M}" if local else "08:00"),
        suggestion=suggestion,
        holds=[hold_in_words(hold, at=at) for hold in coming[:MOST_HOLDS]],
        is_held_now=any(hold.begins_at <= at < hold.ends_at for hold in coming),
        choices=_choices(typed),
    )


def hold_in_words(hold: Hold, *, at: dt.datetime) -> str:
    """Say what a hold is called, when it is, for what, and why."""
    sentence = _("{name}, {period}, {scope}: {reason}")
    return sentence.format(
        name=hold.name, period=period_of(hold, at=at), scope=scope_of(hold), reason=" ".join(hold.reason.split())
    )


def period_of(hold: Hold, *, at: dt.datetime) -> str:
    """Say from when to when a hold is: in days where it begins and ends at midnight, else with times."""
    today = timezone.localdate(at)
    first, end = timezone.localtime(hold.begins_at), timezone.localtime(hold.ends_at)
    if first.time() == end.time() == dt.time.min:
        last = end.date() - dt.timedelta(days=1)
        if last == first.date():
            return short_day(last, today)
        return _("{first} to {last}").format(first=short_day(first.date(), today), last=short_day(last, today))
    return _("{first}, {begins} to {last}, {ends} (UK time)").format(
        first=short_day(first, today), begins=time_of(first), last=short_day(end, today), ends=time_of(end)
    )


def scope_of(hold: Hold) -> str:
    """Say for which categories a hold is."""
    if hold.covers_everything:
        return _("all categories")
    return ", ".join(category.name for category in hold.categories.all()) or _("no category")


def free_time_in_words(moment: dt.datetime | None, *, at: dt.datetime) -> str:
    """Say when the next free time is, or nothing where none was found."""
    if moment is None:
        return ""
    day = day_in_full(moment, timezone.localdate(at))
    return _("{day} at {time} (UK time)").format(day=day, time=time_of(moment))


def go_out_at(posted: "QueryDict", at: dt.datetime) -> dt.datetime | None:
    """Return the time that a form asks for, None for now; raise IncompleteError for what is none."""
    return PublicationTime(posted).moment(at) if posted.get("when") == "later" else None


def _choices(typed: dict[str, str]) -> list[Choice]:
    """Return both moments of what was typed if there are two, or nothing."""
    form = PublicationTime(typed)
    if not form.is_valid():
        return []
    time = form.cleaned_data["time"]
    try:
        publishing.moment_in_uk(day=form.cleaned_data["date"], time=time)
    except publishing.TwiceError:
        words = {
            publishing.BEFORE: _("{time} before the clocks go back (summer time)"),
            publishing.AFTER: _("{time} after the clocks have gone back, an hour later"),
        }
        chosen = form.cleaned_data["which"]
        return [
            Choice(value, sentence.format(time=f"{time:%H.%M}"), value == chosen) for value, sentence in words.items()
        ]
    except IncompleteError:
        pass
    return []


def undecided_in_words(post: Post, *, at: dt.datetime) -> list[str]:
    """Say which holds wait for a decision about a scheduled piece."""
    return [hold_in_words(hold, at=at) for hold in holds.undecided_of(post=post, at=at)]
