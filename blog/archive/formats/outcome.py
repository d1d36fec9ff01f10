"""What went out: how many of each kind, and a line for each thing that did not go out as it is here."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from blog.archive.records import File, Loss, Moved, Page, Person, Piece, Record, Topic, TopicKind, Weight

Say: TypeAlias = Callable[[str], object]
MOST_SAID = 20
A_LINE = 250  # Pieces between two lines of progress
HEADS = {
    Weight.LOST: "Not in it",
    Weight.CHANGED: "In it, but not as it is here",
    Weight.NOTED: "All in it; you may want to look",
}
PLURALS = {"category": "categories", "series": "series", "address": "addresses that lead on"}


def silent(line: str) -> None:
    """Say nothing of what is going on."""


class Outcome:
    """Counts and losses of one export, added as the records pass."""

    def __init__(self, *, say: Say = silent, pieces: int = 0) -> None:
        self.counts: Counter[str] = Counter()
        self.losses: list[Loss] = []
        self._say = say
        self._pieces = pieces
        self._began = time.monotonic()

    def passing(self, records: Iterable[Record]) -> Iterator[Record]:
        """Give the records on, counted, and keep the losses among them back."""
        for record in records:
            if isinstance(record, Loss):
                self.losses.append(record)
                continue
            self._count(record)
            yield record

    def lose(self, what: str, which: str, why: str, weight: Weight = Weight.LOST) -> None:
        """Add a line."""
        self.losses.append(Loss(what, which, why, weight))

    def lines(self, *, most: int | None = MOST_SAID) -> Iterator[str]:
        """Give the report: all counts, and the first lines of each weight, or with `most=None` all of them."""
        said = [f"{count:,} {kind if count == 1 else PLURALS.get(kind, f'{kind}s')}" for kind, count in self._said()]
        yield f"Written: {', '.join(said)}." if said else "There was nothing to write."
        for weight in Weight:
            found = [loss for loss in self.losses if loss.weight is weight]
            if found:
                yield f"{HEADS[weight]} ({len(found):,}):"
                shown = found if most is None else found[:most]
                yield from (f"  {loss.what} “{loss.which}”: {loss.why}" for loss in shown)
                if len(shown) < len(found):
                    yield f"  … and {len(found) - len(shown):,} more, in the report’s file."

    def write(self, path: Path) -> None:
        """Write the whole report to a file. Raises OSError; a file that is there is not written over."""
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in self.lines(most=None))

    def _said(self) -> list[tuple[str, int]]:
        order = ("piece", "comment", "page", "author", "category", "tag", "series", "file", "address")
        return [(kind, self.counts[kind]) for kind in order if self.counts[kind]]

    def _progress(self) -> str:
        done = self.counts["piece"]
        left = (time.monotonic() - self._began) / done * max(self._pieces - done, 0)
        return (
            f"{done:,} of {self._pieces:,} pieces, about {left / 60:.0f} min left"
            if left > 90
            else (f"{done:,} of {self._pieces:,} pieces, about {left:.0f} s left")
        )

    def _count(self, record: Record) -> None:
        match record:
            case Piece():
                self.counts["piece"] += 1
                self.counts["comment"] += len(record.remarks)
                if self.counts["piece"] % A_LINE == 0:
                    self._say(self._progress())
            case Person():
                self.counts["author"] += 1
            case Topic():
                self.counts[TopicKind(record.kind).value] += 1
            case File():
                self.counts["file"] += 1
            case Page():
                self.counts["page"] += 1
            case Moved():
                self.counts["address"] += 1
            case _:
                pass
