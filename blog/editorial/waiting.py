"""What waits, and for whom: the lists on the editors' first page, each oldest first.

An editor with limits sees what is within them. Every function reads a fixed number of times, however long its list is.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from blog.editorial.letters.writing import name_for
from blog.editorial.names.bylines import hash_of
from blog.editorial.permissions import in_limits
from blog.models import Invitation, Letter, Move, Post, Proposal
from blog.models.posts import PostQuerySet
from blog.states import EDITORS_STATES, UNPUBLISHED_STATES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

OWN_DRAFT = Q(state=State.DRAFTING, is_guest_piece=False, editor__isnull=False)
# What an editor has to do next, with a guest's piece or with one of their own
ON_EDITORS_TURN = Q(state__in=EDITORS_STATES) | OWN_DRAFT
# While a guest writes or signs off, and while a writer of the staff writes; an editor's own draft waits for the editor
WITH_WRITERS = Q(state__in=[State.CHANGES_REQUESTED, State.IN_PROOF]) | Q(state=State.DRAFTING) & ~OWN_DRAFT


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
        """The day by which whoever's turn it is should be done: the answer, the text, or the sign-off."""
        if self.post.state == State.SUBMITTED:
            return self.post.answer_due_date
        if self.post.state == State.IN_PROOF:
            return self.post.proof_due_date
        return None if self.post.state == State.READY else self.post.due_date

    @property
    def unsigned(self) -> list[str]:
        """The names that have not signed off the proof as it stands now."""
        names = self.post.ordered_bylines()
        now = (self.post.working_id, self.post.working.content_hash if self.post.working else "", hash_of(names))
        given = [one for one in self.post.sign_offs.all() if one.voided_at is None]
        signed = {one.author_id for one in given if (one.revision_id, one.content_hash, one.byline_hash) == now}
        return [byline.author.name for byline in names if byline.author_id not in signed]

    @property
    def today(self) -> dt.date:
        """The day of the moment."""
        return timezone.localdate(self.at)

    @property
    def is_overdue(self) -> bool:
        """Whether that day has passed."""
        return self.due_date is not None and self.due_date < self.today


@dataclass(frozen=True)
class Pile:
    """One list of the first page: its oldest rows, and how long it is in all."""

    rows: list[Waiting]
    total: int


@dataclass(frozen=True)
class Desk:
    """What waits: for the editor who looks, for writers, for other editors; and how much of it is overdue."""

    for_you: Pile
    for_writers: Pile
    for_others: Pile
    overdue: int


def for_editor(user: "User") -> Q:
    """Return the condition that a piece waits for this editor, because they look after it or nobody does.

    An editor's own draft counts as theirs; what somebody who left looked after counts as nobody's.
    """
    return ON_EDITORS_TURN & (Q(editor=user) | Q(editor=None) | Q(editor__is_active=False))


def for_other_editors(user: "User") -> Q:
    """Return the condition that a piece waits for another editor."""
    return ON_EDITORS_TURN & Q(editor__is_active=True) & ~Q(editor=user)


def overdue(at: dt.datetime) -> Q:
    """Return the condition that the day has passed by which whoever's turn it is should be done."""
    today = timezone.localdate(at)
    writing = Q(state__in=[State.DRAFTING, State.CHANGES_REQUESTED], due_date__lt=today)
    signing = Q(state=State.IN_PROOF, proof_due_date__lt=today)
    first = dt.datetime.combine(today - dt.timedelta(days=settings.ANSWER_DAYS), dt.time.min)
    answering = Q(state=State.SUBMITTED, state_since__lt=timezone.make_aware(first))
    return writing | signing | answering


def desk_of(user: "User", at: dt.datetime, *, most: int) -> Desk:
    """Return the oldest of what waits, at most so many rows of each pile. A fixed number of queries.

    The keys of all that waits are read first, for asked for an order a database may walk through all that was ever
    published; then the rows that are shown.
    """
    whose = Case(
        When(for_editor(user), then=Value("you")),
        When(for_other_editors(user), then=Value("others")),
        When(WITH_WRITERS, then=Value("writers")),
        default=Value(""),
    )
    late = Case(When(overdue(at), then=Value(1)), default=Value(0), output_field=IntegerField())
    posts = Post.objects.filter(in_limits(user), state__in=UNPUBLISHED_STATES).annotate(whose=whose, late=late)
    keys = sorted(posts.order_by().values_list("state_since", "pk", "whose", "late"))
    piles = {name: [pk for _, pk, pile, _ in keys if pile == name] for name in ("you", "writers", "others")}
    shown = [pk for pile in piles.values() for pk in pile[:most]]
    rows = {one.post.pk: one for one in _waiting(Post.objects.filter(pk__in=shown), at)}

    def pile(name: str) -> Pile:
        return Pile([rows[pk] for pk in piles[name][:most] if pk in rows], len(piles[name]))

    return Desk(pile("you"), pile("writers"), pile("others"), sum(late for *_, late in keys))


def coming_out(user: "User", at: dt.datetime) -> list[Post]:
    """Return what is published at a time that lies ahead, soonest first."""
    scheduled = Post.objects.ahead_at(at).filter(in_limits(user))
    return list(_for_rows(scheduled).prefetch_related("hold_exemptions").order_by("published_at", "pk"))


def failed_letters(user: "User", *, most: int) -> tuple[int, list[Letter]]:
    """Return how many letters were given up, and the newest of them, with what tells whether their address is shown."""
    failed = Letter.objects.filter(status=Letter.Status.FAILED).filter(in_limits(user, of="post"))
    rows = failed.select_related("post__working", "pitch", "invitation").prefetch_related("post__bylines__author")
    rows = rows.defer("text", "post__working__body", "post__working__introduction")
    return failed.count(), list(rows[:most])


def proposals(user: "User", *, most: int) -> tuple[int, list[Proposal]]:
    """Return how many corrections that writers proposed wait for an answer, and the oldest of them."""
    waiting = Proposal.objects.filter(answer=Proposal.Answer.WAITING).filter(in_limits(user, of="post"))
    rows = waiting.select_related("by", "post__working", "post__editor").prefetch_related(
        "post__bylines__author__identity"
    )
    rows = rows.defer("post__working__body", "post__working__introduction").order_by("at", "pk")
    return waiting.count(), list(rows[:most])


def _for_rows(posts: PostQuerySet) -> PostQuerySet:
    return (
        posts.select_related("working", "editor", "series")
        .defer("working__body", "working__introduction")
        .prefetch_related("bylines__author__identity")
    )


def _waiting(posts: PostQuerySet, at: dt.datetime) -> list[Waiting]:
    # Ordered here: asked for an order, a database may walk through all that was ever published
    rows = _for_rows(posts).prefetch_related("moves__by", "invitations", "sign_offs").order_by()
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
