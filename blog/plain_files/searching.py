"""Search without a server: an index in small files that a script of ours reads (`static/lasting-search.js`).

Three kinds of files, all sorted, so that a reader loads a few of each, however much there is:

- `words-N.json`: each form of a word that stands in a text, with its stem; so the script needs no stemmer. A form that
  is its own stem has an empty text instead.
- `stems-N.json`: each stem with the pieces that hold it, as steps from one to the next; each number is twice that of
  the piece, and one more where the word stands in the title.
- `pieces-N.json`: address, title, names, day and standfirst of a hundred pieces, the oldest first.

`index.json` says with which word each file begins.
"""

import datetime as dt
import json
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from django.utils import timezone
from snowballstemmer.english_stemmer import EnglishStemmer

from blog.models import Post
from blog.reading import cards
from blog.words import words_of

FILE_CHARACTERS = 60_000
PIECES_A_FILE = 100
BATCH = 200
Index = Iterator[tuple[str, bytes]]


def index(*, moment: dt.datetime, under: str) -> Index:
    """Yield the files of the index of all visible pieces: their names, which begin with `under`, and contents.

    Memory: the numbers of the pieces that hold each word, four bytes for each; never a text.
    """
    stemmer, stems, held = EnglishStemmer(), dict[str, str](), dict[str, "array[int]"]()
    shown: list[list[str]] = []
    count = 0
    for number, post in enumerate(_pieces(moment)):
        title = {_stem(word, stems, stemmer) for word in words_of(post.live.title if post.live else "")}
        text = {_stem(word, stems, stemmer) for word in words_of(post.searched_text)}
        for stem in title | text:
            held.setdefault(stem, array("I")).append(number * 2 + (stem in title))
        shown.append(_shown(post))
        count = number + 1
        if len(shown) == PIECES_A_FILE:
            yield f"{under}pieces-{number // PIECES_A_FILE}.json", _written(shown)
            shown = []
    if shown:
        yield f"{under}pieces-{count // PIECES_A_FILE}.json", _written(shown)
    begins: dict[str, Any] = {"pieces": count, "a_file": PIECES_A_FILE}
    forms = ((word, "" if stems[word] == word else stems[word]) for word in sorted(stems))
    steps = ((stem, _steps(held[stem])) for stem in sorted(held))
    for kind, rows in (("words", forms), ("stems", steps)):
        begins[kind] = []
        for file, (first, content) in enumerate(_cut(rows)):
            begins[kind].append(first)
            yield f"{under}{kind}-{file}.json", content
    yield f"{under}index.json", _written(begins)


def _pieces(moment: dt.datetime) -> Iterator[Post]:
    rows = Post.objects.visible_at(moment).order_by("published_at", "pk")
    rows = rows.select_related("live", "category", "series").prefetch_related("bylines__author", "tags")
    return rows.iterator(chunk_size=BATCH)


def _shown(post: Post) -> list[str]:
    text, published_at = post.live, post.published_at
    if text is None or published_at is None:
        raise ValueError(post.pk)
    day = timezone.localdate(published_at).isoformat()
    return [post.get_absolute_url(), text.title, cards.names(post.ordered_bylines()), day, text.standfirst]


def _stem(word: str, known: dict[str, str], stemmer: Any) -> str:
    if word not in known:
        known[word] = stemmer.stemWord(word)
    return known[word]


def _steps(numbers: "array[int]") -> list[int]:
    return [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]


def _cut(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Yield the rows as files of about the same size: with which word each begins, and its content."""
    held: dict[str, Any] = {}
    size = 0
    for word, row in rows:
        held[word] = row
        size += len(word) + len(str(row)) + 6
        if size > FILE_CHARACTERS:
            yield next(iter(held)), _written(held)
            held, size = {}, 0
    if held:
        yield next(iter(held)), _written(held)


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
