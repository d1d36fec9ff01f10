"""Leaving a comment under a piece."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.permissions import has_confirmed_address
from accounts.models import Comment, User
from blog.editorial.names.identity import writes_as
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.discussion import set_comment_count
from blog.models import Post
from blog.prose import clean_text

MAX_LENGTH = 5000
FLOOD_WINDOW = dt.timedelta(minutes=1)
FLOOD_COUNT = 5


class CommentsClosedError(EditorialRefusal):
    """The piece takes no comments, or readers don't see it."""


class MayNotCommentError(EditorialRefusal):
    """The account can't comment now: its address is not confirmed, or an editor blocked it."""


def post_comment(*, post: Post, text: str, by: User, at: dt.datetime, parent: Comment | None = None) -> Comment:
    """Leave a comment under a piece, or a reply to one.

    In this order, in one transaction: locks the account's row, so that two clicks wait for each other; checks that
    readers see the piece and that it takes comments (CommentsClosedError), that the account may comment
    (MayNotCommentError) and that the text is there and not too long (IncompleteError); returns the first comment if
    this is its repetition within a minute; writes the comment, under the byline's name where the account wrote the
    piece; counts the piece's public comments; and lets the writers hear of it, or those who moderate (`telling`).

    A newcomer's first comment waits for an editor, and so does everything after the fifth comment in a minute.
    Editors and the writers of the piece never wait. A reply to a reply is attached to the comment at the top.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        _require_open(post, at)
        require_commenter(user)
        text = _clean(text)
        parent = _top(parent, post)
        repeated = Comment.objects.filter(
            user=user, post=post, parent=parent, text=text, written_at__gt=at - FLOOD_WINDOW
        ).first()
        if repeated:
            return repeated
        author = writes_as(user, post)
        is_by_editor = is_editor(user)
        is_known = author is not None or is_by_editor or _was_approved_before(user, at)
        comment = Comment.objects.create(
            post=post,
            parent=parent,
            user=user,
            author=author,
            is_by_editor=is_by_editor and author is None,
            text=text,
            state=Comment.State.APPROVED if is_known else Comment.State.HELD,
            written_at=at,
        )
        if is_known:
            count_comments(post.pk, at=at)
            telling.tell_writers(comment, at=at)
        else:
            telling.tell_moderators(comment, at=at)
    return comment


def require_commenter(user: User) -> None:
    """Raise MayNotCommentError, with the sentence for the page, unless the account may comment."""
    if user.is_blocked:
        raise MayNotCommentError(
            _("An editor has stopped this account from commenting: {reason}").format(reason=user.blocked_reason)
        )
    if not has_confirmed_address(user):
        raise MayNotCommentError(_("Confirm your mail address before you comment."))


def count_comments(post_id: int, *, at: dt.datetime) -> None:
    """Write down how many comments readers see under a piece, after a change to these."""
    set_comment_count(post_id=post_id, count=Comment.objects.public().filter(post_id=post_id).count(), at=at)


def _require_open(post: Post, at: dt.datetime) -> None:
    row = Post.objects.visible_at(at).filter(pk=post.pk).first()
    if row is None:
        raise CommentsClosedError(_("Readers can’t see this piece now, so it takes no comments."))
    if not row.comments_open:
        raise CommentsClosedError(_("Comments on this piece are closed."))


def _clean(text: str) -> str:
    text = clean_text(text)
    if not text:
        raise IncompleteError({"text": _("Write your comment.")})
    if len(text) > MAX_LENGTH:
        raise IncompleteError(
            {
                "text": _("Shorten your comment to {most} characters. It has {now} now.").format(
                    most=f"{MAX_LENGTH:,}", now=f"{len(text):,}"
                )
            }
        )
    return text


def _top(parent: Comment | None, post: Post) -> Comment | None:
    if parent is None:
        return None
    row = Comment.objects.public().filter(pk=parent.pk, post=post).select_related("parent").first()
    if row is None:
        raise CommentsClosedError(_("The comment that you reply to is no longer there."))
    return row.parent or row


def _was_approved_before(user: User, at: dt.datetime) -> bool:
    own = Comment.objects.filter(user=user)
    is_flooding = own.filter(written_at__gt=at - FLOOD_WINDOW).count() >= FLOOD_COUNT
    # What was approved under a pen name would tell, by a comment elsewhere that did not wait, that both are one account
    return not is_flooding and own.public().exclude(author__is_pen_name=True).exists()
