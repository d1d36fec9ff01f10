"""Guests' pieces that begin with words by the blog: where those end, and whom they introduce."""

import re
from dataclasses import dataclass

from blog.editorial.arriving.parting import blocks_of
from blog.prose import as_plain, count_words

# What an introduction says of the piece or of whoever wrote it
SPEAKS_OF_A_GUEST = re.compile(
    r"\bguest\s+(?:post|blog|piece|article|author|writer|contribut\w+)"
    r"|\b(?:we|i)(?:\s+\w+){0,2}\s+(?:invited|asked)\b.{0,120}\b(?:write|respond|response|contribut|share|explain)"
    r"|\b(?:invited|asked)\s+(?:him|her|them)\s+to\b"
    r"|\b(?:pleased|delighted|glad|happy|honoured|lucky|grateful)\b.{0,80}\b(?:feature|publish|welcome|share|host|post)"
    r"|\b(?:hope\s+you\s+enjoy|over\s+to\s+\w+|without\s+further\s+ado|in\s+(?:his|her|their)\s+own\s+words)"
    r"|\b(?:today[’']s|this|the\s+following)\s+(?:piece|post|article)\s+(?:is|was|comes|has\s+been)\s+(?:written\s+)?(?:by|from)\b"
    r"|\bgot\s+in\s+touch\b.{0,200}\b(?:write|piece|article|response)",
    re.IGNORECASE | re.DOTALL,
)
WHOLLY_SLANTED = re.compile(r"<p>\s*(?:<em>.*?</em>[\s.:;,!?–-]*)+</p>", re.DOTALL)
THANKS = re.compile(r"\W*(?:many\s+)?thanks?\b.{0,60}\b(?:to|for)\b", re.IGNORECASE)
# A capital, small letters; with a middle name or a particle
A_NAME = r"(?:[A-Z][\w’'-]+)(?:\s+(?:[A-Z][\w’'-]+|[A-Z]\.?|de|van|von|der|al|bin)){1,3}"
WITH_A_ROLE = re.compile(
    rf"(?P<name>{A_NAME}),\s+(?:the\s+)?(?P<role>[A-Z][^,.;:()]{{3,120}}?)(?=[,.;:(]|\s+(?:got|has|who|is|was|writes|wrote|explains)\b)"
)
WRITTEN_BY = re.compile(rf"\b(?:by|from|over\s+to|welcome|introduc\w+|invited|asked)\s+(?P<name>{A_NAME})")
MOST_BLOCKS = 12
MOST_WORDS = 450
LONGEST = 200_000  # Characters of a text that are looked at


@dataclass(frozen=True)
class Split:
    """Where an introduction ends: after so many blocks of the text; and who it seems to introduce."""

    blocks: int
    name: str = ""
    role: str = ""


def find(body: str) -> Split | None:
    """Return where the introduction of a guest's piece ends, if the text seems to have one.

    It does if its first blocks speak of a guest, end in a way that says “here it comes” (a rule, a colon, all of it
    slanted or quoted, or thanks right after it), and are shorter than what follows.
    """
    parts = blocks_of(body[:LONGEST])
    total = count_words(body)
    before = ""
    for number, part in enumerate(parts[: MOST_BLOCKS + 1]):
        if number and _ends_here(parts, number) and SPEAKS_OF_A_GUEST.search(plain := as_plain(before)):
            said = count_words(before)
            return Split(number, *_who(plain)) if said <= MOST_WORDS and said * 2 < total else None
        before += part
    return None


def _ends_here(parts: list[str], number: int) -> bool:
    last, following = parts[number - 1], parts[number]
    if "<hr>" in (last, following) or as_plain(last).rstrip().endswith(":"):
        return True
    is_set_apart = [_is_set_apart(part) for part in parts[: number + 1]]
    if all(is_set_apart[:-1]) and not is_set_apart[-1]:
        return True
    return bool(THANKS.match(as_plain(following)))


def _is_set_apart(part: str) -> bool:
    return part.startswith("<blockquote") or bool(WHOLLY_SLANTED.fullmatch(part))


def _who(plain: str) -> tuple[str, str]:
    if found := WITH_A_ROLE.search(plain):
        return found["name"][:120], found["role"].strip()[:160]
    found = WRITTEN_BY.search(plain)
    return (found["name"][:120] if found else ""), ""
