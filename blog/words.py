"""The words of a text as search knows them: folded, so that “Café” is found by “cafe”; and where they stand in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from snowballstemmer.english_stemmer import EnglishStemmer

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40  # What is longer is an address or a slip, and nobody looks for it
# PostgreSQL keeps at most a megabyte of words for a row (“Limitations” in its chapter on text search)
MOST_WORDS = 50_000
MOST_SOUGHT = 12
LONGEST_QUESTION = 200


def fold(text: str) -> str:
    """Return the text without accents and in small letters."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in their order."""
    return [word for word in WORD.findall(fold(text)) if len(word) <= LONGEST_WORD][:MOST_WORDS]


def sought(question: str) -> list[str]:
    """Return the words that somebody looks for, each once; whatever else they typed means nothing."""
    return list(dict.fromkeys(words_of(question[:LONGEST_QUESTION])))[:MOST_SOUGHT]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it is a word that was looked for."""

    text: str
    is_found: bool = False


class Finder:
    """Finds in a text the words that somebody looked for, in any of their forms (“chaser”, “chasers”)."""

    def __init__(self, words: Iterable[str], *, beginning: str = "") -> None:
        self.words = frozenset(words)
        self.beginning = beginning
        self._stemmer = EnglishStemmer()
        self._stems = {self._stemmer.stemWord(word) for word in self.words}
        self._heads = {word[:2] for word in {*self.words, *self._stems}}

    def is_sought(self, word: str) -> bool:
        """Whether a word of a text, as it stands there, is one of those."""
        if word.isascii() and word[:2].lower() not in self._heads:
            return False  # Most are told apart by how they begin, without being folded
        word = fold(word)
        if word in self.words or (self.beginning and word.startswith(self.beginning)):
            return True
        return word[:2] in self._heads and self._stemmer.stemWord(word) in self._stems

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the words stand."""
        return (match.span() for match in WORD.finditer(text) if self.is_sought(match[0]))

    def marked(self, text: str) -> list[Piece]:
        """Return the whole text as pieces."""
        return _pieces(text, 0, len(text), self.places(text))

    def extract(self, text: str, *, around: int, before: int = 60) -> list[Piece]:
        """Return about that many characters from where the words first stand, or nothing where they don't."""
        first = next(self.places(text), None)
        if first is None:
            return []
        start = _word_start(text, first[0] - before) if first[0] > before else 0
        end = _word_end(text, start + around)
        cut = text[start:end].strip()
        return [
            *([Piece("… ")] if start else []),
            *_pieces(cut, 0, len(cut), self.places(cut)),
            *([Piece(" …")] if end < len(text) else []),
        ]


def _pieces(text: str, start: int, end: int, places: Iterable[tuple[int, int]]) -> list[Piece]:
    found = []
    for first, last in places:
        if first > start:
            found.append(Piece(text[start:first]))
        found.append(Piece(text[first:last], is_found=True))
        start = last
    return [*found, Piece(text[start:end])] if start < end else found


def _word_start(text: str, near: int) -> int:
    space = text.find(" ", near, near + LONGEST_WORD)
    return near if space < 0 else space + 1


def _word_end(text: str, near: int) -> int:
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", near - LONGEST_WORD, near)
    return near if space < 0 else space


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def near(word: str) -> set[str]:
    """Return every spelling one slip away: a letter missing, too many, wrong, or two of them swapped."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in LETTERS),
        *(left + letter + right for left, right in halves for letter in LETTERS),
    } - {word, ""}


def slips_between(one: str, other: str) -> int:
    """Return how many slips lead from one spelling to another (the distance of Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, target in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != target))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == target:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
    return row[-1]
