"""Folders and zips with the files of an old site, found by the address that they had there."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from blog.archive.packed import Packed

# Where systems keep what was uploaded: WordPress (also one of several sites in one), Ghost, Joomla
ROOTS = (
    re.compile(r"wp-content/uploads/(?:sites/\d+/)?", re.IGNORECASE),
    re.compile(r"wp-content/blogs\.dir/\d+/files/", re.IGNORECASE),
    re.compile(r"content/(?:images|media|files)/(?:size/w\d+(?:h\d+)?/)?(?:format/\w+/)?", re.IGNORECASE),
    re.compile(r"(?=images/)", re.IGNORECASE),
)
SCALED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[a-z]{3,4}$)", re.IGNORECASE)
MADE_SMALLER = re.compile(r"-(?:scaled|rotated)(?=\.[a-z]{3,4}$)", re.IGNORECASE)
ENDING = re.compile(r"(?=\.[a-z]{3,4}$)", re.IGNORECASE)
MOST_STEPS = 40


class Place(NamedTuple):
    """One file in one folder or zip."""

    packed: Packed
    name: str

    @property
    def size(self) -> int:
        """Return its size in bytes, as the folder or zip says it."""
        return self.packed.size(self.name)


class Places:
    """All files of some folders and zips. Raises PackedError for what is neither."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.packed = [Packed(path) for path in paths]
        self._by_name: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, packed in enumerate(self.packed):
            for name in packed.names:
                self._by_name[_folded(name.rpartition("/")[2])].append((number, name))

    def close(self) -> None:
        """Let go of the zips."""
        for packed in self.packed:
            packed.close()

    def find(self, address: str) -> Place | None:
        """Return the file that stood at an address: a whole one, or a path.

        A file is that of an address where all of its own name is the end of the address (`12/x.jpg` in a folder
        `2013`), or where all that the old site put below its uploads is the end of its name. Of several the one with
        the longest common end is taken. For a picture in another size, the one that it was made from goes before.
        """
        steps = _steps(address)
        if not steps:
            return None
        best: tuple[int, int, Place] | None = None
        for rank, name in enumerate(_names(steps[-1])):
            found = self._find([*steps[:-1], name])
            if found and (best is None or found[0] > best[0]):
                best = (found[0], rank, found[1])
        return best[2] if best else None

    def _find(self, steps: list[str]) -> tuple[int, Place] | None:
        rows = self._by_name.get(_folded(steps[-1]), ())
        for folds in (False, True):
            asked = [_folded(step) for step in steps] if folds else steps
            needed = len(_below_uploads(asked))
            best: tuple[int, Place] | None = None
            for number, name in rows:
                own = (_folded(name) if folds else _composed(name)).split("/")
                common = _common_end(asked, own)
                if (common == len(own) or common >= needed) and (best is None or common > best[0]):
                    best = (common, Place(self.packed[number], name))
            if best:
                return best
        return None


def _steps(address: str) -> list[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    steps = [_composed(unquote(step)) for step in path.split("/")]
    steps = [step for step in steps if step not in {"", "."}]
    if ".." in steps or any("/" in step or "\0" in step for step in steps):
        return []
    return steps[-MOST_STEPS:]


def _names(name: str) -> Iterator[str]:
    """Give the names that a picture may lie under, the best first."""
    if SCALED.search(name):
        yield SCALED.sub("", name)
    yield name
    if MADE_SMALLER.search(name):
        yield MADE_SMALLER.sub("", name)
    else:
        yield ENDING.sub("-scaled", SCALED.sub("", name), count=1)


def _below_uploads(steps: list[str]) -> list[str]:
    """Return the steps below the folder of uploads; one alone says too little, so the folder goes with it."""
    path = "/".join(steps)
    for root in ROOTS:
        found = root.search(path)
        if found and (found.start() == 0 or path[found.start() - 1] == "/"):
            below = path[found.end() :].split("/")
            return below if len(below) > 1 else steps[-2:]
    return steps


def _common_end(one: list[str], other: list[str]) -> int:
    count = 0
    for ours, theirs in zip(reversed(one), reversed(other), strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(name).casefold()
