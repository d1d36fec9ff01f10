"""The names on a piece, as one whole: what a sign-off is bound to, their order, and taking one off."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import keys
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.moves import move
from blog.editorial.refusals import EditorialRefusal
from blog.editorial.upkeep.purges import mark
from blog.models import Author, Byline, Post
from blog.states import OUT_STATES, MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


class BylineHasChangedError(EditorialRefusal):
    """The names on the byline, their order or their roles are no longer those that were looked at."""

    def __init__(self) -> None:
        super().__init__(_("The byline has changed since you opened it. Look at it again, then decide."))


def hash_of(bylines: Iterable[Byline]) -> str:
    """Return the SHA-256, in hexadecimal, of the names in their order, with role and organisation of each."""
    names = [[one.author_id, one.author.name, one.author.is_pen_name, one.role, one.organisation] for one in bylines]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def names_on(post: Post) -> list[Byline]:
    """Return the names as the database has them now, in their order."""
    return list(post.bylines.select_related("author").order_by("position"))


def hash_on(post: Post) -> str:
    """Return the hash of the byline as the database has it now."""
    return hash_of(names_on(post))


def require_seen(post: Post, seen: str | None) -> None:
    """Raise BylineHasChangedError unless the byline is the one that was looked at; None asks for nothing."""
    if seen is not None and seen != hash_on(post):
        raise BylineHasChangedError


def unanswered(post: Post) -> list[Byline]:
    """Return the names of those who were invited to the piece and have neither accepted nor declined."""
    invited = set(post.invitations.unanswered().values_list("author_id", flat=True))
    return [one for one in names_on(post) if one.author_id in invited] if invited else []


def waits_for_answers(names: list[str]) -> str:
    """Say that invited names keep the piece from being signed off; empty where there are none."""
    if not names:
        return ""
    sentence = ngettext(
        "{names} has been invited and has not answered yet. The sign-off begins after that, or once the name is taken "
        "off the byline.",
        "{names} have been invited and have not answered yet. The sign-off begins after that, or once the names are "
        "taken off the byline.",
        len(names),
    )
    return sentence.format(names=get_text_list(names, _("and")))


def require_answered(post: Post) -> None:
    """Raise EditorialRefusal while somebody on the byline has not agreed to stand there."""
    waiting = waits_for_answers([one.author.name for one in unanswered(post)])
    if waiting:
        raise EditorialRefusal(waiting)


def void_sign_offs(post: Post, *, by: "User", at: dt.datetime) -> None:
    """Void the consent to the working text: what would be printed is not what was signed off.

    `post` is locked and has its new byline. A guest's piece that was ready goes back into proof. Where consent was
    voided, the other writers are asked by letter to sign again, and the editors learn that a ready piece is not.
    """
    was_ready = void(post, by=by, at=at)
    if was_ready is None:
        return
    tell_writers("byline_changed", post=post, by=by, at=at, names=[one.author.name for one in names_on(post)])
    if was_ready:
        tell_editors("byline_changed", post=post, by=by, at=at, names=[one.author.name for one in names_on(post)])


def void(post: Post, *, by: "User | None", at: dt.datetime) -> bool | None:
    """Void the consent without any letter; return whether the piece was ready, or None where there was no consent.

    Without somebody who does it (an invitation was declined), the piece stays where it is.
    """
    voided = post.sign_offs.holding().filter(revision=post.working_id).update(voided_at=at)
    was_ready = by is not None and post.state == State.READY and post.is_guest_piece
    if by is not None and was_ready:
        due = timezone.localdate(at) + dt.timedelta(days=settings.PROOF_DAYS)
        move(post=post, kind=MoveKind.SIGN_AGAIN, by=by, at=at, proof_due_date=due)
    return was_ready if voided or was_ready else None


def put_in_order(post: Post, authors: list[int]) -> None:
    """Write the order of the names down; `post` is locked, and the keys are those of its authors."""
    bylines = {one.author_id: one for one in names_on(post)}
    # Beyond all others first: two names can't stand in one place for a moment
    beyond = max((one.position for one in bylines.values()), default=0)
    for start in (beyond, 0):
        for place, author in enumerate(authors, start + 1):
            Byline.objects.filter(pk=bylines[author].pk).update(position=place)


def add(post: Post, author: Author) -> Byline:
    """Put a name at the end of the byline; `post` is locked."""
    last = max((one.position for one in names_on(post)), default=0)
    return Byline.objects.create(
        post=post, author=author, position=last + 1, role=author.role, organisation=author.organisation
    )


def take_off(post: Post, author: Author, *, at: dt.datetime) -> None:
    """Take a name off the byline; the others move up. `post` is locked."""
    post.bylines.filter(author=author).delete()
    put_in_order(post, [one.author_id for one in names_on(post)])
    mark(keys.author(author.pk), at=at)


def goes_off(post: Post, author: Author, *, by: "User | None", at: dt.datetime) -> bool:
    """Take the name of somebody who will not write with the others off the byline; the last name stays on it.

    Consent given before is void. Returns whether the name went; of a piece that is out it never does.
    """
    if post.state in OUT_STATES or not post.bylines.filter(author=author).exists() or post.bylines.count() == 1:
        return False
    void(post, by=by, at=at)
    take_off(post, author, at=at)
    return True
