"""Taking a decision back before its letter has gone out: nobody has been told, so nothing is untold."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.moves import decision_to_take_back, move
from blog.editorial.permissions import require_move
from blog.editorial.refusals import MoveNotAllowedError
from blog.models import Letter, LetterAct, Move, Post
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


def reconsider(*, post: Post, by: "User", at: dt.datetime) -> Move:
    """Take the last decision about a piece back: it is with the editors again, as if it had not been made.

    In one transaction: locks the piece, checks that the decision can still be taken back (MoveNotAllowedError: a
    letter has gone out, or somebody has signed off or written since), moves the piece, with the day since when it has
    waited as it was, and cancels the decision's letters. The history keeps both. Nobody gets a letter: nobody was told.
    """
    require_move(by, post, MoveKind.RECONSIDER)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        # Locked before they are looked at: one that a worker is just sending can't be called back
        last = row.moves.order_by("-at", "-pk").first()
        letters = Letter.objects.select_for_update(of=("self",)).filter(move=last) if last else Letter.objects.none()
        keys = [letter.pk for letter in letters if letter.status != Letter.Status.CANCELLED]
        decision = decision_to_take_back(row, at)
        if decision is None:
            raise MoveNotAllowedError(_("Too late: the writers know of this decision. Nothing was changed."))
        Letter.objects.filter(pk__in=keys).update(status=Letter.Status.CANCELLED)
        LetterAct.objects.bulk_create(
            LetterAct(letter_id=key, kind=LetterAct.Kind.CANCEL, by=by, at=at) for key in keys
        )
        sent = post.moves.filter(to_state=State.SUBMITTED).exclude(kind=MoveKind.RECONSIDER).order_by("-at", "-pk")
        since = sent.values_list("at", flat=True).first()
        return move(post=post, kind=MoveKind.RECONSIDER, by=by, at=at, state_since=since or at, proof_due_date=None)
