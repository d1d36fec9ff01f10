"""What becomes of the comments of somebody who erases their account: they stay without a name, or go."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.commenting.moves import count_comments
from accounts.commenting.reporting import close_reports
from accounts.models import Comment, CommentDecision, CommentEdit, Report, User
from blog import keys
from blog.editorial import leaving
from blog.editorial.letters.kinds import KINDS
from blog.editorial.upkeep.purges import mark
from blog.models import Letter, News

State = Comment.State
MANY = 500
# What is told of a comment, and to be told of it, is known by keys with one of these before the comment’s own
NEWS_OF_A_COMMENT = ("comment", "comment-waits", "comment-reported", "reply")


def leave_comments(*, user: User, to: User, are_kept: bool, at: dt.datetime) -> None:
    """Let the comments of an account go, or stay under the name of `to`, the one account of all former readers.

    What readers can’t see goes in any case, and so do earlier texts. A comment with replies by others leaves its empty
    place, so that the thread can be read. Comments under a byline’s name stay under it, as the byline does: if they
    went in the same moment, anybody could see that both names are one person. News and letters to others that carry
    the name or the words lose them. The pages with the comments are renewed.
    """
    with transaction.atomic():
        under_own_name = Comment.objects.filter(user=user, author__isnull=True)
        going = under_own_name.exclude(state=State.APPROVED) if are_kept else under_own_name
        never_seen = Comment.objects.filter(user=user, author__isnull=False).exclude(state=State.APPROVED)
        _forget_what_was_told(user)
        posts = set(under_own_name.public().order_by().values_list("post_id", flat=True))
        _remove({*going.values_list("pk", flat=True), *never_seen.values_list("pk", flat=True)}, to=to, at=at)
        staying = Comment.objects.filter(user=user)
        CommentEdit.objects.filter(comment__in=staying).delete()
        staying.update(user=to, is_by_editor=False)
        for post in sorted(posts):
            if are_kept:
                mark(keys.discussion(post), keys.COMMENTS, at=at)
            else:
                count_comments(post, at=at)


def _remove(going: set[int], *, to: User, at: dt.datetime) -> None:
    """Remove comments with all that hangs on them, but keep the empty places that replies of others stand under."""
    places = _places(going)
    for some in _slices(going):
        for comment in Comment.objects.filter(pk__in=some, reports__outcome="").distinct():
            close_reports(comment=comment, outcome=Report.Outcome.GONE, at=at)
        for model in (Report, CommentEdit, CommentDecision):
            model.objects.filter(comment__in=some).delete()
    for some in _slices(places):
        Comment.objects.filter(pk__in=some).update(
            user=to, author=None, is_by_editor=False, text="", state=State.DELETED, deleted_at=at,
            edited_at=None, held_because=[],
        )  # fmt: skip
    gone = going - places
    for some in _slices(gone):
        Comment.objects.filter(pk__in=some).update(replied_to=None)
    # The replies first: each keeps the comment that it stands under
    for is_top in (False, True):
        for some in _slices(gone):
            Comment.objects.filter(pk__in=some, parent__isnull=is_top).delete()


def _places(going: set[int]) -> set[int]:
    """Return those of the comments that have to leave a place: others stand under them, or a place does."""
    above: dict[int, set[int]] = {}
    for some in _slices(going):
        below = Comment.objects.filter(Q(parent__in=some) | Q(replied_to__in=some))
        for pk, parent, replied_to in below.values_list("pk", "parent_id", "replied_to_id"):
            above.setdefault(pk, set()).update({parent, replied_to} & going)
    places = {one for pk, ones in above.items() if pk not in going for one in ones}
    while more := {one for pk in places for one in above.get(pk, ())} - places:
        places |= more
    return places


def _forget_what_was_told(user: User) -> None:
    """Take the name and the words out of what others were told of comments, or were still to be told."""
    own = Comment.objects.filter(user=user, author__isnull=True)
    times = set(own.values_list("written_at", flat=True))
    times.update(CommentDecision.objects.filter(comment__in=own).values_list("at", flat=True))
    posts = set(own.order_by().values_list("post_id", flat=True))
    for some in _slices(set(own.values_list("pk", flat=True))):
        told = News.objects.filter(key__in=[f"{what}:{pk}" for what in NEWS_OF_A_COMMENT for pk in some])
        letters, instead = Letter.objects.filter(news__in=told), _("A former reader wrote a comment")
        leaving.silence(letters.filter(digest__isnull=True))
        # A letter of the day says more than this, with the name as it was then
        leaving.forget_words(
            letters.filter(digest__isnull=False), told.values_list("sentence", flat=True).distinct(), instead=instead
        )
        told.filter(letter__isnull=True).delete()
        told.update(sentence=instead)
    kinds = [name for name, kind in KINDS.items() if {"commenter", "comment"} & set(kind.names)]
    about = Letter.objects.filter(kind__in=kinds, post__in=posts).exclude(to_user=user)
    leaving.silence(about.filter(Q(written_at__in=times) | Q(text__contains=user.display_name)))


def _slices(numbers: set[int]) -> Iterator[list[int]]:
    """Give keys in portions, for a database takes only so many in one question."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]
