"""“Did you mean”: the words of readers' pieces that are one or two slips away from what somebody typed."""

from collections.abc import Callable

from blog.models import SearchedWord
from blog.words import near, slips_between

MOST_WRONG = 3  # Words put right in one question
MOST_TRIED = 5  # Spellings tried for each
MOST_COMPARED = 2000


def put_right(words: list[str], count: Callable[[list[str]], int]) -> list[str] | None:
    """Return the words with those put right that nobody finds, or None where that leads to nothing.

    `count` says how many pieces hold words. It alone decides whether a word may be shown: the vocabulary knows words
    of pieces that aren't before readers.
    """
    wrong = [word for word in words if not count([word])]
    if not wrong or len(wrong) > MOST_WRONG:
        return None
    meant = dict[str, str]()
    for word in wrong:
        tried = {other: count([other]) for other in _candidates(word)}
        best = max(tried, key=tried.__getitem__, default="")
        if not best or not tried[best]:
            return None
        meant[word] = best
    right = list(dict.fromkeys(meant.get(word, word) for word in words))
    return right if len(right) == 1 or count(right) else None


def _candidates(word: str) -> list[str]:
    """Return the likeliest spellings, the likeliest first."""
    if len(word) < 3 or word.isdigit():
        return []
    one_slip = SearchedWord.objects.filter(word__in=near(word)).values_list("word", flat=True)
    found = sorted(one_slip, key=lambda other: (other[0] != word[0], abs(len(other) - len(word)), other))
    if found or len(word) < 6:
        return found[:MOST_TRIED]
    # Two slips are looked for behind a right beginning, or the whole vocabulary would have to be compared
    begun = SearchedWord.objects.filter(word__gte=word[:2], word__lt=f"{word[:2]}\U0010ffff")
    close = [other for other in begun.values_list("word", flat=True)[:MOST_COMPARED] if abs(len(other) - len(word)) < 3]
    measured = [(slips_between(word, other), other) for other in close]
    return [other for slips, other in sorted(measured) if slips <= 2][:MOST_TRIED]
