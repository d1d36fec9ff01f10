"""`manage.py reindex`: writes the index of search anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from blog.editorial.upkeep import search_index


class Command(BaseCommand):
    """Write the index of search anew: after an import, a restored backup, or a change of what is searched."""

    help = "Write the index of search anew. Pieces stay found meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many pieces are in the index."""
        try:
            count = search_index.rebuild(at=timezone.now())
        except search_index.OpenSearchAwayError as error:
            raise CommandError(f"The database is done, but OpenSearch does not answer: {error}") from error
        self.stdout.write(f"{count} pieces are in the index.")
        if search_index.has_opensearch():
            self.stdout.write("The worker tells OpenSearch of them; until it has, the database answers readers.")
