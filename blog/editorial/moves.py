"""The one door: the only place that writes `Post.state`."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.permissions import may_make, require_move
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError, TextHasChangedError
from blog.models import Move, Post, Revision
from blog.prose import clean_text
from blog.states import MOVES, MoveKind, State, moves_from

if TYPE_CHECKING:
    from accounts.models import User

MAX_REASON = 4000


def move(
    *,
    post: Post,
    kind: MoveKind,
    by: "User",
    at: dt.datetime,
    reason: str = "",
    seen: int | None = None,
    **fields: Any,
) -> Move:
    """Move a piece, if the table allows it from the state that the database has now.

    In this order: checks who may (PermissionDenied), locks the row, checks that the text is still the one that was
    looked at (`seen`, a revision's key; TextHasChangedError), the state (MoveNotAllowedError) and the reason
    (IncompleteError), writes the state with `fields`, and adds the row of history. `post` is brought up to date.
    Of two at once, one wins and the other is told.
    """
    rule = MOVES[kind]
    require_move(by, post, kind)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        origin = State(row.state)
        if origin not in rule.origins:
            raise MoveNotAllowedError(refusal(origin))
        if seen is not None and seen != row.working_id:
            raise TextHasChangedError
        reason = clean_text(reason)
        if rule.needs_reason and not reason:
            raise IncompleteError({"reason": _("Write the reason; the other side reads it.")})
        if len(reason) > MAX_REASON:
            raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
        changes = {"state": rule.target, **fields}
        if rule.target != origin:
            changes["state_since"] = at
        # The condition repeats what the lock promises, for databases that have no row locks
        if not Post.objects.filter(pk=row.pk, state=origin).update(**changes):
            raise MoveNotAllowedError(refusal(origin))
        post.refresh_from_db()
        return record(post=post, kind=kind, by=by, at=at, origin=origin, reason=reason, revision=post.working)


def record(
    *,
    post: Post,
    kind: MoveKind,
    by: "User",
    at: dt.datetime,
    origin: State | None = None,
    reason: str = "",
    revision: Revision | None = None,
) -> Move:
    """Add a row to the history of a piece."""
    return Move.objects.create(
        post=post,
        kind=kind,
        from_state=origin or "",
        to_state=post.state,
        by=by,
        at=at,
        reason=reason,
        revision=revision,
    )


def allowed_moves(*, post: Post, by: "User", at: dt.datetime) -> list[MoveKind]:
    """Return the moves that this account can make on this piece now, in the order of the table."""
    return [kind for kind in moves_from(State(post.state)) if may_make(by, post, kind) and _makes_sense(post, kind, at)]


def _makes_sense(post: Post, kind: MoveKind, at: dt.datetime) -> bool:
    """Whether facts beside the state allow the move; the functions of each stage refuse it otherwise."""
    if kind is MoveKind.FINISH:
        return not post.is_guest_piece
    if kind is MoveKind.UNSCHEDULE:
        return post.published_at is not None and post.published_at > at
    if kind is MoveKind.CORRECT:
        return post.is_visible_at(at) and post.working_id != post.live_id
    return True


def refusal(state: State) -> str:
    """Return the sentence that tells somebody why a move can't be made."""
    return _("This can’t be done any more: the piece is now “{state}”. Nothing was changed.").format(state=state.label)
