"""What must never be false of comments and of when they close."""

import datetime as dt

from accounts.models import CommentEdit
from tests.factories import NOW, UserFactory, make_comment, make_published


def _comment(**fields):
    return make_comment(make_published(), UserFactory(), **fields)


def _closed_and_open():
    post = make_published()
    post.comments_closed_at = NOW
    post.save()


FALSE_OF_COMMENTS = {
    "answer_stands_under_a_comment": lambda: _comment(replied_to=_comment()),
    "deleted_comment_says_when": lambda: _comment(state="deleted"),
    "edited_after_written": lambda: _comment(edited_at=NOW - dt.timedelta(seconds=1)),
    "comment_page_counts_from_one": lambda: _comment(page=0),
    "earlier_comment_has_a_text": lambda: CommentEdit.objects.create(comment=_comment(), text="", at=NOW),
    "open_comments_are_not_closed": _closed_and_open,
}
