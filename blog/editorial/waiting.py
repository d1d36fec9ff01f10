"""What waits, and for whom: the lists on the editors' first page, each oldest first.

Every function reads a fixed number of times, however long its list is.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from blog.editorial.letters import name_for
from blog.models import Invitation, Letter, Move, Post
from blog.models.posts import PostQuerySet
from blog.states import EDITORS_STATES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

OWN_DRAFT = Q(state=State.DRAFTING, is_guest_piece=False)
# While a guest writes or signs off; a staff writer's own draft waits for an editor
WITH_WRITERS = Q(state__in=[State.CHANGES_REQUESTED, State.IN_PROOF]) | Q(state=State.DRAFTING, is_guest_piece=True)


@dataclass(frozen=True)
class Waiting:
    """A piece that waits: the move that brought it there, how often it was sent, its newest invitation."""

    post: Post
    last_move: Move | None
    times_sent: int
    invitation: Invitation | None
    at: dt.datetime

    @property
    def names(self) -> list[str]:
        """The names on the byline, as readers will see them."""
        return [byline.author.name for byline in self.post.ordered_bylines()]

    @property
    def who(self) -> str:
        """Who made the last move: by the name on the byline if it was one of the writers."""
        user = self.last_move.by if self.last_move else None
        return name_for(user, self.post) if user else ""

    @property
    def due_date(self) -> dt.date | None:
        """The day on which whoever's turn it is should be done: the answer to a writer, or the writer's text."""
        if self.post.state == State.SUBMITTED:
            return self.post.answer_due_date
        return None if self.post.state in {State.READY, State.IN_PROOF} else self.post.due_date

    @property
    def today(self) -> dt.date:
        """The day of the moment."""
        return timezone.localdate(self.at)

    @property
    def is_overdue(self) -> bool:
        """Whether that day has passed."""
        return self.due_date is not None and self.due_date < self.today


def waits_for_editor(user: "User", at: dt.datetime) -> list[Waiting]:
    """Return the pieces on the editor's turn that this editor looks after, or nobody does.

    An editor's own draft counts as theirs; what somebody who left looked after counts as nobody's.
    """
    mine = Q(editor=user) | Q(editor=None) | Q(editor__is_active=False)
    return _waiting(_on_editors_turn().filter(mine), at)


def waits_for_others(user: "User", at: dt.datetime) -> list[Waiting]:
    """Return the pieces on the editor's turn that another editor looks after."""
    theirs = Q(editor__is_active=True) & ~Q(editor=user)
    return _waiting(_on_editors_turn().filter(theirs), at)


def waits_for_writers(at: dt.datetime) -> list[Waiting]:
    """Return the pieces that wait for a guest: to accept, to write, to write again, or to sign off."""
    known = [State.CHANGES_REQUESTED, State.IN_PROOF, State.DRAFTING]
    return _waiting(Post.objects.filter(state__in=known).filter(WITH_WRITERS), at)


def coming_out(at: dt.datetime) -> list[Post]:
    """Return what is published at a time that lies ahead, soonest first."""
    scheduled = Post.objects.filter(state=State.PUBLISHED, published_at__gt=at)
    return list(_for_rows(scheduled).order_by("published_at", "pk"))


def failed_letters() -> list[Letter]:
    """Return the letters that were given up, newest first, with what tells whether their address may be shown."""
    failed = Letter.objects.filter(status=Letter.Status.FAILED)
    rows = failed.select_related("post__working").prefetch_related("post__bylines__author")
    return list(rows.defer("text", "post__working__body", "post__working__introduction"))


def _on_editors_turn() -> PostQuerySet:
    # The first condition says nothing new, but an index answers it
    return Post.objects.filter(state__in=[*EDITORS_STATES, State.DRAFTING]).filter(
        Q(state__in=EDITORS_STATES) | OWN_DRAFT
    )


def _for_rows(posts: PostQuerySet) -> PostQuerySet:
    return (
        posts.select_related("working", "editor", "series")
        .defer("working__body", "working__introduction")
        .prefetch_related("bylines__author__identity")
    )


def _waiting(posts: PostQuerySet, at: dt.datetime) -> list[Waiting]:
    # Ordered here: asked for an order, a database may walk through all that was ever published
    rows = _for_rows(posts).prefetch_related("moves__by", "invitations").order_by()
    return [_facts_of(post, at) for post in sorted(rows, key=lambda post: (post.state_since, post.pk))]


def _facts_of(post: Post, at: dt.datetime) -> Waiting:
    moves = sorted(post.moves.all(), key=lambda made: (made.at, made.pk))
    invitations = sorted(post.invitations.all(), key=lambda one: (one.sent_at, one.pk))
    return Waiting(
        post=post,
        last_move=moves[-1] if moves else None,
        times_sent=sum(made.kind == MoveKind.SUBMIT for made in moves),
        invitation=invitations[-1] if invitations else None,
        at=at,
    )
