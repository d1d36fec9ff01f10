"""Finding pieces by their words: the backends of modelsearch, so changed that they stay fast with 100,000 pieces.

All three are asked alike: `get_search_backend(…).search(query, Post.objects.visible_at(moment).filter(…))`, and the
results with `look`. The filters of that query set hold in all three.
"""

import datetime as dt
from dataclasses import dataclass

from modelsearch.query import PlainText

__all__ = ["FIRST", "AwayError", "Beginning", "Found", "Match", "PlainText"]

# As many are ranked, and give the choices of the filters; of more, the newest come first
FIRST = 200


class AwayError(Exception):
    """The search engine doesn't answer, or not with what was asked for."""


class Beginning(PlainText):
    """Words of which the last is only begun."""


@dataclass(frozen=True)
class Match:
    """A piece that was found, with what the filters offer of it."""

    pk: int
    published_at: dt.datetime
    series_id: int | None


@dataclass(frozen=True)
class Found:
    """How many pieces were found, the first of them, and the keys of those that are to be shown, in their order."""

    count: int
    first: list[Match]
    shown: list[int]

    @property
    def is_ranked(self) -> bool:
        """Whether the best come first, and not the newest."""
        return self.count <= FIRST
