"""What readers and commenters see of a discussion, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import Comment, CommentDecision, User
from blog.editorial.letters import editors
from blog.models import Post

MOST_OWN = 200


@dataclass
class Entry:
    """A comment in a thread, with its replies. `is_gap` stands for one that was taken down but has replies."""

    comment: Comment
    is_gap: bool = False
    is_editor: bool = False
    replies: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True)
class Discussion:
    """The comments that readers see under a piece."""

    count: int
    threads: list[Entry]


@dataclass(frozen=True)
class OwnComment:
    """A comment as its writer sees it, whatever its state."""

    comment: Comment
    reason: str


def discussion_of(post: Post) -> Discussion:
    """Return the public comments of a piece as threads one level deep, oldest first. Two queries, however many."""
    public = Comment.objects.public().filter(post=post).select_related("user", "author", "parent")
    rows = list(public.order_by("written_at", "pk"))
    editing = {editor.pk for editor in editors()}
    threads: dict[int, Entry] = {}
    for row in rows:
        # Under a byline's name nothing else may be said about the account
        entry = Entry(row, is_editor=row.user_id in editing and row.author_id is None)
        if row.parent is None:
            threads[row.pk] = entry
            continue
        top = threads.get(row.parent.pk) or threads.setdefault(row.parent.pk, Entry(row.parent, is_gap=True))
        top.replies.append(entry)
    ordered = sorted(threads.values(), key=lambda entry: (entry.comment.written_at, entry.comment.pk))
    return Discussion(count=len(rows), threads=ordered)


def latest_comments(moment: dt.datetime, most: int = 5) -> list[Comment]:
    """Return the newest public comments on pieces that readers see. One query."""
    visible = Post.objects.visible_at(moment)
    comments = Comment.objects.public().filter(post__in=visible).for_lists()
    return list(comments.order_by("-written_at", "-pk")[:most])


def own_comments(user: User, post: Post | None = None) -> list[OwnComment]:
    """Return an account's comments, newest first, with the reasons of those taken down. Two queries."""
    comments = Comment.objects.filter(user=user).for_lists()
    if post:
        comments = comments.filter(post=post)
    rows = list(comments.order_by("-written_at", "-pk")[:MOST_OWN])
    hidden = [row.pk for row in rows if row.state == Comment.State.HIDDEN]
    # In the order of the log, so that the last decision stays
    reasons = dict(
        CommentDecision.objects.filter(comment__in=hidden, kind=CommentDecision.Kind.HIDE).values_list(
            "comment_id", "reason"
        )
    )
    return [OwnComment(row, reasons.get(row.pk, "")) for row in rows]
