"""What went out: how many of each kind, and a line for each thing that did not go out as it is here."""

from collections import Counter
from collections.abc import Iterable, Iterator

from blog.archive.records import File, Loss, Moved, Page, Person, Piece, Record, Topic, TopicKind, Weight
from blog.progress import EVERY, Progress, Say, silent

MOST_SAID = 20
HEADS = {
    Weight.LOST: "Not in it",
    Weight.CHANGED: "In it, but not as it is here",
    Weight.NOTED: "All in it; you may want to look",
}
PLURALS = {"category": "categories", "series": "series", "address": "addresses that lead on"}


class ExportReport:
    """Counts and losses of one export, added as the records pass."""

    def __init__(self, *, is_dry_run: bool = False, pieces: int = 0, say: Say = silent, every: float = EVERY) -> None:
        self.counts: Counter[str] = Counter()
        self.losses: list[Loss] = []
        self._is_dry_run, self._pieces = is_dry_run, pieces
        self._progress = Progress(say, lambda: self.counts["piece"] / pieces if pieces else 0.0, every=every)

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

    def lines(self, *, is_whole: bool = False) -> Iterator[str]:
        """Give the report: all counts, and of each weight the first lines, or where it `is_whole` all of them."""
        said = [f"{count:,} {kind if count == 1 else PLURALS.get(kind, f'{kind}s')}" for kind, count in self._said()]
        if not said:
            yield "There is nothing to write."
        elif self._is_dry_run:
            yield f"A trial: nothing was written. Without --dry-run this would be: {', '.join(said)}."
        else:
            yield f"Written: {', '.join(said)}."
        for weight in Weight:
            found = [loss for loss in self.losses if loss.weight is weight]
            if found:
                yield f"{HEADS[weight]} ({len(found):,}):"
                shown = found if is_whole else found[:MOST_SAID]
                yield from (f"  {loss.what} “{loss.which}”: {loss.why}" for loss in shown)
                if len(shown) < len(found):
                    yield f"  … and {len(found) - len(shown):,} more, in the report’s file."

    def _said(self) -> list[tuple[str, int]]:
        order = ("piece", "comment", "page", "author", "category", "tag", "series", "file", "address")
        return [(kind, self.counts[kind]) for kind in order if self.counts[kind]]

    def _count(self, record: Record) -> None:
        match record:
            case Piece():
                self.counts["piece"] += 1
                self.counts["comment"] += len(record.remarks)
                self._progress.tell(f"{self.counts['piece']:,} of {self._pieces:,} pieces")
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
