"""Pieces that came before and have changed over there since: ours follow, unless somebody has changed them here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Max

from blog.editorial.arriving import pieces, texts
from blog.editorial.arriving.pieces import ArrivingPiece
from blog.models import Arrival, Move, Post, Revision
from blog.states import MoveKind, State

BATCH = 200


@dataclass
class Renewed:
    """What became of pieces that had changed, by their keys over there."""

    followed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)  # What changed is nothing that is kept here
    kept: list[str] = field(default_factory=list)  # Changed here as well, so ours stays


def renew(*, arrivals: Mapping[str, Arrival], changed: Sequence[ArrivingPiece], at: dt.datetime) -> Renewed:
    """Give pieces the text that they have over there now, in the caller's transaction.

    Only where the text here is still the one that came last: else ours stays. A draft that has come out over there
    comes out here, if nobody has moved it. Adds a revision and a move for each; lists, search and pages follow.
    """
    result = Renewed()
    if not changed:
        return result
    rows = pieces.lock(arrivals[one.key].target for one in changed)
    came = _last_arrivals(rows)
    numbers = dict(
        Revision.objects.filter(post__in=rows).order_by().values_list("post").annotate(highest=Max("number"))
    )
    following = list[tuple[Post, ArrivingPiece]]()
    for one in changed:
        post = rows.get(arrivals[one.key].target)
        move = came.get(post.pk) if post else None
        if post is None or move is None or not _is_untouched(post, move):
            result.kept.append(one.key)
            continue
        wanted = _as_it_can_be(post, one)
        if wanted.state == post.state and _is_same_text(post, wanted):
            result.same.append(one.key)
            continue
        result.followed.append(one.key)
        following.append((post, wanted))
    _follow(following, numbers, at=at)
    return result


def digest(arrivals: Sequence[Arrival]) -> None:
    """Write down the new digests of what had changed."""
    Arrival.objects.bulk_update(arrivals, ["digest"], batch_size=BATCH)


def _last_arrivals(rows: Mapping[int, Post]) -> dict[int, Move]:
    """Return the last move of each piece with which it, or its text, came from the archive."""
    moves = Move.objects.filter(post__in=list(rows), kind=MoveKind.BRING_IN).order_by("at", "pk")
    return {move.post_id: move for move in moves}


def _is_untouched(post: Post, move: Move) -> bool:
    """Whether a piece has the text and the state with which it came."""
    is_live = post.live_id in {None, move.revision_id}
    return post.working_id == move.revision_id and is_live and post.state == move.to_state


def _as_it_can_be(post: Post, one: ArrivingPiece) -> ArrivingPiece:
    """Return what a piece becomes: what is out stays out, under the date and the address that it has."""
    if post.state == State.PUBLISHED:
        return replace(one, state=State.PUBLISHED, published_at=post.published_at)
    return one


def _is_same_text(post: Post, one: ArrivingPiece) -> bool:
    return post.working is not None and texts.as_revision(one.text).hash_of_content() == post.working.content_hash


def _follow(following: Sequence[tuple[Post, ArrivingPiece]], numbers: Mapping[int, int], *, at: dt.datetime) -> None:
    if not following:
        return
    origins = [post.state for post, _one in following]
    revisions = texts.write([(post, one.text, numbers[post.pk] + 1, post.working_id) for post, one in following], at=at)
    wanted = [(one.slug or one.text.title, not post.slug and one.state == State.PUBLISHED) for post, one in following]
    for (post, one), slug in zip(following, pieces.free_slugs(wanted), strict=True):
        post.slug = post.slug or slug
        if one.state not in {State.PUBLISHED, post.state}:
            post.state, post.state_since = one.state, at
    pieces.publish(((post, one, revision) for (post, one), revision in zip(following, revisions, strict=True)), at=at)
    Move.objects.bulk_create(
        [
            Move(post=post, kind=MoveKind.BRING_IN, from_state=origin, to_state=post.state, at=at, revision=revision)
            for (post, _one), origin, revision in zip(following, origins, revisions, strict=True)
        ],
        batch_size=BATCH,
    )
    pieces.follow_up(following, at=at)
