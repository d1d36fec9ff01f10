"""Search in PostgreSQL, with its text search: `blog.migrations` makes the index over title and text together."""

from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import BigIntegerField, F, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from blog.searching.database import DatabaseResults, Matching

BY_LENGTH = 1  # Divide the rank by 1 + the logarithm of the length


class Index(PostgresIndex):
    """The index entries."""

    def _refresh_title_norms(self, full: Any = False) -> None:  # noqa: FBT002  As in modelsearch
        """Do nothing: our rank does without, and it would read the whole table for every piece."""


class Compiler(Matching, PostgresSearchQueryCompiler):
    """Finds and ranks entries."""

    def hits(self, config: Any) -> Any:
        """Return the keys of the pieces that hold the words."""
        return self._entries(config).annotate(key=Cast("object_id", BigIntegerField())).values("key")

    def ranked(self, keys: list[int], config: Any) -> list[int]:
        """Return these keys, the best first."""
        words = self.build_tsquery(self.query, config=config)
        title = SearchRank(F("title"), words, normalization=BY_LENGTH)
        body = SearchRank(F("body"), words, normalization=BY_LENGTH)
        found = self._entries(config).filter(object_id__in=[str(key) for key in keys])
        ranked = found.annotate(rank=title * Value(8.0) + body).order_by("-rank", "-pk")
        return [int(key) for key in ranked.values_list("object_id", flat=True)]

    def _entries(self, config: Any) -> Any:
        together = CombinedExpression(F("title"), "||", F("body"), output_field=SearchVectorField())
        entries = IndexEntry.objects.annotate(words=together)
        return entries.filter(words=self.build_tsquery(self.query, config=config))


class PostgreSQLBackend(PostgresSearchBackend):
    """modelsearch's backend, with our index and our queries."""

    query_compiler_class = Compiler
    index_class = Index
    results_class = DatabaseResults  # type: ignore[assignment]  # modelsearch names one of its own
