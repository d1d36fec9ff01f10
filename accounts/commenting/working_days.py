"""Working days in England, on which the clock of a formal complaint runs.

The Defamation (Operators of Websites) Regulations 2013 (SI 2013/3028), regulation 1(3): where the operator of a website
has to act within 48 hours, time on a Saturday, a Sunday, Good Friday, Christmas Day or a bank holiday under the Banking
and Financial Dealings Act 1971 in England and Wales is disregarded
(http://www.legislation.gov.uk/uksi/2013/3028/body/made). Bank holidays are computed; one that is proclaimed for a
single year (a coronation) is not known here, so on that day the clock runs on, which is early rather than late.
"""

import datetime as dt

from django.utils import timezone

MONDAY, SATURDAY = 0, 5
DAY = dt.timedelta(days=1)


def due_after(at: dt.datetime, hours: int) -> dt.datetime:
    """Return the moment when so many hours of working days have passed."""
    left = dt.timedelta(hours=hours)
    moment = at
    while True:
        local = timezone.localtime(moment)
        midnight = timezone.make_aware(dt.datetime.combine(local.date() + DAY, dt.time.min))
        if is_working_day(local.date()):
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight


def is_working_day(day: dt.date) -> bool:
    """Whether a day is neither a Saturday or Sunday nor a holiday in England."""
    return day.weekday() < SATURDAY and day not in holidays_in(day.year)


def holidays_in(year: int) -> set[dt.date]:
    """Return the public holidays of a year in England, those kept on another day for falling on a weekend included."""
    easter = easter_in(year)
    christmas, boxing_day = dt.date(year, 12, 25), dt.date(year, 12, 26)
    return {
        _next_weekday(dt.date(year, 1, 1)),
        easter - 2 * DAY,
        easter + DAY,
        _first_monday(dt.date(year, 5, 1)),
        _first_monday(dt.date(year, 5, 25)),
        _first_monday(dt.date(year, 8, 25)),
        # Both are kept, one after the other, when either falls on a weekend
        christmas if christmas.weekday() < SATURDAY else dt.date(year, 12, 27),
        boxing_day if boxing_day.weekday() < SATURDAY else dt.date(year, 12, 28),
    }


def easter_in(year: int) -> dt.date:
    """Return Easter Sunday, by the anonymous Gregorian method (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _next_weekday(day: dt.date) -> dt.date:
    return day if day.weekday() < SATURDAY else _first_monday(day)


def _first_monday(day: dt.date) -> dt.date:
    return day + (MONDAY - day.weekday()) % 7 * DAY
