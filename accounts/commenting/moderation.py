"""What editors decide about comments. Keeping accounts from commenting is in `blocking`."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.letter_words import OUTCOMES
from accounts.commenting.moves import move
from accounts.commenting.permissions import require_moderator_of
from accounts.commenting.reporting import close_reports
from accounts.models import Comment, CommentDecision, Report, User
from blog.editorial.letters.choices import HowOften, choice_of
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.prose import clean_text

State = Comment.State
Kind = CommentDecision.Kind
Outcome = Report.Outcome
MAX_REASON = 1000


def approve(
    *, comment: Comment, by: User, at: dt.datetime, to_reporters: str = "", seen: int | None = None
) -> CommentDecision:
    """Show a comment to readers: one that waits, or one that was taken down or marked as spam.

    `seen` is how often its writer had changed it when the editor read it: of a later text, which nobody has read, it is
    refused (MoveNotAllowedError). In one transaction: changes the state, if nobody was quicker (`moves.move`,
    MoveNotAllowedError), writes down who decided, lets those hear of the comment whom it concerns, writes to the
    commenter, and tells those who reported it that it stays.
    """
    require_moderator_of(by, comment.post)
    to_reporters = _clean_words(to_reporters)
    with transaction.atomic():
        _require_read(comment, seen)
        was = move(comment, {State.HELD, State.HIDDEN, State.SPAM}, State.APPROVED, at=at)
        decision = _write(comment, Kind.APPROVE, was=was, by=by, at=at, to_reporters=to_reporters)
        telling.tell_writers(comment, at=at)
        _tell_commenter("comment_approved", comment, by=by, at=at)
        _close(comment, Outcome.NOT_UPHELD, decision, at=at)
    return decision


def keep(
    *, comment: Comment, by: User, at: dt.datetime, to_reporters: str = "", seen: int | None = None
) -> CommentDecision:
    """Leave a comment that was reported where readers see it; further reports don't hold it by themselves.

    In one transaction: writes down who decided, and tells those who reported it. Raises MoveNotAllowedError if no
    report is open or readers don't see it, and as `approve` for a text that the editor has not read.
    """
    require_moderator_of(by, comment.post)
    to_reporters = _clean_words(to_reporters)
    with transaction.atomic():
        row = _require_read(comment, seen)
        if row.state != State.APPROVED or not row.reports.filter(outcome="").exists():
            raise MoveNotAllowedError(_("Somebody was quicker: no report is open. Nothing was changed."))
        decision = _write(comment, Kind.KEEP, was=State.APPROVED, by=by, at=at, to_reporters=to_reporters)
        _close(comment, Outcome.NOT_UPHELD, decision, at=at)
    return decision


def hide(*, comment: Comment, reason: str, by: User, at: dt.datetime, to_reporters: str = "") -> CommentDecision:
    """Keep a comment from readers, or take it down. The commenter reads the reason.

    IncompleteError without a reason. In one transaction: changes the state, if nobody was quicker (`moves.move`,
    MoveNotAllowedError), writes down who decided and why, writes to the commenter, and tells those who reported it.
    """
    require_moderator_of(by, comment.post)
    reason, to_reporters = _clean_reason(reason), _clean_words(to_reporters)
    with transaction.atomic():
        was = move(comment, {State.HELD, State.APPROVED}, State.HIDDEN, at=at)
        was_public = was == State.APPROVED or comment.decisions.filter(kind=Kind.HOLD).exists()
        decision = _write(comment, Kind.HIDE, was=was, by=by, at=at, reason=reason, to_reporters=to_reporters)
        letter = "comment_taken_down" if was_public else "comment_not_approved"
        _tell_commenter(letter, comment, by=by, at=at, reason=reason)
        _close(comment, Outcome.UPHELD, decision, at=at)
    return decision


def mark_as_spam(*, comment: Comment, by: User, at: dt.datetime, to_reporters: str = "") -> CommentDecision:
    """Take a comment out of sight as spam. Its writer gets no letter, for that would tell a machine what to change.

    In one transaction: changes the state, if nobody was quicker (`moves.move`, MoveNotAllowedError), writes down who
    decided, and tells those who reported it.
    """
    require_moderator_of(by, comment.post)
    to_reporters = _clean_words(to_reporters)
    with transaction.atomic():
        was = move(comment, {State.HELD, State.APPROVED, State.HIDDEN}, State.SPAM, at=at)
        decision = _write(comment, Kind.SPAM, was=was, by=by, at=at, to_reporters=to_reporters)
        _close(comment, Outcome.UPHELD, decision, at=at)
    return decision


def _require_read(comment: Comment, seen: int | None) -> Comment:
    """Lock a comment, against a change by its writer in the same moment; raise MoveNotAllowedError for a later text."""
    row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if seen is not None and row.edits.count() != seen:
        raise MoveNotAllowedError(_("Its writer has changed this comment meanwhile. Read it again, then decide."))
    return row


def _write(
    comment: Comment,
    kind: Kind,
    *,
    was: State,
    by: User,
    at: dt.datetime,
    reason: str = "",
    to_reporters: str = "",
) -> CommentDecision:
    return CommentDecision.objects.create(
        comment=comment, kind=kind, was=was, by=by, at=at, reason=reason, to_reporters=to_reporters
    )


def _close(comment: Comment, outcome: Outcome, decision: CommentDecision, *, at: dt.datetime) -> None:
    close_reports(comment=comment, outcome=outcome, decision=decision, at=at)


def _clean_reason(reason: str) -> str:
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write the reason; the commenter reads it.")})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    return reason


def _clean_words(words: str) -> str:
    words = clean_text(words)
    if len(words) > MAX_REASON:
        raise IncompleteError({"to_reporters": _("Shorten this to {most} characters.").format(most=MAX_REASON)})
    return words


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
