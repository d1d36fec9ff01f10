"""What the writer of a comment can still do with it: change it for a while, and take it away at any time."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.moves import move
from accounts.commenting.posting import CommentsClosedError, clean, require_commenter
from accounts.commenting.reporting import close_reports
from accounts.commenting.screening import verdict
from accounts.models import Comment, CommentEdit, Report, User
from blog import keys
from blog.editorial.refusals import EditorialRefusal, MoveNotAllowedError
from blog.editorial.upkeep.purges import mark
from blog.models import Post

State = Comment.State
EDITED_WITHIN = dt.timedelta(minutes=15)
MOST_EDITS = 20  # Each is kept, and renews pages
FORGOTTEN_AFTER = dt.timedelta(days=30)
CAN_BE_EDITED = {State.APPROVED, State.HELD}
CAN_BE_TAKEN_AWAY = {State.APPROVED, State.HELD, State.HIDDEN}


class TooLateError(EditorialRefusal):
    """The time in which a comment can be changed is over."""


class EditedMeanwhileError(EditorialRefusal):
    """The comment was changed since its writer began to change it."""


def can_edit(comment: Comment, *, at: dt.datetime) -> bool:
    """Whether the writer of a comment can still change it."""
    return comment.state in CAN_BE_EDITED and at < comment.written_at + EDITED_WITHIN


def can_take_away(comment: Comment) -> bool:
    """Whether the writer of a comment can take it away."""
    return comment.state in CAN_BE_TAKEN_AWAY


def edit(*, comment: Comment, text: str, seen: int, by: User, at: dt.datetime) -> Comment:
    """Change one's own comment within fifteen minutes. `seen` is how often it had been changed when one began to.

    In this order, in one transaction: locks the account's row and the comment's, so that of two at once one wins
    (EditedMeanwhileError for the other); checks that it is one's own (PermissionDenied), that it can still be changed
    (TooLateError, MoveNotAllowedError), that readers see the piece (CommentsClosedError), that the account may comment
    (MayNotCommentError), and the text (IncompleteError); keeps the earlier text; writes the new one and when; asks
    `screening.verdict` again. What it holds is taken from readers and waits for an editor; one that waits keeps
    waiting. The pages that show it are renewed. A text that is no other changes nothing.

    A discussion that has closed meanwhile takes nothing from the fifteen minutes.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        row = _own(comment, user)
        _require_editable(row, at)
        require_commenter(user, at)
        text = clean(text)
        if row.edits.count() != seen:
            raise EditedMeanwhileError(
                _("You changed this comment somewhere else meanwhile. Your text is below, not saved yet.")
            )
        if text == row.text:
            return row
        if seen >= MOST_EDITS:
            raise TooLateError(_("You have changed this comment many times. It stays as it is, or you take it away."))
        CommentEdit.objects.create(comment=row, text=row.text, at=at)
        row.text, row.edited_at = text, at
        was_public = row.state == State.APPROVED
        found = verdict(user=user, author=row.author, text=text, post=row.post, at=at)
        row.save(update_fields=["text", "edited_at"])
        if was_public and found.state == State.APPROVED:
            mark(keys.discussion(row.post_id), keys.COMMENTS, at=at)
        elif was_public:
            move(row, {State.APPROVED}, found.state, at=at, held_because=found.reasons)
            telling.tell_moderators(row, at=at)
    return row


def take_away(*, comment: Comment, by: User, at: dt.datetime) -> Comment:
    """Take one's own comment away, for good: no editor can bring it back.

    In one transaction: locks the row; checks that it is one's own (PermissionDenied) and not gone already
    (MoveNotAllowedError); changes the state, with what always follows (`moves.move`); and closes the reports of it.
    Where others answered it, a sentence stays in its place. Those who moderate can read its text for thirty days.
    """
    with transaction.atomic():
        row = _own(comment, by)
        if row.state == State.DELETED:
            raise MoveNotAllowedError(_("You have taken this comment away already."))
        if row.state not in CAN_BE_TAKEN_AWAY:
            raise MoveNotAllowedError(_("The editors look after this comment. Write to them if you want it gone."))
        move(row, CAN_BE_TAKEN_AWAY, State.DELETED, at=at, deleted_at=at)
        close_reports(comment=row, outcome=Report.Outcome.GONE, at=at)
    return row


def forget_deleted(*, at: dt.datetime, most: int = 500) -> int:
    """Empty the texts of comments that their writers took away thirty days ago, at most so many; return how many."""
    due = Comment.objects.filter(state=State.DELETED, deleted_at__lte=at - FORGOTTEN_AFTER).exclude(text="")
    pks = list(due.order_by().values_list("pk", flat=True)[:most])
    if pks:
        with transaction.atomic():
            CommentEdit.objects.filter(comment__in=pks).delete()
            Comment.objects.filter(pk__in=pks, state=State.DELETED).update(text="")
    return len(pks)


def _own(comment: Comment, user: User) -> Comment:
    row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.user_id != user.pk:
        raise PermissionDenied(_("This is somebody else’s comment."))
    return row


def _require_editable(row: Comment, at: dt.datetime) -> None:
    if row.state not in CAN_BE_EDITED:
        raise MoveNotAllowedError(
            _("This comment is “{state}” and can’t be changed.").format(state=State(row.state).label)
        )
    if at >= row.written_at + EDITED_WITHIN:
        raise TooLateError(
            _("A comment can be changed for fifteen minutes, and these are over. You can still take it away.")
        )
    if not Post.objects.visible_at(at).filter(pk=row.post_id).exists():
        raise CommentsClosedError(_("Readers can’t see this piece now, so its comments stay as they are."))
