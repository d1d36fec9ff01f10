"""Leaving a comment under a piece."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.moves import count_comments
from accounts.commenting.permissions import has_confirmed_address, stopped
from accounts.commenting.screening import refuse_in_flood, verdict
from accounts.models import Comment, User
from blog.editorial.names.identity import writes_as
from blog.editorial.permissions import is_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.closing import closing_of
from blog.models import Post
from blog.prose import clean_text

MAX_LENGTH = 5000
REPEATED_WITHIN = dt.timedelta(minutes=1)


class CommentsClosedError(EditorialRefusal):
    """The piece takes no comments, or readers don't see it."""


class MayNotCommentError(EditorialRefusal):
    """The account can't comment now: its address is not confirmed, or an editor blocked it."""


def post_comment(*, post: Post, text: str, by: User, at: dt.datetime, parent: Comment | None = None) -> Comment:
    """Leave a comment under a piece, or a reply to one.

    First refuses a newcomer in a heavy flood (TooManyCommentsError), for then even the lock would hold up others. Then,
    in one transaction, in this order: locks the account's row, so that two clicks wait for each other; checks that
    readers see the piece and that it takes comments (CommentsClosedError), that the account may comment
    (MayNotCommentError) and that the text is there and not too long (IncompleteError); returns the first comment if
    this is its repetition within a minute; writes the comment, under the byline's name where the account wrote the
    piece, for readers to see or to wait, as `screening.verdict` says (TooManyCommentsError in a heavy flood); counts
    the piece's public comments; and lets those hear of it whom it concerns, or those who moderate (`telling`).

    A reply to a reply is attached to the comment at the top, and remembers which one it answers.
    """
    refuse_in_flood(user=by, post=post, at=at)
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        _require_open(post, at)
        require_commenter(user, at)
        text = clean(text)
        top, answered = _place_in_thread(parent, post)
        same = Comment.objects.filter(user=user, post=post, parent=top, replied_to=answered, text=text)
        repeated = same.filter(written_at__gt=at - REPEATED_WITHIN).exclude(state=Comment.State.DELETED).first()
        if repeated:
            return repeated
        author = writes_as(user, post)
        found = verdict(user=user, author=author, text=text, post=post, at=at)
        comment = Comment.objects.create(
            post=post,
            parent=top,
            replied_to=answered,
            user=user,
            author=author,
            is_by_editor=author is None and is_editor(user),
            text=text,
            state=found.state,
            held_because=found.reasons,
            written_at=at,
        )
        if found.state == Comment.State.APPROVED:
            count_comments(post.pk, at=at)
            telling.tell_writers(comment, at=at)
        else:
            telling.tell_moderators(comment, at=at)
    # With its page, by which its permalink goes
    comment.refresh_from_db(fields=["page"])
    return comment


def require_commenter(user: User, at: dt.datetime) -> None:
    """Raise MayNotCommentError, with the sentence for the page, unless the account may comment at that moment."""
    if sentence := stopped(user, at):
        raise MayNotCommentError(sentence)
    if not has_confirmed_address(user):
        raise MayNotCommentError(_("Confirm your mail address before you comment."))


def _require_open(post: Post, at: dt.datetime) -> None:
    row = Post.objects.visible_at(at).filter(pk=post.pk).select_related("category").first()
    if row is None:
        raise CommentsClosedError(_("Readers can’t see this piece now, so it takes no comments."))
    closing = closing_of(row, moment=at)
    if closing.is_closed and closing.at:
        day = date_format(timezone.localdate(closing.at), "j F Y")
        raise CommentsClosedError(_("Comments on this piece closed on {day}.").format(day=day))
    if closing.is_closed:
        raise CommentsClosedError(_("Comments on this piece are closed."))


def clean(text: str) -> str:
    """Return the text of a comment as it is kept; raise IncompleteError if nothing is left of it, or too much."""
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


def _place_in_thread(parent: Comment | None, post: Post) -> tuple[Comment | None, Comment | None]:
    """Return the comment at the top that a reply stands under, and the reply that it answers, if it answers one."""
    if parent is None:
        return None, None
    row = Comment.objects.public().filter(pk=parent.pk, post=post).select_related("parent").first()
    if row is None:
        raise CommentsClosedError(_("The comment that you reply to is no longer there."))
    return (row.parent, row) if row.parent else (row, None)
