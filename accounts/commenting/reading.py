"""What readers and commenters see of a discussion, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from accounts.commenting import editing
from accounts.models import Comment, CommentDecision, User
from accounts.models.comments import anchor_of
from accounts.verifying import badges
from blog.models import Post

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_OWN = 200
State = Comment.State


@dataclass
class Entry:
    """A comment as readers see it in a thread, with its replies.

    `name` is empty for one that readers don't see but others answered; `state` then says why. `answers` is the reply
    that it answers, and who wrote that. No row of the database is behind it: a page with hundreds of comments would
    spend most of its time on making them.
    """

    pk: int
    name: str
    text: str
    written_at: dt.datetime
    state: str = State.APPROVED
    author_id: int | None = None
    is_editor: bool = False
    edited_at: dt.datetime | None = None
    face: str = ""
    # Whose it is, for the badge and its key alone: empty under a byline's name
    user_id: int | None = None
    is_verified: bool = False
    answers_id: int | None = None
    answers: str = ""
    replies: list["Entry"] = field(default_factory=list)

    def __post_init__(self) -> None:
        # As texts, for a template would ask of each number how it is written here
        self.key = str(self.pk)
        self.anchor = anchor_of(self.pk)


@dataclass(frozen=True)
class Discussion:
    """The comments that readers see on one page of the discussion under a piece; `count` is on this page."""

    count: int
    threads: list[Entry]

    def entries(self) -> list[Entry]:
        """Return every comment with its replies behind it, as they stand on the page."""
        return [one for thread in self.threads for one in (thread, *thread.replies)]


@dataclass(frozen=True)
class OwnComment:
    """A comment as its writer sees it, whatever its state, and what they can still do with it."""

    comment: Comment
    reason: str
    can_edit: bool = False
    can_take_away: bool = False


FIELDS = (
    *("written_at", "pk", "parent_id", "parent__written_at", "parent__state"),
    *("replied_to_id", "replied_to__written_at", "replied_to__state", "author_id", "author__name", "user_id"),
    *("user__display_name", "user__picture__file", "text", "is_by_editor", "edited_at"),
)


def discussion_of(post: Post, moment: dt.datetime, page: int = 1) -> Discussion:
    """Return the public comments on a page of a discussion as threads one level deep, oldest first.

    One query, however many there are, and one for the badges.
    """
    return _discussion(Comment.objects.public().filter(_on(page), post=post), moment)


def entry_of(comment: Comment, moment: dt.datetime) -> Entry | None:
    """Return one comment as readers see it, without those around it; None if they don't see it."""
    # With the one that it answers, for the name
    found = _discussion(Comment.objects.public().filter(pk__in=[comment.pk, comment.replied_to_id or 0]), moment)
    return next((entry for entry in found.entries() if entry.pk == comment.pk), None)


def _on(page: int) -> Q:
    # Those that were never given a page stand on the first
    return Q(page=page) | Q(page__isnull=True) if page == 1 else Q(page=page)


def _discussion(public: "QuerySet[Comment]", moment: dt.datetime) -> Discussion:
    # Sorted here: an order in the question costs more than these rows do
    rows = sorted(public.order_by().values_list(*FIELDS), key=lambda row: row[:2])
    threads: dict[int, Entry] = {}
    below: dict[int, dict[int, Entry]] = {}
    shown: dict[int, Entry] = {}
    for row in rows:
        (written_at, pk, top, top_at, top_state, answered, answered_at, answered_state, author_pk, byline) = row[:10]
        user_pk, name, face, text, is_by_editor, edited_at = row[10:]
        shown[pk] = entry = Entry(pk, byline or name, text, written_at, author_id=author_pk, answers_id=answered)
        entry.is_editor, entry.edited_at = is_by_editor, edited_at
        if author_pk is None:
            entry.user_id, entry.face = user_pk, face or ""
        if top is None:
            threads[pk] = entry
            continue
        if top not in threads:
            threads[top] = Entry(top, "", "", top_at, state=top_state)
        replies = below.setdefault(top, {})
        if answered is not None and answered not in replies:
            replies[answered] = Entry(answered, "", "", answered_at, state=answered_state)
        replies[pk] = entry
    for top, replies in below.items():
        threads[top].replies = sorted(replies.values(), key=lambda entry: (entry.written_at, entry.pk))
    for entry in shown.values():
        if entry.answers_id in shown:
            entry.answers = shown[entry.answers_id].name
    _mark_verified(list(shown.values()), moment)
    ordered = sorted(threads.values(), key=lambda entry: (entry.written_at, entry.pk))
    return Discussion(count=len(shown), threads=ordered)


def _mark_verified(entries: list[Entry], moment: dt.datetime) -> None:
    verified = badges.are_verified({entry.user_id for entry in entries if entry.user_id}, moment)
    for entry in entries:
        entry.is_verified = entry.user_id in verified


def latest_comments(moment: dt.datetime, most: int = 5, *, on: Post | None = None) -> list[Comment]:
    """Return the newest public comments on pieces that readers see, or on one of these. One query."""
    # Asked of each comment in turn, from the newest, so that a database need not gather all pieces first
    is_visible = Exists(Post.objects.visible_at(moment).filter(pk=OuterRef("post_id")))
    comments = Comment.objects.public().filter(is_visible).for_lists()
    if on:
        comments = comments.filter(post=on)
    return list(comments.order_by("-written_at", "-pk")[:most])


def own_comments(
    user: User, moment: dt.datetime, post: Post | None = None, *, start: int = 0, most: int = MOST_OWN
) -> list[OwnComment]:
    """Return an account's comments but those that it took away, newest first, with why some were taken down.

    Two queries, for so many from `start` on.
    """
    comments = Comment.objects.filter(user=user).exclude(state=State.DELETED).for_lists()
    if post:
        comments = comments.filter(post=post)
    rows = list(comments.order_by("-written_at", "-pk")[start : start + most])
    hidden = [row.pk for row in rows if row.state == Comment.State.HIDDEN]
    # In the order of the log, so that the last decision stays
    reasons = dict(
        CommentDecision.objects.filter(comment__in=hidden, kind=CommentDecision.Kind.HIDE).values_list(
            "comment_id", "reason"
        )
    )
    return [
        OwnComment(row, reasons.get(row.pk, ""), editing.can_edit(row, at=moment), editing.can_take_away(row))
        for row in rows
    ]
