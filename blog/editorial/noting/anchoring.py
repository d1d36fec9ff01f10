"""Where a paragraph of an earlier text stands in a later one, however much both were worked on.

Blocks are the paragraphs, headings, lists, tables … of a body, counted from 0. The same two texts always give the same
answer. In this order: a block of the same words, wherever it went; then the one that shares most of its words among
those that are new, be it reworded, cut in two, joined with another or made a list; else it was taken out.
"""

from collections import Counter
from difflib import SequenceMatcher

from blog.changes import MOST_MEETINGS, split_blocks
from blog.prose import as_plain

ALIKE = 0.45  # It is the same paragraph where so many words of the shorter one stand in the other
A_PART = 0.25  # … and where it is no less of the earlier one than this
SHORT_RUN = 3  # Fewer words in a row than this are found anywhere
MOST_LOOKED_AT = 6  # Blocks to compare word by word, those with most words in common


def as_words(prose: str) -> str:
    """Return clean prose as one line of words."""
    return " ".join(as_plain(prose).split())


class Alignment:
    """Two bodies of a piece, block by block. Made once for all the notes on the earlier one."""

    def __init__(self, old: str, new: str) -> None:
        before, after = split_blocks(old), split_blocks(new)
        self._old, self._new = [as_words(block) for block in before], [as_words(block) for block in after]
        # A picture without a caption has no words, and is known by its markup
        self._same = _same_blocks(
            [words or block for words, block in zip(self._old, before, strict=True)],
            [words or block for words, block in zip(self._new, after, strict=True)],
        )
        taken = set(self._same.values())
        self._free = [place for place in range(len(self._new)) if place not in taken]

    def find(self, block: int, *, quote: str = "") -> int | None:
        """Return where a block of the earlier text stands in the later one, or None if it was taken out.

        Of a paragraph that was cut in two it is the part with the words of `quote`, or else the longer one.
        """
        if block in self._same or block >= len(self._old):
            return self._same.get(block)
        words = self._old[block].split()
        common, expected = Counter(words), self._expected(block)
        shares = [(sum((common & Counter(self._new[place].split())).values()), place) for place in self._free]
        nearest = sorted(shares, key=lambda share: (-share[0], abs(share[1] - expected), share[1]))
        best: tuple[bool, int, float, int] | None = None
        where: int | None = None
        for _share, place in nearest[:MOST_LOOKED_AT]:
            has_quote = bool(quote) and quote in self._new[place]
            in_runs, likeness = _likeness(words, self._new[place].split())
            is_it = likeness >= ALIKE or (has_quote and len(quote.split()) >= SHORT_RUN)
            found = (has_quote, in_runs, likeness, -abs(place - expected))
            if is_it and (best is None or found > best):
                best, where = found, place
        return where

    def _expected(self, block: int) -> int:
        """Return about where a block would stand, seen from the last one before it that is still there."""
        for before in range(block - 1, -1, -1):
            if before in self._same:
                return self._same[before] + block - before
        return block


def _same_blocks(old: list[str], new: list[str]) -> dict[int, int]:
    """Pair the blocks of the same words: first those in the same order, then those that were moved.

    So of two paragraphs with the same words each keeps its own place.
    """
    pairs: dict[int, int] = {}
    if len(old) * len(new) <= MOST_MEETINGS:
        for run in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            pairs |= {run.a + step: run.b + step for step in range(run.size)}
    taken = set(pairs.values())
    left: dict[str, list[int]] = {}
    for place, words in enumerate(new):
        if place not in taken:
            left.setdefault(words, []).append(place)
    for place, words in enumerate(old):
        if place not in pairs and left.get(words):
            pairs[place] = left[words].pop(0)
    return pairs


def _likeness(old: list[str], new: list[str]) -> tuple[int, float]:
    """Return how many words stand in runs that both have, and how alike the two are, from 0 to 1.

    A run counts from three words on; a block that is as short as that has to be there as a whole.
    """
    if not old or not new or len(old) * len(new) > MOST_MEETINGS:
        return 0, 0.0
    shorter = min(len(old), len(new))
    runs = [run.size for run in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()]
    in_runs = sum(size for size in runs if size >= min(SHORT_RUN, shorter))
    # Reworded here and there, a paragraph may have no run left, but most of its words in their order
    likeness = 2 * sum(runs) / (len(old) + len(new))
    if shorter >= SHORT_RUN and in_runs >= A_PART * len(old):
        likeness = max(likeness, in_runs / shorter)
    return in_runs, likeness
