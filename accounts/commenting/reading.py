"""What readers and commenters see of a discussion, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from accounts.models import Comment, CommentDecision, User
from accounts.models.comments import anchor_of
from blog.models import Post

MOST_OWN = 200


@dataclass
class Entry:
    """A comment as readers see it in a thread, with its replies.

    `name` is empty for one that was taken down but has replies. No row of the database is behind it: a page with
    hundreds of comments would spend most of its time on making them.
    """

    pk: int
    name: str
    text: str
    written_at: dt.datetime
    author_id: int | None = None
    is_editor: bool = False
    replies: list["Entry"] = field(default_factory=list)

    def __post_init__(self) -> None:
        # As texts, for a template would ask of each number how it is written here
        self.key = str(self.pk)
        self.anchor = anchor_of(self.pk)


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
    """Return the public comments of a piece as threads one level deep, oldest first. One query, however many."""
    # Sorted here: an order in the question costs more than these rows do
    public = Comment.objects.public().filter(post=post).order_by()
    rows = public.values_list(
        *("written_at", "pk", "parent_id", "parent__written_at", "author_id", "author__name"),
        *("user__display_name", "text", "is_by_editor"),
    )
    threads: dict[int, Entry] = {}
    count = 0
    for written_at, pk, parent_pk, parent_written_at, author_pk, byline, name, text, is_by_editor in sorted(rows):
        count += 1
        entry = Entry(pk, byline or name, text, written_at, author_pk, is_editor=is_by_editor)
        if parent_pk is None:
            threads[pk] = entry
            continue
        if parent_pk not in threads:
            threads[parent_pk] = Entry(parent_pk, "", "", parent_written_at)
        threads[parent_pk].replies.append(entry)
    ordered = sorted(threads.values(), key=lambda entry: (entry.written_at, entry.pk))
    return Discussion(count=count, threads=ordered)


def latest_comments(moment: dt.datetime, most: int = 5, *, on: Post | None = None) -> list[Comment]:
    """Return the newest public comments on pieces that readers see, or on one of these. One query."""
    # Asked of each comment in turn, from the newest, so that a database need not gather all pieces first
    is_visible = Exists(Post.objects.visible_at(moment).filter(pk=OuterRef("post_id")))
    comments = Comment.objects.public().filter(is_visible).for_lists()
    if on:
        comments = comments.filter(post=on)
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
