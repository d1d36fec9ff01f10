"""Narrowing the list of pieces: by what waits for whom, by year and month, by series, by who looks after them."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy

from blog.admin.access import user_of
from blog.desk.keys import key_in
from blog.editorial import holds, waiting
from blog.editorial.calendar import midnight, period_of_days
from blog.editorial.letters.writing import editors
from blog.models import Listing, ListingKind, Post, Proposal, Series, Standing
from blog.states import OUT_STATES, UNPUBLISHED_STATES

MOST_SERIES = 30
PERIOD = re.compile(r"(19[7-9]\d|20\d\d|21\d\d)(?:-(0[1-9]|1[0-2]))?")


class WaitingFilter(admin.SimpleListFilter):
    """What waits, and for whom: the lists of the first page in full."""

    title = gettext_lazy("waits for")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the lists of the first page."""
        return [
            ("me", gettext_lazy("You")),
            ("writers", gettext_lazy("Writers")),
            ("others", gettext_lazy("Other editors")),
            ("overdue", gettext_lazy("Overdue")),
            ("scheduled", gettext_lazy("Its time (scheduled)")),
            ("hold", gettext_lazy("A decision about a hold")),
            ("proposals", gettext_lazy("An answer to a proposed correction")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list; the same conditions as on the first page."""
        user, at = user_of(request), timezone.now()
        conditions = {
            "me": waiting.for_editor(user),
            "writers": waiting.WITH_WRITERS,
            "others": waiting.for_other_editors(user),
            "overdue": waiting.overdue(at),
        }
        value = self.value()
        if value in conditions:
            return queryset.filter(conditions[value], state__in=UNPUBLISHED_STATES)
        if value == "scheduled":
            return queryset.filter(pk__in=Post.objects.ahead_at(at).values("pk"))
        if value == "proposals":
            return queryset.filter(pk__in=Proposal.objects.filter(answer=Proposal.Answer.WAITING).values("post"))
        if value == "hold":
            return queryset.filter(pk__in=[post.pk for post, _holds in holds.undecided(by=user, at=at)])
        return queryset


class MonthFilter(admin.SimpleListFilter):
    """When it came out: years first, then the months of the one that is chosen. Counted nowhere, so always cheap."""

    title = gettext_lazy("published in")
    parameter_name = "out"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the years with pieces, and the months of the chosen year."""
        chosen = PERIOD.fullmatch(self.value() or "")
        kept = Listing.objects.filter(pieces__gt=0)
        years = kept.filter(kind=ListingKind.YEAR).order_by("-subject").values_list("subject", flat=True)
        found = []
        for year in years:
            found.append((f"{year}", f"{year}"))
            if chosen and int(chosen[1]) == year:
                of_year = kept.filter(kind=ListingKind.MONTH, subject__range=(year * 100, year * 100 + 12))
                months = of_year.order_by("subject").values_list("subject", flat=True)
                found += [(f"{year}-{month % 100:02}", f"{MONTHS[month % 100]} {year}") for month in months]
        return found

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list to a year or a month, by the index of what is out."""
        if self.value() is None:
            return queryset
        chosen = PERIOD.fullmatch(self.value() or "")
        if chosen is None:
            return queryset.none()
        begins, ends = period_of_days(int(chosen[1]), int(chosen[2]) if chosen[2] else None)
        return queryset.filter(
            state__in=sorted(OUT_STATES), published_at__gte=midnight(begins), published_at__lt=midnight(ends)
        )


class SeriesFilter(admin.SimpleListFilter):
    """The series with the newest parts; of the others there can be thousands."""

    title = gettext_lazy("series")
    parameter_name = "series"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the newest, and the one that is chosen."""
        newest = Standing.objects.order_by("-newest_at", "series_id").values_list("series_id", flat=True)
        offered = set(newest[:MOST_SERIES])
        chosen = key_in(self.value() or "")
        wanted = Series.objects.filter(pk__in=offered | ({chosen} if chosen else set()))
        return [(str(row.pk), row.title) for row in wanted]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list to one series."""
        if self.value() is None:
            return queryset
        chosen = key_in(self.value() or "")
        return queryset.filter(series=chosen) if chosen else queryset.none()


class EditorFilter(admin.SimpleListFilter):
    """Who looks after it: one of those who edit now."""

    title = gettext_lazy("looked after by")
    parameter_name = "editor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the editors."""
        return [(str(one.pk), one.display_name) for one in editors()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        """Narrow the list to what one of them looks after."""
        if self.value() is None:
            return queryset
        chosen = key_in(self.value() or "")
        return queryset.filter(editor=chosen) if chosen else queryset.none()
