"""The one door for the state of a comment that is there, and what always follows when it changes."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from accounts.commenting import telling
from accounts.commenting.placing import place
from accounts.models import Comment
from blog.editorial.refusals import MoveNotAllowedError
from blog.editorial.upkeep.discussion import set_comment_count
from blog.models import Post

State = Comment.State


def move(comment: Comment, origins: Collection[State], target: State, *, at: dt.datetime, **fields: Any) -> State:
    """Change the state of a comment, and fields that go with it; return the state before.

    To be called in the transaction of what decides it, in this order: changes the row by a conditional update, so that
    of two at once one wins (MoveNotAllowedError for the other); takes out of the letters of the day that are still to
    come that it waits, or that it is there; and counts the piece's comments where readers see one more or one less.
    """
    before = State(Comment.objects.values_list("state", flat=True).get(pk=comment.pk))
    changed = {"state": target, **fields}
    if before not in origins or not Comment.objects.filter(pk=comment.pk, state=before).update(**changed):
        comment.refresh_from_db(fields=["state"])
        raise MoveNotAllowedError(
            _("Somebody was quicker: this comment is now “{state}”. Nothing was changed.").format(
                state=State(comment.state).label
            )
        )
    for name, value in changed.items():
        setattr(comment, name, value)
    if before == State.HELD:
        telling.wait_is_over(comment, at=at)
    if before == State.APPROVED:
        telling.not_shown_any_more(comment, at=at)
    if State.APPROVED in {before, target}:
        count_comments(comment.post_id, at=at)
    return before


def count_comments(post_id: int, *, at: dt.datetime) -> None:
    """Write down how many comments readers see under a piece, in the transaction that changed that.

    New ones get their page, and the pages that show them or their number are out of date.
    """
    # Locked first: of two at once, each would count without the other's, and the number would stay too low
    Post.objects.select_for_update(of=("self",)).only("pk").get(pk=post_id)
    pages = place(post_id)
    count = Comment.objects.public().filter(post_id=post_id).count()
    set_comment_count(post_id=post_id, count=count, pages=pages, at=at)
