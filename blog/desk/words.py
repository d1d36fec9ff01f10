"""Days, names and lengths as sentences on the desks have them."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

JUST_TWO_WORDS = 2


def day(when: dt.datetime | dt.date, today: dt.date) -> str:
    """Write a day in full, Tuesday 17 March, with its year where it is another than this one."""
    return _written(when, today, "l j F")


def short_day(when: dt.datetime | dt.date, today: dt.date) -> str:
    """Write a day as a date, 17 March, with its year where it is another than this one."""
    return _written(when, today, "j F")


def time_of(when: dt.datetime) -> str:
    """Write the time of day: 14.32."""
    return date_format(timezone.localtime(when), "H.i")


def _written(when: dt.datetime | dt.date, today: dt.date, form: str) -> str:
    local = timezone.localtime(when) if isinstance(when, dt.datetime) else when
    return date_format(local, form if local.year == today.year else f"{form} Y")


def listed(names: list[str]) -> str:
    """Join names as in a sentence: Ann, Ben and Cy."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def familiar(name: str) -> str:
    """Return the first name where it is plain which word that is, else the whole name."""
    words = name.split()
    return words[0] if len(words) == JUST_TWO_WORDS and not words[0].endswith(".") else name


def length_of(*, words: int, wanted: int | None) -> str:
    """Say how long a text is: 612 of about 900 words."""
    if wanted:
        return _("{words} of about {wanted} words").format(words=words, wanted=wanted)
    return ngettext("{words} word", "{words} words", words).format(words=words)
