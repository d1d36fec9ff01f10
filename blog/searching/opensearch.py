"""Search in OpenSearch. What is found there is read from the database, through the same gate as ever."""

from typing import Any

from modelsearch.backends.opensearch3 import (
    OpenSearch3SearchBackend,
    OpenSearch3SearchQueryCompiler,
    OpenSearch3SearchResults,
)
from opensearchpy.exceptions import OpenSearchException

from blog.searching import FIRST, AwayError, Beginning, Found, Match

PATIENCE = 2  # Seconds for a reader's question; then the database answers it
DEEPEST = 10_000  # OpenSearch gives no results behind these (`index.max_result_window`)


class Compiler(OpenSearch3SearchQueryCompiler):
    """Writes the query."""

    def _compile_plaintext_query(self, query: Any, fields: Any, boost: float = 1.0) -> dict[str, Any]:
        found: dict[str, Any] = super()._compile_plaintext_query(query, fields, boost)
        if isinstance(query, Beginning):
            found = {"match_bool_prefix" if kind == "match" else kind: match for kind, match in found.items()}
            if "multi_match" in found:
                found["multi_match"]["type"] = "bool_prefix"
        return found


class Results(OpenSearch3SearchResults):
    """What was found."""

    def look(self, start: int, most: int) -> Found:
        """Find and count, and return the keys of so many from there on; raise AwayError if nobody answers."""
        count, keys = self._ask(0, FIRST)
        shown = keys[start : start + most]
        if start + most > FIRST and start + most <= min(count, DEEPEST) + most:
            shown = self._ask(start, min(most, max(DEEPEST - start, 0)))[1]
        rows = self.query_compiler.queryset.filter(pk__in={*keys, *shown})
        known = {row[0]: Match(*row) for row in rows.values_list("pk", "published_at", "series_id")}
        return Found(count, [known[key] for key in keys if key in known], [key for key in shown if key in known])

    def _ask(self, start: int, size: int) -> tuple[int, list[int]]:
        index = self.backend.get_index_for_model(self.query_compiler.queryset.model).name
        body = {
            **self._get_es_body(),
            "from": start,
            "size": size,
            "_source": False,
            "stored_fields": ["pk"],
            "track_total_hits": True,
        }
        try:
            hits = self.backend.es.search(index=index, body=body, request_timeout=PATIENCE)["hits"]
            return hits["total"]["value"], [int(hit["fields"]["pk"][0]) for hit in hits["hits"]]
        except (OpenSearchException, KeyError, TypeError, ValueError) as error:
            raise AwayError(str(error)) from error


class SearchBackend(OpenSearch3SearchBackend):
    """modelsearch's backend, with our queries."""

    query_compiler_class = Compiler
    results_class = Results
