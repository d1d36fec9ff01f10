"""Pieces of an archive, a chunk at a time: files brought, texts settled, then everything written at once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy

from blog.archive.bringing_in import texts as settling
from blog.archive.bringing_in.digests import Digest
from blog.archive.bringing_in.preparing import base_of, prepare
from blog.archive.bringing_in.run import Run
from blog.archive.discussions import Thread, discussions
from blog.archive.records import Loss, Piece, Weight
from blog.archive.report import Outcome
from blog.editorial.arriving import arrivals, pieces, renewing
from blog.editorial.arriving.pieces import ArrivingPiece
from blog.models import Arrival, ArrivalKind

KEPT_HERE = gettext_lazy("It has changed over there since it came, but it was changed here as well. Ours stays.")
OTHER_PARTICULARS = gettext_lazy(
    "Over there its date, names, topics or address have changed since it came. Here these stay; look at them."
)


@dataclass
class Chunk:
    """Pieces of a chunk, sorted by what becomes of them."""

    new: list[Piece]
    changed: list[Piece]
    same: list[Piece]


def bring_pieces(run: Run, found: Sequence[Piece]) -> None:
    """Bring pieces in, with their comments, all of them or none."""
    known = arrivals.known(run.archive, ArrivalKind.POST, [one.key for one in found])
    digests = {one.key: Digest.of(one) for one in found}
    chunk = _sorted(found, known, digests)
    wanted = [address for one in (*chunk.new, *chunk.changed) for address in _wanted(run, one)]
    run.files.want(wanted)
    ready, losses = dict[str, ArrivingPiece](), list[Loss]()
    taken = pieces.taken_parts(_parts(run, chunk.new))
    for one in (*chunk.new, *chunk.changed):
        prepared = prepare(run, one, taken if one.key not in known else None)
        digests[one.key] = replace(digests[one.key], is_complete=prepared.is_complete)
        ready[one.key] = replace(prepared.piece, digest=digests[one.key].kept())
        losses += prepared.losses
        run.tell()
    with transaction.atomic():
        found_here = pieces.arrive(archive=run.archive, pieces=[ready[one.key] for one in chunk.new], at=run.at)
        renewed = renewing.renew(arrivals=known, changed=[ready[one.key] for one in chunk.changed], at=run.at)
        here = {key: row.target for key, row in known.items()} | found_here
        _remark(run, found, known, digests, here)
        kept = {key for key in renewed.kept if not Digest.read(known[key].digest).has_same_text(digests[key])}
        run.report.add(*losses, *_said(found, known, digests, kept))
        _write_digests(known, digests, renewed.kept)
        _count(run, chunk, renewed, len(kept))
        run.keep()
    run.changed += [here[key] for key in (*found_here, *renewed.followed)]
    run.replies += [(one.key, one.in_reply_to) for one in found if one.in_reply_to]
    run.files.forget()


def _sorted(found: Sequence[Piece], known: dict[str, Arrival], digests: dict[str, Digest]) -> Chunk:
    chunk = Chunk([], [], [])
    for one in found:
        arrival = known.get(one.key)
        if arrival is None:
            chunk.new.append(one)
            continue
        before = Digest.read(arrival.digest)
        is_same = before.is_complete and before.has_same_text(digests[one.key])
        (chunk.same if is_same else chunk.changed).append(one)
    return chunk


def _wanted(run: Run, piece: Piece) -> Iterable[str]:
    """Return the addresses of all files of a piece, the picture that leads it first."""
    base = base_of(run, piece)
    if piece.lead:
        yield run.site.whole(piece.lead)
    yield from settling.wanted(run, piece.introduction, base)
    yield from settling.wanted(run, piece.body, base)


def _parts(run: Run, found: Iterable[Piece]) -> set[tuple[int, int]]:
    series = ((run.topics.get(("series", one.series)), one.part) for one in found if one.series)
    return {(key, part) for key, part in series if key and part}


def _remark(
    run: Run,
    found: Sequence[Piece],
    known: dict[str, Arrival],
    digests: dict[str, Digest],
    here: dict[str, int],
) -> None:
    """Hand the comments of these pieces on, unless nothing about them has changed."""
    threads = [
        Thread(
            post=here[one.key],
            remarks=one.remarks,
            bylines={credit.person: run.people[credit.person] for credit in one.credits if credit.person in run.people},
        )
        for one in found
        if one.remarks and not (one.key in known and _has_same_remarks(known[one.key], digests[one.key]))
    ]
    all_of_them = sum(len(one.remarks) for one in found)
    asked = sum(len(thread.remarks) for thread in threads)
    run.report.count("comment", Outcome.KNOWN, all_of_them - asked)
    if threads:
        brought = discussions().bring_in(archive=run.archive, threads=threads, at=run.at)
        run.report.count("comment", Outcome.NEW, brought.new)
        run.report.count("comment", Outcome.KNOWN, brought.known)
        run.report.add(*brought.losses)


def _has_same_remarks(arrival: Arrival, digest: Digest) -> bool:
    return Digest.read(arrival.digest).remarks == digest.remarks


def _write_digests(known: dict[str, Arrival], digests: dict[str, Digest], kept: Collection[str]) -> None:
    changed = []
    for key, arrival in known.items():
        before, now = Digest.read(arrival.digest), digests[key]
        # What stays as it is here is told every time; what was complete was not looked at again
        if key in kept or (before.has_same_text(now) and before.is_complete):
            now = replace(now, text=before.text, is_complete=before.is_complete)
        if now.kept() != arrival.digest:
            arrival.digest = now.kept()
            changed.append(arrival)
    renewing.digest(changed)


def _said(
    found: Iterable[Piece], known: dict[str, Arrival], digests: dict[str, Digest], kept: Collection[str]
) -> Iterator[Loss]:
    """Give what there is to say of pieces that came before."""
    for one in found:
        if one.key not in known:
            continue
        before, now = Digest.read(known[one.key].digest), digests[one.key]
        if one.key in kept:
            yield Loss("piece", one.title or one.key, str(KEPT_HERE), Weight.CHANGED)
        if before.particulars != now.particulars:
            yield Loss("piece", one.title or one.key, str(OTHER_PARTICULARS), Weight.NOTED)


def _count(run: Run, chunk: Chunk, renewed: renewing.Renewed, kept: int) -> None:
    run.report.count("piece", Outcome.NEW, len(chunk.new))
    run.report.count("piece", Outcome.RENEWED, len(renewed.followed))
    run.report.count("piece", Outcome.KEPT, kept)
    known = len(chunk.same) + len(renewed.same) + len(renewed.kept) - kept
    run.report.count("piece", Outcome.KNOWN, known)
