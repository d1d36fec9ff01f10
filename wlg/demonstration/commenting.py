"""The comments that stand below the texts."""

import datetime as dt

from accounts.commenting import moderation, posting
from accounts.models import Comment, User
from blog.models import Post
from wlg.demonstration.people import BEHIND
from wlg.demonstration.texts import Text

MINUTE = dt.timedelta(minutes=1)


def comment_below(
    text: Text, post: Post, *, users: dict[str, User], published_at: dt.datetime, now: dt.datetime
) -> None:
    """Leave the comments that stand below a text, the first of each newcomer approved by an editor."""
    moment, parent = published_at, None
    for remark in text.remarks:
        moment = min(moment + 100 * MINUTE, now - 5 * MINUTE)
        user = users[BEHIND.get(remark.who, remark.who)]
        comment = posting.post_comment(
            post=post, text=remark.text, by=user, at=moment, parent=parent if remark.is_reply else None
        )
        if comment.state == Comment.State.HELD:
            moderation.approve(comment=comment, by=users["sam-whitlock"], at=moment)
        if not remark.is_reply:
            parent = comment
