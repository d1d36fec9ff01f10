"""The one door: the only place that writes `Post.state`."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.permissions import may_make, require_move
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError, TextHasChangedError
from blog.models import Letter, LetterAct, Move, Post, Revision
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
            changes.setdefault("state_since", at)
        # The condition repeats what the lock promises, for databases that have no row locks
        if not Post.objects.filter(pk=row.pk, state=origin).update(**changes):
            raise MoveNotAllowedError(refusal(origin))
        post.refresh_from_db()
        _overtake_letters(post, at)
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
    if MOVES[kind].is_consequence:
        return False
    if kind is MoveKind.RECONSIDER:
        return decision_to_take_back(post, at) is not None
    if kind is MoveKind.FINISH:
        return not post.is_guest_piece
    if kind in {MoveKind.UNSCHEDULE, MoveKind.RESCHEDULE}:
        return post.published_at is not None and post.published_at > at
    if kind is MoveKind.CORRECT:
        return post.is_visible_at(at) and post.working_id != post.live_id
    return True


# Letters that say whose turn it is: with the next move they are no longer true, and not to be sent any more
OF_TURNS = ["changes_requested", "declined", "proof", "taken_back_for_editing", "reopened", "withdrawn"]
TAKEN_BACK = {
    State.CHANGES_REQUESTED: MoveKind.ASK_FOR_CHANGES,
    State.DECLINED: MoveKind.DECLINE,
    State.IN_PROOF: MoveKind.ACCEPT,
}


def _overtake_letters(post: Post, at: dt.datetime) -> None:
    """Cancel what still waits of the letters about the turn before: three letters for one text help nobody."""
    waiting = Letter.objects.filter(
        post=post,
        move__isnull=False,
        kind__in=[f"to_writer/{kind}" for kind in OF_TURNS],
        status__in=[Letter.Status.WAITING, Letter.Status.HELD],
        claimed_until__isnull=True,
    )
    if keys := list(waiting.values_list("pk", flat=True)):
        waiting.filter(pk__in=keys).update(status=Letter.Status.CANCELLED)
        overtaken = LetterAct.Kind.OVERTAKE
        LetterAct.objects.bulk_create(LetterAct(letter_id=key, kind=overtaken, at=at) for key in keys)


def decision_to_take_back(post: Post, at: dt.datetime) -> Move | None:
    """Return the decision that brought a piece where it is, while nobody has been told of it or acted on it."""
    kind = TAKEN_BACK.get(State(post.state))
    made = post.moves.select_related("by").order_by("-at", "-pk").first() if kind else None
    if made is None or made.kind != kind or made.revision_id != post.working_id:
        return None
    letters = list(made.letters.all())
    if any(
        one.claimed_until or one.status not in {Letter.Status.WAITING, Letter.Status.HELD, Letter.Status.CANCELLED}
        for one in letters
    ):
        return None
    is_young = at < made.at + dt.timedelta(minutes=settings.LETTER_MINUTES)
    if not is_young and not any(one.status != Letter.Status.CANCELLED for one in letters):
        return None
    if post.sign_offs.filter(at__gte=made.at, revision=post.working_id).exists():
        return None
    # Words since then may be about it: it could be read at the desk, and a message's letter goes out at once
    has_words = post.messages.filter(at__gte=made.at).exists()
    return None if has_words or post.notes.filter(is_by_writer=True, at__gte=made.at).exists() else made


def refusal(state: State) -> str:
    """Return the sentence that tells somebody why a move can't be made."""
    return _("This can’t be done any more: the piece is now “{state}”. Nothing was changed.").format(state=state.label)
