"""What editors decide about comments and about those who write them."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.letter_words import OUTCOMES
from accounts.commenting.permissions import is_moderator, require_moderator, require_moderator_of
from accounts.commenting.posting import count_comments
from accounts.models import Comment, CommentDecision, User
from blog.editorial.letters.choices import HowOften, choice_of
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.prose import clean_text

State = Comment.State
Kind = CommentDecision.Kind
MAX_REASON = 1000
MAX_BLOCK_REASON = 500


def approve(*, comment: Comment, by: User, at: dt.datetime) -> CommentDecision:
    """Show a comment to readers: one that waits, or one that was taken down.

    In one transaction: changes the state, if nobody was quicker (MoveNotAllowedError), writes down who decided,
    counts the piece's comments, and writes to the commenter.
    """
    require_moderator_of(by, comment.post)
    with transaction.atomic():
        _change(comment, {State.HELD, State.HIDDEN}, State.APPROVED)
        decision = CommentDecision.objects.create(comment=comment, kind=Kind.APPROVE, by=by, at=at)
        count_comments(comment.post_id, at=at)
        telling.wait_is_over(comment, at=at)
        telling.tell_writers(comment, at=at)
        _tell_commenter("comment_approved", comment, by=by, at=at)
    return decision


def hide(*, comment: Comment, reason: str, by: User, at: dt.datetime) -> CommentDecision:
    """Keep a comment from readers, or take it down. The commenter reads the reason.

    In one transaction: changes the state, if nobody was quicker (MoveNotAllowedError), writes down who decided and
    why (IncompleteError without a reason), counts the piece's comments, and writes to the commenter.
    """
    require_moderator_of(by, comment.post)
    reason = _clean_reason(reason, most=MAX_REASON)
    with transaction.atomic():
        before = _change(comment, {State.HELD, State.APPROVED}, State.HIDDEN)
        decision = CommentDecision.objects.create(comment=comment, kind=Kind.HIDE, by=by, at=at, reason=reason)
        telling.wait_is_over(comment, at=at)
        if before == State.APPROVED:
            count_comments(comment.post_id, at=at)
            telling.not_shown_any_more(comment, at=at)
        letter = "comment_not_approved" if before == State.HELD else "comment_taken_down"
        _tell_commenter(letter, comment, by=by, at=at, reason=reason)
    return decision


def block(*, user: User, reason: str, by: User, at: dt.datetime) -> None:
    """Stop an account from commenting. What it wrote stays as it is; it sees the reason when it tries.

    Raises IncompleteError without a reason, EditorialRefusal for a moderator's account or one's own, and
    MoveNotAllowedError if it is blocked already.
    """
    require_moderator(by)
    reason = _clean_reason(reason, most=MAX_BLOCK_REASON)
    if user.pk == by.pk:
        raise EditorialRefusal(_("You can’t block your own account."))
    if is_moderator(user):
        raise EditorialRefusal(_("This account moderates comments itself, so it can’t be blocked."))
    changed = User.objects.filter(pk=user.pk, blocked_at__isnull=True).update(
        blocked_at=at, blocked_reason=reason, blocked_by=by
    )
    if not changed:
        raise MoveNotAllowedError(_("This account is blocked already."))
    user.refresh_from_db()


def unblock(*, user: User, by: User, at: dt.datetime) -> None:
    """Let an account comment again. Raises MoveNotAllowedError if it is not blocked."""
    require_moderator(by)
    changed = User.objects.filter(pk=user.pk, blocked_at__isnull=False).update(
        blocked_at=None, blocked_reason="", blocked_by=None
    )
    if not changed:
        raise MoveNotAllowedError(_("This account is not blocked."))
    user.refresh_from_db()


def _change(comment: Comment, origins: set[State], target: State) -> State:
    """Change the state by a conditional update, and return the one before. Of two at once, one wins."""
    before = State(Comment.objects.values_list("state", flat=True).get(pk=comment.pk))
    if before not in origins or not Comment.objects.filter(pk=comment.pk, state=before).update(state=target):
        comment.refresh_from_db(fields=["state"])
        raise MoveNotAllowedError(
            _("Somebody was quicker: this comment is now “{state}”. Nothing was changed.").format(
                state=State(comment.state).label
            )
        )
    comment.state = target
    return before


def _clean_reason(reason: str, *, most: int) -> str:
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write the reason; the commenter reads it.")})
    if len(reason) > most:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=most)})
    return reason


def _tell_commenter(kind: str, comment: Comment, *, by: User, at: dt.datetime, reason: str = "") -> None:
    if comment.user_id == by.pk or not comment.user.is_active:
        return
    if choice_of(comment.user, OUTCOMES) == HowOften.NEVER:
        return
    write_letter(
        f"to_reader/{kind}",
        to_address=comment.user.email,
        to_name=comment.public_name,
        to_user=comment.user,
        post=comment.post,
        at=at,
        comment=comment,
        reason=reason,
    )
