"""What changed between two texts, marked the way an editor marks it: `ins` and `del`, paragraph by paragraph.

Blocks (paragraphs, headings, lists, tables) are matched first, then the words inside the ones that differ. The tags
of the result are those of the newer text, so that it stays well-formed whatever was changed.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString

from blog.prose import show_marked

TOKEN = re.compile(r"""<(?:"[^"]*"|[^">])*>|[^<\s]+\s*|\s+""")
VOID = re.compile(r"<(?:br|hr|img)\b")
END = "<>"  # Closes the last run
# Beyond these a comparison would take minutes: places where two texts have the same word, and tries to pair blocks
MOST_MEETINGS = 1_000_000
MOST_TRIES = 20_000
ALIKE = 0.4  # Below this share of common words, two blocks are one removed and one added


@dataclass(frozen=True)
class Block:
    """A block of the newer text, or a removed one. `changes` counts the marked runs in it; 0 where it is the same.

    `place` is which block of the newer text it is, from 0; None for a removed one.
    """

    html: SafeString
    changes: int
    first: int = 0
    place: int | None = None

    @property
    def last(self) -> int:
        """The number of the last change in the block."""
        return self.first + self.changes - 1


@dataclass(frozen=True)
class Comparison:
    """Two texts compared: every block in order, and the totals for one sentence about it."""

    blocks: list[Block]
    changes: int
    changed_blocks: int


def compare(old: str, new: str) -> Comparison:
    """Compare two pieces of clean prose."""
    pairs = pair_blocks(split_blocks(old), split_blocks(new))
    blocks: list[Block] = []
    total = place = 0
    for before, after in pairs:
        markup, changes = _mark(before, after)
        blocks.append(Block(show_marked(markup), changes, total + 1 if changes else 0, place if after else None))
        total += changes
        place += bool(after)
    return Comparison(blocks, total, sum(bool(block.changes) for block in blocks))


@dataclass(frozen=True)
class Pairing:
    """A block of two texts side by side: on the left with what was taken out marked, on the right with what came."""

    before: SafeString
    after: SafeString
    changes: int
    first: int = 0
    place: int | None = None

    @property
    def last(self) -> int:
        """The number of the last change in the two."""
        return self.first + self.changes - 1

    @property
    def html(self) -> SafeString:
        """The newer of the two."""
        return self.after

    @property
    def number(self) -> int:
        """The newer block as people count, from 1; 0 for one that was taken out."""
        return 0 if self.place is None else self.place + 1


def side_by_side(old: str, new: str) -> list[Pairing]:
    """Compare two pieces of clean prose for two columns; the changes have the same numbers as in `compare`."""
    rows: list[Pairing] = []
    total = place = 0
    for before, after in pair_blocks(split_blocks(old), split_blocks(new)):
        left, right, changes = _mark_both(before, after)
        number = total + 1 if changes else 0
        rows.append(Pairing(show_marked(left), show_marked(right), changes, number, place if after else None))
        total += changes
        place += bool(after)
    return rows


def lines_side_by_side(old: str, new: str) -> Pairing:
    """Compare two lines of plain text, such as titles, for two columns."""
    left, right, changes = _mark_both(escape(old), escape(new))
    return Pairing(show_marked(left), show_marked(right), changes)


def compare_lines(old: str, new: str) -> SafeString:
    """Compare two lines of plain text, such as titles, and return the newer with the changes marked."""
    return show_marked(_mark(escape(old), escape(new))[0])


def split_blocks(prose: str) -> list[str]:
    """Return the top-level blocks of clean prose."""
    blocks: list[str] = []
    current: list[str] = []
    depth = 0
    for token in TOKEN.findall(prose):
        is_tag = token.startswith("<")
        if not current and not is_tag and not token.strip():
            continue
        current.append(token)
        if is_tag and not VOID.match(token):
            depth += -1 if token.startswith("</") else 1
        if depth == 0 and is_tag:
            blocks.append("".join(current))
            current = []
    if current:
        blocks.append("".join(current))
    return blocks


def pair_blocks(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return the blocks of two texts in order, each older one beside the newer that it became, or beside nothing."""
    if _meet_too_often(old, new):
        return _pair_changed(old, new)
    pairs: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            pairs += _pair_changed(old[i1:i2], new[j1:j2])
    return pairs


def _pair_changed(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Pair each newer block with the next older one that it resembles; the rest was added or removed."""
    pairs: list[tuple[str, str]] = []
    start, tries = 0, MOST_TRIES
    for after in new:
        end = min(len(old), start + tries)
        match = next((i for i in range(start, end) if _are_alike(old[i], after)), None)
        tries -= (end if match is None else match + 1) - start
        if match is None:
            pairs.append(("", after))
            continue
        pairs += [(before, "") for before in old[start:match]]
        pairs.append((old[match], after))
        start = match + 1
    return pairs + [(before, "") for before in old[start:]]


def _are_alike(before: str, after: str) -> bool:
    if before[:3] != after[:3]:
        return False
    if before.startswith("<figure"):
        return True
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # An upper bound that is quickly found, and good enough where the ratio itself is not
    return matcher.quick_ratio() >= ALIKE and (_meet_too_often(old, new) or matcher.ratio() >= ALIKE)


def _meet_too_often(old: list[str], new: list[str]) -> bool:
    """Whether the same words stand in so many places of both that finding the longest run takes too long."""
    times = Counter(old)
    return sum(times[word] * count for word, count in Counter(new).items()) > MOST_MEETINGS


def _words(block: str) -> list[str]:
    return [token.strip() for token in TOKEN.findall(block) if not _is_structure(token) and token.strip()]


def _is_structure(token: str) -> bool:
    """Whether a token is a tag that holds others; a picture or line break counts as a word."""
    return token.startswith("<") and not VOID.match(token)


def _mark(before: str, after: str) -> tuple[str, int]:
    if before == after:
        return after, 0
    if not after:
        return _wrap_all(before, "del"), 1
    if not before:
        return _wrap_all(after, "ins"), 1
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    old_words, new_words = [t.strip() for t in old], [t.strip() for t in new]
    if _meet_too_often(old_words, new_words):
        return _wrap_all(before, "del") + _wrap_all(after, "ins"), 1
    parts: list[str] = []
    changes = 0
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            parts += new[j1:j2]
            continue
        removed = [token for token in old[i1:i2] if not _is_structure(token)]
        gone, come = _wrap_words(removed, "del"), _wrap_words(new[j1:j2], "ins")
        # At the end of a paragraph nothing stands between the two; a reader needs a gap there as well
        parts.append(f"{gone} {come}" if gone.endswith("</del>") and come.startswith("<ins>") else gone + come)
        changes += 1
    return "".join(parts), changes


def _mark_both(before: str, after: str) -> tuple[str, str, int]:
    """Mark the two versions of a block each on its own, so that both keep their tags."""
    if before == after:
        return before, after, 0
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    old_words, new_words = [t.strip() for t in old], [t.strip() for t in new]
    if not before or not after or _meet_too_often(old_words, new_words):
        return _wrap_all(before, "del"), _wrap_all(after, "ins"), 1
    left: list[str] = []
    right: list[str] = []
    changes = 0
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        is_same = kind == "equal"
        left.append("".join(old[i1:i2]) if is_same else _wrap_words(old[i1:i2], "del"))
        right.append("".join(new[j1:j2]) if is_same else _wrap_words(new[j1:j2], "ins"))
        changes += not is_same
    return "".join(left), "".join(right), changes


def _wrap_all(block: str, mark: str) -> str:
    return _wrap_words(TOKEN.findall(block), mark)


def _wrap_words(tokens: list[str], mark: str) -> str:
    """Wrap runs of words in a mark, leaving the tags between them bare."""
    parts: list[str] = []
    run: list[str] = []
    for token in [*tokens, END]:
        if not _is_structure(token):
            run.append(token)
            continue
        words = "".join(run)
        if words.strip():
            space = words[len(words.rstrip()) :]
            parts.append(f"<{mark}>{words.rstrip()}</{mark}>{space}")
        else:
            parts.append(words)
        run = []
        parts.append("" if token == END else token)
    return "".join(parts)
