"""The queue: comments that wait for a decision, oldest first, one after the other.

What waited already where an archive came from stands behind all others: years of it must not bury what came today.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import BooleanField, Case, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.commenting.origin import WAITS_SINCE_BEFORE, has_waited_before
from accounts.models import Comment, Report, User
from accounts.models.comments import CommentQuerySet
from blog.admin.access import user_of
from blog.editorial.permissions import in_limits


@dataclass(frozen=True)
class Place:
    """Where a comment stands among those that wait: how many there are, and the addresses beside it."""

    number: int
    total: int
    previous_url: str
    next_url: str


def waiting(user: User) -> CommentQuerySet:
    """Return what waits for this moderator: what is held, and what readers see but somebody reported."""
    reported = Report.objects.filter(outcome="").values("comment")
    waits = Q(state=Comment.State.HELD) | Q(pk__in=reported, state=Comment.State.APPROVED)
    rows = Comment.objects.filter(waits).filter(in_limits(user, of="post"))
    is_last = Case(When(WAITS_SINCE_BEFORE, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(is_last=is_last).order_by("is_last", "written_at", "pk")


def first(request: HttpRequest) -> HttpResponse:
    """Lead to the oldest that waits, or to the list, saying that none does."""
    oldest = waiting(user_of(request)).first()
    if oldest:
        return redirect(url_of(oldest.pk))
    messages.success(request, _("Nothing waits. Every comment is decided."))
    return redirect("admin:accounts_comment_changelist")


def after(comment: Comment, user: User) -> str:
    """Return where to go once a comment is decided: to the next one, from the last one to the oldest."""
    rows = waiting(user).exclude(pk=comment.pk)
    # Decided, it is in no part of the queue any more: on from where it was
    following = rows.filter(_behind(comment, is_last=has_waited_before(comment))).first() or rows.first()
    return url_of(following.pk) if following else reverse("admin:accounts_comment_queue")


def place_of(comment: Comment, user: User) -> Place:
    """Return where a comment stands in the queue."""
    rows = waiting(user)
    is_last = comment.state == Comment.State.HELD and has_waited_before(comment)
    before = rows.filter(_before(comment, is_last=is_last))
    previous = before.reverse().values_list("pk", flat=True).first()
    following = rows.filter(_behind(comment, is_last=is_last)).values_list("pk", flat=True).first()
    return Place(
        number=before.count() + 1,
        total=rows.count(),
        previous_url=url_of(previous) if previous else "",
        next_url=url_of(following) if following else "",
    )


def url_of(pk: int) -> str:
    """Return the page of a comment as a stop on the way through the queue."""
    return reverse("admin:accounts_comment_change", args=[pk]) + "?queue=1"


def _behind(comment: Comment, *, is_last: bool) -> Q:
    later = Q(written_at__gt=comment.written_at) | Q(written_at=comment.written_at, pk__gt=comment.pk)
    return Q(is_last__gt=is_last) | Q(later, is_last=is_last)


def _before(comment: Comment, *, is_last: bool) -> Q:
    earlier = Q(written_at__lt=comment.written_at) | Q(written_at=comment.written_at, pk__lt=comment.pk)
    return Q(is_last__lt=is_last) | Q(earlier, is_last=is_last)
