"""The proof: every name on the byline signs off exactly the text that will be published."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.identity import names_of
from blog.editorial.letters import tell_editors, tell_writers
from blog.editorial.moves import move, refusal
from blog.editorial.permissions import is_writer_of
from blog.editorial.refusals import MoveNotAllowedError, TextHasChangedError
from blog.models import Author, Move, Post, SignOff
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Signature:
    """A name on the byline, and when it signed off the working text; None while it has not."""

    author: Author
    signed_at: dt.datetime | None


def signatures(*, post: Post) -> list[Signature]:
    """Return who has signed off the text as it stands now, in the order of the byline."""
    current_hash = post.working.content_hash if post.working else ""
    consents = SignOff.objects.filter(post=post, revision=post.working, content_hash=current_hash)
    given = dict(consents.values_list("author_id", "at"))
    return [
        Signature(byline.author, given.get(byline.author_id))
        for byline in post.bylines.select_related("author").order_by("position")
    ]


def is_signed_off(*, post: Post) -> bool:
    """Whether every name on the byline has signed off the text as it stands now."""
    signed = signatures(post=post)
    return bool(signed) and all(signature.signed_at for signature in signed)


def sign_off(*, post: Post, seen: int, by: "User", at: dt.datetime) -> Move | None:
    """Sign off the text whose revision is `seen`, for every name that the account has on the byline.

    Refuses another text than the working one (TextHasChangedError). Once the last name has signed, the piece is
    ready and the editor gets a letter; until then it stays in proof and None is returned.
    """
    if not is_writer_of(by, post):
        raise PermissionDenied(_("Only a name on the byline can sign off."))
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        if row.state != State.IN_PROOF or row.working is None:
            raise MoveNotAllowedError(refusal(State(row.state)))
        if row.working_id != seen:
            raise TextHasChangedError
        for author in names_of(by, row):
            SignOff.objects.get_or_create(
                post=row,
                author=author,
                revision=row.working,
                defaults={"content_hash": row.working.content_hash, "at": at},
            )
        if not is_signed_off(post=row):
            post.refresh_from_db()
            return None
        made = move(post=post, kind=MoveKind.SIGN_OFF, by=by, at=at, seen=seen)
        tell_editors("signed_off", post=post, by=by, at=at)
    return made


def ask_for_correction(*, post: Post, reason: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Send a proof back to the editor with what is wrong in it."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.ASK_FOR_CORRECTION, by=by, at=at, reason=reason, seen=seen)
        tell_editors("correction_asked", post=post, by=by, at=at, reason=made.reason)
    return made


def go_ahead(*, post: Post, reason: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Make a piece ready without the missing sign-offs. The reason is recorded and sent to the writers."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.GO_AHEAD, by=by, at=at, reason=reason, seen=seen)
        tell_writers("went_ahead", post=post, by=by, at=at, reason=made.reason)
    return made


def take_back_for_editing(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Take a proof or a ready piece back to the editor's table; the writers learn that a new proof will come."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.EDIT, by=by, at=at, reason=reason)
        tell_writers("taken_back_for_editing", post=post, by=by, at=at, reason=made.reason)
    return made
