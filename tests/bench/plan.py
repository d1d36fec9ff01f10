"""What is in an invented blog of any size, as sums over a piece's number, so that every size has the same shape.

Twelve years of which each has seven months with pieces, the first month with an eighth of all of them: so a list of
a month, a year, a category, a tag or a writer fills its page with a hundred pieces already, and the archive has the
same lines whatever the number. A third of the series is unfinished.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from blog.editorial.upkeep.listings import Place, places_on
from blog.models import ListingKind

YEARS = 12
MONTHS = (1, 2, 3, 9, 10, 11, 12)
FIRST_MONTH_HOLDS = 8  # One piece in so many
CATEGORIES = 6
IN_CATEGORY = (0, 0, 0, 0, 1, 1, 2, 3, 4, 5)
STAFF = 3
LENGTHS = (4, 5, 6, 7, 8)  # Of series, in turn
SCHEDULED = 3


@dataclass(frozen=True)
class Plan:
    """The shape of a blog of so many published pieces, the newest before `until`."""

    posts: int
    until: dt.datetime

    @cached_property
    def months(self) -> list[dt.datetime]:
        """The first moments of the months with pieces, oldest first."""
        first = dt.datetime(self.until.year - YEARS, self.until.month, 1, tzinfo=dt.UTC)
        every = [first.year * 12 + first.month - 1 + n for n in range(YEARS * 12)]
        firsts = [dt.datetime(n // 12, n % 12 + 1, 1, tzinfo=dt.UTC) for n in every]
        return [first for first in firsts if first.month in MONTHS]

    @property
    def guests(self) -> int:
        """How many writers come from outside: most of them once, in a small blog."""
        return 122 + 3 * self.posts // 100

    @property
    def tags(self) -> int:
        """How many tags there are."""
        return min(600, 60 + self.posts // 200)

    @property
    def readers(self) -> int:
        """How many accounts comment."""
        return min(5000, 200 + self.posts // 50)

    @property
    def series(self) -> int:
        """How many series there are."""
        newest = range(max(0, self.posts - 10), self.posts + SCHEDULED)
        return max(place[0] for number in newest if (place := self.part(number))) + 1

    def published_at(self, number: int) -> dt.datetime:
        """When a piece came out: the numbers follow the dates."""
        beginning = self.posts // FIRST_MONTH_HOLDS
        if number < beginning:
            month, through = 0, number / beginning
        else:
            along = (number - beginning) * (len(self.months) - 1) / (self.posts - beginning)
            month, through = 1 + int(along), along % 1
        first = self.months[month]
        return first + through * dt.timedelta(days=calendar.monthrange(first.year, first.month)[1] - 1)

    def category(self, number: int) -> int:
        """Which category a piece is in, from 0; the first holds four in ten."""
        return IN_CATEGORY[number % len(IN_CATEGORY)]

    def tags_of(self, number: int) -> list[int]:
        """Which three tags a piece carries, from 0; the first eight are on one piece in eight each."""
        rest = self.tags - 8
        return list(dict.fromkeys([number % 8, 8 + number * 5 % rest, 8 + number * 7919 % rest]))

    def names(self, number: int) -> list[int]:
        """Who wrote a piece, from 0. The first three are on one in ten each; the others take turns."""
        turn = number * 13 // 10
        first = number % 10 if number % 10 < STAFF else STAFF + turn % self.guests
        second = [STAFF + (turn + 1) % self.guests] if number % 5 < 3 else []
        return list(dict.fromkeys([first, *second]))

    def part(self, number: int) -> tuple[int, int] | None:
        """Which series a piece is in, from 0, and as which part; six in ten are in one."""
        if number % 5 not in {1, 2, 3}:
            return None
        turn, along = divmod(number // 5 * 3 + number % 5 - 1, sum(LENGTHS))
        for place, length in enumerate(LENGTHS):
            if along < length:
                return turn * len(LENGTHS) + place, along + 1
            along -= length
        raise AssertionError

    def planned_parts(self, series: int) -> int:
        """How many parts are planned; every third series is still to be finished."""
        return LENGTHS[series % len(LENGTHS)] + (2 if series % 3 == 0 else 0)

    def places(self, number: int) -> list[Place]:
        """Which lists a piece is on, apart from those of dates."""
        found = [Place(ListingKind.CATEGORY, self.category(number) + 1)]
        found += [Place(ListingKind.TAG, tag + 1) for tag in self.tags_of(number)]
        found += [Place(ListingKind.AUTHOR, name + 1) for name in self.names(number)]
        part = self.part(number)
        return [*found, Place(ListingKind.SERIES, part[0] + 1)] if part else found

    def sizes(self, numbers: Iterable[int]) -> Counter[Place]:
        """How many of these pieces each list holds."""
        sizes: Counter[Place] = Counter()
        for number in numbers:
            sizes.update([*self.places(number), *places_on(self.date_of(number))])
        return sizes

    def numbers(self) -> Iterator[int]:
        """Every published piece, and then those whose time lies ahead."""
        yield from range(self.posts + SCHEDULED)

    def date_of(self, number: int) -> dt.datetime:
        """When a piece came or will come out."""
        if number < self.posts:
            return self.published_at(number)
        return self.until + dt.timedelta(days=30 + number - self.posts)
