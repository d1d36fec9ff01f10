"""Search in SQLite, with FTS5.

modelsearch joins an index entry to its row over a text and ranks each with a query of its own, which takes time by the
square of the matches. Here an entry has the key of its piece, so that FTS5's own row number leads to the piece.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.sql.datastructures import BaseTable
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    ObjectIndexer,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.utils import get_content_type_pk

from blog.searching.database import DatabaseResults, Matching


class Weighted(BM25):
    """The rank of FTS5, lowest first; a word in the title counts for eight in the text."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Write the call with the weights of the columns: autocomplete, body, title."""
        return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 0.0, 1.0, 8.0)", []  # noqa: SLF001  Django's public name


class Index(SQLiteIndex):
    """The index entries, each under the key of its piece."""

    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        """Write the entries of these pieces, in the place of earlier ones."""
        keys = [obj.pk for obj in objs]
        # Past Django's collector, which would remove the rows of FTS5 a second time after the trigger
        self.entries.filter(pk__in=keys)._raw_delete(using=self.write_connection.alias)  # noqa: SLF001  Past the collector
        content_type = get_content_type_pk(model)
        indexed = [ObjectIndexer(obj, self.backend) for obj in objs]
        self.entries.bulk_create(
            IndexEntry(
                pk=entry.obj.pk, content_type_id=content_type, object_id=entry.id, title=entry.title, body=entry.body
            )
            for entry in indexed
        )

    def _refresh_title_norms(self, full: Any = False) -> None:  # noqa: FBT002  As in modelsearch
        """Do nothing: our rank does without, and it would read the whole table for every piece."""


class ByKey(BaseTable):
    """A table that SQLite reads by its keys.

    Without statistics it would rather read all published pieces by their dates, and look each up among the matches.
    See “The INDEXED BY Clause” in SQLite's documentation: NOT INDEXED leaves the integer primary key.
    """

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Write the table with the hint."""
        sql, params = super().as_sql(*args, **kwargs)
        return f"{sql} NOT INDEXED", params


class Compiler(Matching, SQLiteSearchQueryCompiler):
    """Finds and ranks entries."""

    def hits(self, config: Any) -> "QuerySet[Any, Any]":
        """Return the keys of the pieces that hold the words."""
        return self._entries(config).values("pk")

    def matching(self, config: Any) -> "QuerySet[Any]":
        """Return the pieces that hold the words, of those that were asked for."""
        found = super().matching(config)
        query = found.query
        alias = query.get_initial_alias()
        query.alias_map[alias] = ByKey(query.get_meta().db_table, alias)
        return found

    def ranked(self, keys: list[int], config: Any) -> list[int]:
        """Return these keys, the best first."""
        # An expression, or SQLite would look for each key with a query of its own
        found = self._entries(config).annotate(key=F("pk") + 0).filter(key__in=keys)
        return list(found.annotate(rank=Weighted()).order_by("rank", "-pk").values_list("pk", flat=True))

    def _entries(self, config: Any) -> "QuerySet[Any, Any]":
        query = self.build_search_query(self.query, config=config)
        return SQLiteFTSIndexEntry.objects.filter(MatchExpression(self.FTS_TABLE_FIELDS, query))  # type: ignore[no-any-return]  # Its model has no types


class SQLiteBackend(SQLiteSearchBackend):
    """modelsearch's backend, with our index and our queries."""

    query_compiler_class = Compiler
    index_class = Index
    results_class = DatabaseResults  # type: ignore[assignment]  # modelsearch names one of its own
