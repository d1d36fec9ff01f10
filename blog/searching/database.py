"""Search in the database of the site itself: what SQLite and PostgreSQL have in common."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from modelsearch.backends.base import BaseSearchResults

from blog.searching import FIRST, Beginning, Found, Match


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  The name that modelsearch looks for
    """Return the backend of the site's database."""
    if connection.vendor == "postgresql":
        from blog.searching.postgresql import PostgreSQLBackend  # noqa: PLC0415  Can't be loaded on another database

        return PostgreSQLBackend(params)
    from blog.searching.sqlite import SQLiteBackend  # noqa: PLC0415  Can't be loaded on another database

    return SQLiteBackend(params)


class Matching:
    """For query compilers: the last word may be only begun."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.LAST_TERM_IS_PREFIX = isinstance(self.query, Beginning)  # type: ignore[attr-defined]  # The compiler beside it has it

    def matching(self, config: Any) -> "QuerySet[Any]":
        """Return the pieces that hold the words, of those that were asked for."""
        found: QuerySet[Any] = self.queryset.filter(pk__in=self.hits(config))  # type: ignore[attr-defined]  # The same
        return found.order_by("-published_at", "-pk")


class DatabaseResults(BaseSearchResults):
    """What was found. Texts are never looked at here."""

    def look(self, start: int, most: int) -> Found:
        """Find and count, and return the keys of so many from there on."""
        config = self.query_compiler.get_config(self.backend)
        found = self.query_compiler.matching(config)
        first = [Match(*row) for row in found.values_list("pk", "published_at", "series_id")[:FIRST]]
        # Counted apart, and only where there are more: a count beside each match costs a quarter more than both
        count = len(first) if len(first) < FIRST else found.count()
        if count <= FIRST:
            ranked = self.query_compiler.ranked([match.pk for match in first], config) if count > 1 else first
            keys = [row if isinstance(row, int) else row.pk for row in ranked]
            return Found(count, first, keys[start : start + most])
        if start + most <= FIRST:
            return Found(count, first, [match.pk for match in first[start : start + most]])
        return Found(count, first, list(found.values_list("pk", flat=True)[start : start + most]))
