"""What is left out on the way, counted, with the words near the first few places."""

from collections import Counter

MOST_PLACES = 3
MOST_LETTERS = 60


class Findings:
    """Counts what is left out by its kind. `here` is the text of the paragraph that is being read."""

    def __init__(self) -> None:
        self.here = ""
        self._counts: Counter[str] = Counter()
        self._near: dict[str, list[str]] = {}

    def note(self, kind: str, count: int = 1, *, has_place: bool = False) -> None:
        """Count something; with `has_place` also keep the words that it stands at."""
        self._counts[kind] += count
        near = self._near.setdefault(kind, [])
        words = " ".join(self.here.split())
        if has_place and words and len(near) < MOST_PLACES:
            shortened = words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS].rstrip()}…"
            if shortened not in near:
                near.append(shortened)

    def rows(self) -> list[dict[str, object]]:
        """Return the counts, as they are written down."""
        return [
            {"kind": kind, "count": count, "near": self._near.get(kind, [])} for kind, count in self._counts.items()
        ]
