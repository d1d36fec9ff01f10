"""What became of an archive: how many of each kind came, and a line for each thing that is not here as it was.

What `Archive.report` holds, as `Report.kept` gives it:

    version      1
    system       what it came from, in one word
    at           when this run began, as ISO 8601
    is_finished  False after an interruption
    counts       {"piece": {"new": 3, "renewed": 0, "known": 5, "kept": 1}, …}, by `WHATS` and `Outcome`
    weights      how many lines there are: {"lost": 2, "changed": 7, "noted": 9}
    lines        [["lost", "picture", "https://old.example/a.jpg", "It was not found."], …]: weight, what, which, why,
                 the heaviest first, at most `MOST_KEPT`; all of them are in the file
"""

import datetime as dt
import io
import json
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import IO, Any, TypeAlias

from django.utils import timezone

from blog.archive.records import Loss, Weight
from blog.prose import clean_line

# Where nobody knows where the blog was; no such host can be (RFC 6761, 6.4)
NOWHERE = "https://archive.invalid/"

MOST_KEPT = 3000
MOST_SAID = 20  # Lines of a weight in the terminal
LONGEST_WHICH = 200
LONGEST_WHY = 500

Line: TypeAlias = tuple[str, str, str, str]


class Outcome(StrEnum):
    """What became of one thing."""

    NEW = "new"  # It came
    RENEWED = "renewed"  # It came before, has changed over there since, and ours followed
    KNOWN = "known"  # It came before, and is the same
    KEPT = "kept"  # It has changed over there, but here as well, so ours stays


WHATS = ("author", "category", "tag", "series", "picture", "document", "piece", "page", "comment")
PLURALS = {"category": "categories", "series": "series"}
SAID = {
    Outcome.NEW: "{count} came",
    Outcome.RENEWED: "{count} renewed",
    Outcome.KNOWN: "{count} here already",
    Outcome.KEPT: "{count} left as changed here",
}
HEADS = {
    Weight.LOST: "Not brought",
    Weight.CHANGED: "Brought, but changed",
    Weight.NOTED: "Brought; you may want to look",
}


class Report:
    """Counts and lines, added as things happen. Takes memory by `MOST_KEPT`, whatever the number of lines."""

    def __init__(self, *, system: str = "", at: dt.datetime | None = None, is_dry_run: bool = False) -> None:
        self.system = system
        self.at = at
        self.name = ""
        self.is_dry_run = is_dry_run
        self.is_finished = False
        self.proposed = 0  # Series and introductions that wait for an editor
        self.counts: dict[str, Counter[str]] = {}
        self.weights: Counter[str] = Counter()
        self._first: dict[str, list[Line]] = {weight: [] for weight in Weight}
        self._others: dict[str, IO[str]] = {}  # What is more than `MOST_KEPT`, on disk
        self._before: set[Line] = set()

    def count(self, what: str, outcome: Outcome, number: int = 1) -> None:
        """Add to the things of a kind (one of `WHATS`) of which this became."""
        if number:
            self.counts.setdefault(what, Counter())[outcome] += number

    def add(self, *losses: Loss) -> None:
        """Add lines. Those that an interrupted run wrote down are not written twice."""
        for loss in losses:
            line = (
                str(loss.weight),
                clean_line(loss.what[:LONGEST_WHICH]),
                _shortened(loss.which, LONGEST_WHICH),
                _shortened(loss.why, LONGEST_WHY),
            )
            if line not in self._before:
                self._write(line)

    def go_on(self, before: dict[str, Any]) -> None:
        """Take over the lines of a run that was interrupted, from what it kept."""
        for one in before.get("lines", []):
            if len(one) == len(("weight", "what", "which", "why")) and one[0] in self._first:
                line = (one[0], one[1], one[2], one[3])
                self._write(line)
                self._before.add(line)

    def kept(self) -> dict[str, Any]:
        """Return what `Archive.report` holds."""
        lines = [line for weight in Weight for line in self._first[weight]]
        return {
            "version": 1,
            "system": self.system,
            "at": self.at.isoformat() if self.at else "",
            "is_finished": self.is_finished,
            "counts": {what: dict(self.counts[what]) for what in WHATS if what in self.counts},
            "weights": {str(weight): self.weights[weight] for weight in Weight},
            "lines": [list(line) for line in lines[:MOST_KEPT]],
        }

    def lines(self, *, is_whole: bool = False) -> Iterator[str]:
        """Give the report: all counts, and of each weight the first lines, or where it `is_whole` all of them."""
        yield from self._heading()
        for weight in Weight:
            if number := self.weights[weight]:
                yield from ("", f"{HEADS[weight]}: {number:,}")
                found = self._every(weight) if is_whole else self._first[weight][:MOST_SAID]
                yield from (f"  {_sentence(line)}" for line in found)
                if number > MOST_SAID and not is_whole:
                    yield f"  … and {number - MOST_SAID:,} more, in the report’s file."

    def _heading(self) -> Iterator[str]:
        if self.name:
            yield f"Archive: {self.name}"
        if self.at:
            yield f"Begun: {timezone.localtime(self.at):%d.%m.%Y %H.%M}"
        if self.is_dry_run:
            yield "A trial: nothing was changed. Without --dry-run this would come:"
        elif not self.is_finished:
            yield "Interrupted. Start it again to go on."
        if not self.counts:
            yield "Nothing was found to bring."
        for what in WHATS:
            if counted := self.counts.get(what):
                said = [SAID[one].format(count=f"{counted[one]:,}") for one in Outcome if counted[one]]
                yield f"{PLURALS.get(what, f'{what}s').capitalize()}: {', '.join(said)}"
        if self.proposed:
            yield f"Proposed: {self.proposed:,} series or introductions; editors find them in the desk under Archives."
        if self.counts and not self.weights.total():
            yield "Everything is here as it was."

    def _write(self, line: Line) -> None:
        weight = line[0]
        self.weights[weight] += 1
        if len(self._first[weight]) < MOST_KEPT:
            self._first[weight].append(line)
            return
        if weight not in self._others:
            self._others[weight] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  As long as the report
            weakref.finalize(self, self._others[weight].close)
        self._others[weight].write(json.dumps(line) + "\n")

    def _every(self, weight: str) -> Iterable[Line]:
        yield from self._first[weight]
        if file := self._others.get(weight):
            file.seek(0)
            for written in file:
                _weight, what, which, why = json.loads(written)
                yield (weight, what, which, why)
            file.seek(0, io.SEEK_END)


def _sentence(line: Line) -> str:
    _weight, what, which, why = line
    head = f"{what[:1].upper()}{what[1:]}"
    return f"{head} “{which}”: {why}" if which else f"{head}: {why}"


def _shortened(text: str, most: int) -> str:
    # Of an address that nobody knows the host of, the path alone says something
    text = clean_line(text[: most * 4].replace(NOWHERE, "/"))
    return text if len(text) <= most else f"{text[: most - 1]}…"
