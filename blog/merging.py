"""Two texts that were made from one, brought together: paragraph by paragraph, from what they have in common.

What only one side changed is taken by itself. Where both changed the same block, or both added something at the same
place, both stand there and somebody chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.changes import pair_blocks, split_blocks

THEIRS, MINE, BOTH, BY_HAND = "theirs", "mine", "both", "by hand"


@dataclass(frozen=True)
class Part:
    """A block of the text brought together, or what two sides made of one.

    Settled parts have `html`, and say in `by` whose change it is: "theirs", "mine", "both", or "" for neither.
    Where `is_open`, `theirs` and `mine` are what to choose from. `basis` is what both began from. "" is nothing there.
    """

    html: str = ""
    by: str = ""
    is_open: bool = False
    basis: str = ""
    theirs: str = ""
    mine: str = ""


def merge(basis: str, theirs: str, mine: str) -> list[Part]:
    """Bring two pieces of clean prose together that were both made from a third."""
    blocks = split_blocks(basis)
    their_blocks, their_gaps = _follow(blocks, split_blocks(theirs))
    my_blocks, my_gaps = _follow(blocks, split_blocks(mine))
    parts: list[Part] = []
    for place in range(len(blocks) + 1):
        parts += _gap(their_gaps[place], my_gaps[place])
        if place < len(blocks):
            parts.append(_choose(blocks[place], their_blocks[place], my_blocks[place]))
    return [part for part in parts if part.html or part.is_open or part.by]


def merge_line(basis: str, theirs: str, mine: str) -> Part:
    """Bring together two lines of plain text, such as titles."""
    return _choose(basis, theirs, mine)


def settle(part: Part, choice: str, by_hand: str = "") -> str | None:
    """Return what a part becomes; None for an open one without a choice."""
    if not part.is_open:
        return part.html
    return {THEIRS: part.theirs, MINE: part.mine, BOTH: part.theirs + part.mine, BY_HAND: by_hand}.get(choice)


def _follow(basis: Sequence[str], blocks: list[str]) -> tuple[list[str], list[list[str]]]:
    """Return what each block of the basis became ("" if it was taken out), and what was added before each, and last.

    Blocks that were taken out and others that came in the same place are one change: the first of the old became them.
    """
    became: list[str] = []
    gaps: list[list[str]] = [[]]
    came: list[str] = []
    gone = 0

    def close() -> None:
        """Settle a run of blocks that have no partner."""
        nonlocal gone
        start = len(became) - gone
        if gone and came:
            became[start] = "".join(came)
        else:
            gaps[start] += came
        came.clear()
        gone = 0

    for before, after in pair_blocks(list(basis), blocks):
        if before and after:
            close()
        if before:
            became.append(after)
            gaps.append([])
            gone += not after
        else:
            came.append(after)
    close()
    return became, gaps


def _gap(theirs: list[str], mine: list[str]) -> list[Part]:
    if theirs == mine:
        return [Part(html, by=BOTH) for html in theirs]
    if not theirs or not mine:
        return [Part(html, by=THEIRS if theirs else MINE) for html in theirs or mine]
    return [Part(is_open=True, theirs="".join(theirs), mine="".join(mine))]


def _choose(basis: str, theirs: str, mine: str) -> Part:
    if theirs == mine:
        return Part(mine, by="" if mine == basis else BOTH, basis=basis)
    if theirs == basis:
        return Part(mine, by=MINE, basis=basis)
    if mine == basis:
        return Part(theirs, by=THEIRS, basis=basis)
    return Part(is_open=True, basis=basis, theirs=theirs, mine=mine)
