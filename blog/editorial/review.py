"""Reviewing a submission: ask for changes, decline, accept into proof, hand over."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.editorial import drafting
from blog.editorial.invitations import take_back_unanswered
from blog.editorial.letters.writing import tell_editors, tell_writers, write_letter
from blog.editorial.moves import move
from blog.editorial.noting.noted import for_letter
from blog.editorial.particulars import is_part_taken
from blog.editorial.permissions import is_editor, is_writer_of, require_editor_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Move, Post, Revision
from blog.states import MoveKind

if TYPE_CHECKING:
    from accounts.models import User


def ask_for_changes(*, post: Post, reason: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Give a submission back with the reason, which the writers read on their piece and in a letter."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.ASK_FOR_CHANGES, by=by, at=at, reason=reason, seen=seen)
        tell_writers(
            "changes_requested", post=post, by=by, at=at, move=made, reason=made.reason, open_notes=for_letter(post)
        )
    return made


def decline(*, post: Post, reason: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Decline a submission, with the reason; the writers get a letter. The piece can be reopened."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.DECLINE, by=by, at=at, reason=reason, seen=seen)
        tell_writers("declined", post=post, by=by, at=at, move=made, reason=made.reason)
    return made


def accept(*, post: Post, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Accept a submission into proof; every name on the byline is asked by letter to sign it off, by a day."""
    due = timezone.localdate(at) + dt.timedelta(days=settings.PROOF_DAYS)
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.ACCEPT, by=by, at=at, seen=seen, proof_due_date=due)
        drafting.require_complete(post)
        tell_writers("proof", post=post, by=by, at=at, move=made, open_notes=for_letter(post))
    return made


def withdraw(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Withdraw a piece before publication.

    In one transaction: moves it, takes back the invitations that nobody has answered, and writes to the other side.
    """
    with transaction.atomic():
        is_own = is_writer_of(by, post)
        made = move(post=post, kind=MoveKind.WITHDRAW, by=by, at=at, reason=reason)
        take_back_unanswered(post=post, at=at)
        if is_own:
            tell_editors("withdrawn", post=post, by=by, at=at, reason=made.reason)
        tell_writers("withdrawn", post=post, by=by, at=at, move=None if is_own else made, reason=made.reason)
    return made


def reopen(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Open a withdrawn or declined piece again; it is the writer's turn, and they get a letter.

    Refused while another piece has taken its part in the series (EditorialRefusal).
    """
    with transaction.atomic():
        if is_part_taken(series=post.series, part_number=post.part_number, by_other_than=post):
            raise EditorialRefusal(_("Another piece is this part of the series now. Change the part first."))
        made = move(post=post, kind=MoveKind.REOPEN, by=by, at=at, reason=reason)
        tell_writers("reopened", post=post, by=by, at=at, move=made, reason=made.reason)
    return made


def hand_over(*, post: Post, to: "User", by: "User", at: dt.datetime) -> None:
    """Let another editor look after the piece; they get a letter unless they took it themselves."""
    require_editor_of(by, post)
    if not is_editor(to):
        raise IncompleteError({"to": _("Only an editor can look after a piece.")})
    with transaction.atomic():
        if not Post.objects.filter(pk=post.pk).exclude(editor=to).update(editor=to):
            return
        post.refresh_from_db()
        if to.pk != by.pk:
            write_letter(
                "to_editor/handed_over",
                to_address=to.email,
                to_name=to.display_name,
                to_user=to,
                post=post,
                at=at,
                by_name=by.display_name,
            )


def text_of_last_round(*, post: Post) -> Revision | None:
    """Return the text as it was when the writer last sent it before this time, to compare with; None in round one."""
    moves = post.moves.filter(kind=MoveKind.SUBMIT, revision__isnull=False).select_related("revision")
    sent = list(moves.order_by("-at", "-pk")[:2])
    return sent[1].revision if len(sent) > 1 else None


def text_as_sent(*, post: Post) -> Revision | None:
    """Return the text as the writer last sent it: the writer's own version, beside the editor's."""
    sent = post.moves.filter(kind=MoveKind.SUBMIT).select_related("revision").order_by("-at", "-pk").first()
    return sent.revision if sent else None
