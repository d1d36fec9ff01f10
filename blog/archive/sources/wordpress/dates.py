"""The moments in an export: in UTC where it says them so, else by the blog's own clock."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from blog.archive.sources.values import moment
from blog.archive.sources.wordpress.elements import Element

MOST_MONTHS = 3_000
FARTHEST = 14 * 60 + 30  # Minutes that a clock may be off UTC


@dataclass
class Clock:
    """How far the blog's clock was ahead of UTC, by month, as learnt from moments that are given in both."""

    by_month: dict[str, int] = field(default_factory=dict)  # “2013-06” → minutes
    all: Counter[int] = field(default_factory=Counter)

    def learn(self, local: str, utc: str) -> None:
        """Take note of a moment given twice."""
        here, there = moment(local), moment(utc)
        if here and there:
            minutes = round((here - there).total_seconds() / 60)
            if abs(minutes) <= FARTHEST and len(self.by_month) < MOST_MONTHS:
                self.by_month[local[:7]] = minutes
                self.all[minutes] += 1

    def moment(self, utc: str, local: str, published: str = "") -> dt.datetime | None:
        """Return a moment from how an export gives it: in UTC, by the blog's clock, and as feeds do (RFC 2822)."""
        if found := moment(utc):
            return found
        usual = self.all.most_common(1)[0][0] if self.all else 0
        ahead = dt.timedelta(minutes=self.by_month.get(local.strip()[:7], usual))
        return moment(local, at_home=dt.timezone(ahead)) or moment(published)

    def begun(self, item: Element) -> dt.datetime | None:
        """Return when an item is dated."""
        return self.moment(item.get("wp:post_date_gmt"), item.get("wp:post_date"), item.get("pubDate"))

    def changed(self, item: Element) -> dt.datetime | None:
        """Return when an item was last changed; exports before WordPress 5.7 don't say."""
        return self.moment(item.get("wp:post_modified_gmt"), item.get("wp:post_modified"))
