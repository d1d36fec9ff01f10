"""Changing what is published: the live text stays until an editor publishes the changed one, and is kept after that."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import drafting
from blog.editorial.letters.writing import tell_writers
from blog.editorial.moves import move
from blog.editorial.permissions import require_publisher_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.upkeep.hub import announce
from blog.editorial.upkeep.listings import relist
from blog.editorial.upkeep.purges import mark
from blog.models import Correction, Move, Post, Withholding
from blog.prose import clean_text
from blog.states import CHANGES, TEXT_CHANGES, CorrectionKind, MoveKind

if TYPE_CHECKING:
    from accounts.models import User

MAX_NOTE = 1000


def publish_correction(
    *,
    post: Post,
    note: str,
    by: "User",
    at: dt.datetime,
    kind: CorrectionKind = CorrectionKind.CORRECTION,
    seen: int | None = None,
) -> Move:
    """Make the working text of a published piece the live one.

    In one transaction: moves it (the note is the recorded reason), makes the text live, adds the correction with its
    kind, which readers see with its note unless it is silent, records that pages with it are out of date, and tells
    the writers. Address and date stay. The text before is kept. Raises IncompleteError for a kind that changes no text
    and for too long a note. A piece whose time lies ahead is refused: nobody has read it, so it goes back to its
    writers for their sign-off instead.
    """
    if kind not in TEXT_CHANGES:
        raise IncompleteError({"kind": _("Choose what kind of change it is.")})
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        made = move(post=post, kind=MoveKind.CORRECT, by=by, at=at, reason=note, seen=seen, live_id=row.working_id)
        _require_length(made.reason)
        if not row.is_visible_at(at):
            raise EditorialRefusal(_("The piece is not out yet. Take it off the schedule to change it."))
        if row.live is None or row.working is None or row.live_id == row.working_id:
            raise EditorialRefusal(_("There is nothing to correct: edit the text first."))
        drafting.require_complete(post)
        Correction.objects.create(
            post=post, kind=kind, note=made.reason, earlier=row.live, corrected=row.working, at=at
        )
        relist(post=post, at=at)
        if not CHANGES[kind].is_silent:
            mark(keys.CHANGES, at=at)
        announce(post=post, at=at)
        tell_writers("corrected", post=post, by=by, at=at, reason=made.reason)
    return made


def note_retraction(*, post: Post, note: str, shows_title: bool, at: dt.datetime) -> Correction:
    """Write down what readers are told of a retraction: when, why if a note says so, and of which piece if it may.

    To be called in the transaction of the move, which has checked who may. Raises IncompleteError for too long a note.
    """
    note = clean_text(note)
    _require_length(note, field="note")
    mark(keys.CHANGES, at=at)
    return Correction.objects.create(
        post=post, kind=CorrectionKind.RETRACTION, note=note, shows_title=shows_title, at=at
    )


def lift_retraction(*, post: Post, at: dt.datetime) -> None:
    """Take the notice of a retraction away, because the piece is back. To be called in the transaction of the move."""
    standing = Correction.objects.filter(post=post, kind=CorrectionKind.RETRACTION, lifted_at__isnull=True)
    if standing.update(lifted_at=at):
        mark(keys.CHANGES, at=at)


def withhold(*, correction: Correction, reason: str, by: "User", at: dt.datetime) -> Withholding:
    """Keep the text before a correction from readers, as the law may ask; its notice stays.

    In this order: checks who may (PermissionDenied) and the reason, which editors read (IncompleteError); locks the
    piece; writes it down; and records that pages with the text are out of date. Raises MoveNotAllowedError where it is
    withheld already, and EditorialRefusal for a text that readers never got.
    """
    require_publisher_of(by, correction.post)
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write why readers may not see it. Only editors read this.")})
    _require_length(reason, field="reason")
    with transaction.atomic():
        Post.objects.locked(correction.post_id)
        correction.refresh_from_db()
        if not correction.is_noticed:
            raise EditorialRefusal(_("Readers can’t see this text in any case."))
        try:
            with transaction.atomic():
                made = Withholding.objects.create(correction=correction, reason=reason, by=by, at=at)
        except IntegrityError as error:
            raise MoveNotAllowedError(_("This text is withheld already.")) from error
        _say_whether_withheld(correction, is_withheld=True, at=at)
    return made


def give_back(*, correction: Correction, by: "User", at: dt.datetime) -> None:
    """Let readers see an earlier text again.

    Raises PermissionDenied, and MoveNotAllowedError for one that is not withheld.
    """
    require_publisher_of(by, correction.post)
    with transaction.atomic():
        Post.objects.locked(correction.post_id)
        open_one = Withholding.objects.filter(correction=correction, given_back_at__isnull=True)
        if not open_one.update(given_back_by=by, given_back_at=at):
            raise MoveNotAllowedError(_("Readers can see this text already."))
        _say_whether_withheld(correction, is_withheld=False, at=at)


def _say_whether_withheld(correction: Correction, *, is_withheld: bool, at: dt.datetime) -> None:
    correction.is_withheld = is_withheld
    correction.save(update_fields=["is_withheld"])
    mark(keys.piece(correction.post_id), keys.CHANGES, at=at)


def _require_length(text: str, *, field: str = "reason") -> None:
    if len(text) > MAX_NOTE:
        raise IncompleteError({field: _("Shorten this to {most} characters.").format(most=MAX_NOTE)})
