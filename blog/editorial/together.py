"""Several pieces at once: what would happen to each, and doing it, each piece in a transaction of its own.

Nothing here moves a piece by itself: the functions of each stage do, with their permissions, letters and refusals.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.editorial import publishing, review
from blog.editorial.letters.writing import editors, writers_to_tell
from blog.editorial.moves import MAX_REASON, refusal
from blog.editorial.permissions import in_limits, is_editor_of, is_in_limits, is_publisher_of, require_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Byline, Post
from blog.prose import clean_text
from blog.states import MOVES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User

MOST = 50  # As many as a page of the list shows; each takes a transaction, and somebody waits for all of them


class Act(TextChoices):
    """What can be done to several pieces."""

    HAND_OVER = "hand-over", gettext_lazy("Hand over")
    UNSCHEDULE = "unschedule", gettext_lazy("Take off the schedule")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")


@dataclass(frozen=True)
class Prospect:
    """What would happen to one piece: who gets a letter, by the names that hold around it; or why nothing can."""

    post: Post
    refusal: str = ""
    told: list[str] = field(default_factory=list)
    takes_back_invitation: bool = False
    letters_wait: bool = False


@dataclass(frozen=True)
class Outcome:
    """What happened to one piece. `refusal` says why nothing did; a piece that is out of reach has no title."""

    pk: int
    title: str = ""
    refusal: str = ""


def prospects(*, keys: Sequence[int], act: Act, by: "User", at: dt.datetime) -> list[Prospect]:
    """Return what would happen to each of the pieces that the editor may edit, in the order of the keys.

    A fixed number of queries. What is not there, or outside the editor's limits, is left out.
    """
    require_editor(by)
    found = {post.pk: post for post in _rows(keys, by)}
    posts = [found[key] for key in dict.fromkeys(keys) if key in found and is_editor_of(by, found[key])]
    everybody = list(editors()) if act is Act.WITHDRAW else []
    return [_prospect(post, act, by, at, everybody) for post in posts]


def do(
    *,
    states: dict[int, str],
    act: Act,
    by: "User",
    at: dt.datetime,
    to: "User | None" = None,
    reason: str = "",
) -> list[Outcome]:
    """Do one thing to each of the pieces, and return what became of each, in the same order.

    `states` are the pieces' keys, each with the state that it was shown in: one that has moved since is refused. First
    of all, for none is done without it: who it is handed to, or the reason (IncompleteError, by field), and how many
    they are (EditorialRefusal). Then each in a transaction of its own, so that one that is refused stops no other.
    """
    require_editor(by)
    if len(states) > MOST:
        raise EditorialRefusal(_("These are more than {most} pieces. Choose fewer.").format(most=MOST))
    if act is Act.HAND_OVER and to is None:
        raise IncompleteError({"to": _("Choose an editor.")})
    if act is Act.WITHDRAW:
        if not clean_text(reason):
            raise IncompleteError({"reason": _("Write the reason; the writers read it.")})
        if len(clean_text(reason)) > MAX_REASON:
            raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    return [_done(key, was, act, by=by, at=at, to=to, reason=reason) for key, was in states.items()]


def _done(key: int, was: str, act: Act, *, by: "User", at: dt.datetime, to: "User | None", reason: str) -> Outcome:
    title = ""
    try:
        with transaction.atomic():
            # As it is now, whatever the page said of it
            post = Post.objects.locked(key)
            if not is_editor_of(by, post):
                raise Post.DoesNotExist
            title = post.title
            if post.state != was:
                raise MoveNotAllowedError(refusal(State(post.state)))
            if act is Act.HAND_OVER and to is not None:
                if post.editor_id == to.pk:
                    raise MoveNotAllowedError(_("{name} looks after it already.").format(name=to.display_name))
                review.hand_over(post=post, to=to, by=by, at=at)
            elif act is Act.UNSCHEDULE:
                publishing.unschedule(post=post, by=by, at=at)
            else:
                review.withdraw(post=post, by=by, at=at, reason=reason)
    except Post.DoesNotExist:
        return Outcome(key, refusal=_("One of them is not there, or outside your limits."))
    except (EditorialRefusal, PermissionDenied) as refused:
        return Outcome(key, title, str(refused))
    return Outcome(key, title)


def _prospect(post: Post, act: Act, by: "User", at: dt.datetime, everybody: "Sequence[User]") -> Prospect:
    if act is Act.HAND_OVER:
        return Prospect(post)
    writers = list(writers_to_tell(post, by).values())
    if act is Act.UNSCHEDULE:
        return Prospect(post, _why_not_off_schedule(post, by, at), writers)
    if post.state not in MOVES[MoveKind.WITHDRAW].origins:
        sentence = _("It is “{state}”, and only what is not published yet can be withdrawn.")
        return Prospect(post, sentence.format(state=State(post.state).label))
    is_own = any(_is_behind(by, byline) for byline in post.ordered_bylines())
    return Prospect(
        post,
        told=[*writers, *(_editors_told(post, by, everybody) if is_own else [])],
        takes_back_invitation=any(one.is_unanswered for one in post.invitations.all()),
        letters_wait=not is_own,
    )


def _why_not_off_schedule(post: Post, by: "User", at: dt.datetime) -> str:
    if post.state != State.PUBLISHED:
        return _("It is “{state}”, and not on the schedule.").format(state=State(post.state).label)
    if post.is_visible_at(at):
        return _("The piece is out already. It can be corrected or retracted.")
    return "" if is_publisher_of(by, post) else _("Only editors who publish in this category can do this.")


def _editors_told(post: Post, by: "User", everybody: "Sequence[User]") -> list[str]:
    """Return what `letters.editors_to_tell` returns, from the editors at hand."""
    looks_after = [one for one in everybody if one.pk == post.editor_id]
    told = looks_after or [one for one in everybody if is_in_limits(one, post)]
    return [one.display_name for one in told if one.pk != by.pk]


def _is_behind(user: "User", byline: Byline) -> bool:
    identity = getattr(byline.author, "identity", None)
    return identity is not None and identity.user_id == user.pk


def _rows(keys: Sequence[int], by: "User") -> Sequence[Post]:
    bylines = Byline.objects.select_related("author__identity__user").order_by("position")
    posts = Post.objects.filter(in_limits(by), pk__in=keys).select_related("working", "editor", "category")
    posts = posts.defer("working__body", "working__introduction")
    return list(posts.prefetch_related(Prefetch("bylines", queryset=bylines), "invitations").order_by())
