"""How comments of an archive hang together: which each answers, and under which it stands. No database here."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import Comment
from blog.archive.discussions import Thread
from blog.archive.records import Loss, Remark, Weight
from blog.prose import CONTROLS, clean_line, clean_text

LONGEST_KEY = 255
MOST = 100_000  # Characters: what people type is a tenth of that at the very most
FEW = 60


@dataclass(frozen=True)
class Here:
    """A comment that arrived earlier: the comment at the top of its thread, and the page on which that stands now."""

    pk: int
    post: int
    top: int
    page: int | None


@dataclass(slots=True)
class Coming:
    """A comment that is new here. `answers` and `top` are others that come as well, or pieces of what is here."""

    key: str
    post: int
    remark: Remark
    text: str
    author: int | None = None
    answers: "Coming | Here | None" = None
    top: "Coming | Here | None" = None
    depth: int = 0
    row: Comment = field(init=False)


@dataclass
class Sorted:
    """What is new in some threads, in the order of the source, how many were known, and what is not as it was."""

    coming: list[Coming] = field(default_factory=list)
    known: int = 0
    losses: list[Loss] = field(default_factory=list)


def key_of(remark: Remark) -> str:
    """Return the key under which a comment arrives; of one without a key, or with one that can't be kept, a hash."""
    if not remark.key:
        return "text:" + _hash(f"{remark.name}\n{remark.written_at}\n{remark.text}")
    return usable(remark.key)


def usable(key: str) -> str:
    """Return a key of the source as the database can keep it."""
    return key if len(key) <= LONGEST_KEY and not CONTROLS.search(key) else "key:" + _hash(key)


def which(remark: Remark) -> str:
    """Say which comment it is, so that somebody can find it over there."""
    words, who = clean_line(remark.text[: 4 * FEW])[:FEW], clean_line(remark.name[: 2 * FEW])[:FEW]
    return f"{clean_line(remark.key[:FEW])} {who}: “{words}”".strip()


def sort(threads: Sequence[Thread], known: Mapping[str, Here | None]) -> Sorted:
    """Say of each comment whether it is new, and which one it answers.

    `known` has those that arrived earlier, with None for one that is gone since. One without words is lost, and so is
    the second with the same key; answers to it move up to what it answered. Where nothing is there to answer, or a
    thread bites its own tail, the comment stands by itself.
    """
    found = Sorted()
    taken: set[str] = set()
    for thread in threads:
        _sort_thread(thread, known, taken, found)
    return found


def _sort_thread(thread: Thread, known: Mapping[str, Here | None], taken: set[str], found: Sorted) -> None:
    new: dict[str, Coming] = {}
    parents: dict[str, str] = {}
    for remark in thread.remarks:
        key = key_of(remark)
        if key in taken:
            found.losses.append(Loss("comment", which(remark), _("Another one came with the same key.")))
            continue
        taken.add(key)
        parents[key] = usable(remark.parent) if remark.parent else ""
        if key in known:
            found.known += 1
            continue
        coming = _cleaned(thread, remark, key, found.losses)
        if coming:
            new[key] = coming
    circular = set(_in_circles(parents))
    there: dict[str, Coming | Here] = {
        **{key: row for key in (*parents, *parents.values()) if (row := known.get(key)) and row.post == thread.post},
        **new,
    }
    _join(new, there, {key: "" if key in circular else parent for key, parent in parents.items()})
    for coming in new.values():
        if coming.remark.parent and coming.answers is None:
            why = _("What it answers isn’t there under this piece, so it stands by itself.")
            found.losses.append(Loss("comment", which(coming.remark), why, Weight.CHANGED))
    found.coming += new.values()


def _cleaned(thread: Thread, remark: Remark, key: str, losses: list[Loss]) -> Coming | None:
    text = clean_text(remark.text.lstrip()[: MOST + FEW])
    if not text:
        losses.append(Loss("comment", which(remark), _("It has no words.")))
        return None
    if len(text) > MOST:
        why = _("Only its first {most} characters were brought.").format(most=f"{MOST:,}")
        losses.append(Loss("comment", which(remark), why, Weight.CHANGED))
        text = text[:MOST].rstrip()
    author = thread.bylines.get(remark.person) if remark.person else None
    return Coming(key, thread.post, remark, text, author)


def _in_circles(parents: Mapping[str, str]) -> Iterator[str]:
    """Give those that answer themselves, through however many others. In time by their number."""
    done: set[str] = set()
    for start in parents:
        way: dict[str, int] = {}
        key = start
        while key in parents and key not in done and key not in way:
            way[key] = len(way)
            key = parents[key]
        if key in way:
            yield from list(way)[way[key] :]
        done.update(way)


def _join(new: Mapping[str, Coming], there: Mapping[str, Coming | Here], parents: Mapping[str, str]) -> None:
    """Write into each new one what it answers, what it stands under, and how many new ones are above it."""
    nearest: dict[str, str] = {"": ""}
    settled: set[str] = set()
    for key in new:
        way = []
        while key and key not in settled:
            way.append(key)
            settled.add(key)
            key = _above(key, there, parents, nearest)  # noqa: PLW2901  Up to one that is settled
        for one in reversed(way):
            coming = new.get(one)
            above = there.get(_above(one, there, parents, nearest))
            if coming is None or above is None:
                continue
            coming.answers = above
            if isinstance(above, Here):
                coming.top, coming.depth = above, 0
            else:
                coming.top, coming.depth = above.top or above, above.depth + 1


def _above(key: str, there: Mapping[str, object], parents: Mapping[str, str], nearest: dict[str, str]) -> str:
    """Return the next one above that is there, past those that are not; none if there is none."""
    way = []
    above = parents.get(key, "")
    while above not in nearest and above not in there:
        way.append(above)
        above = parents.get(above, "")
    above = above if above in there else nearest[above]
    nearest.update(dict.fromkeys(way, above))
    return above


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
