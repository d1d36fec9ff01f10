"""The proof: every name on the byline signs off exactly the text that will be published."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from blog.changes import split_blocks
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.moves import move, refusal
from blog.editorial.names import bylines
from blog.editorial.names.identity import names_of
from blog.editorial.noting import notes
from blog.editorial.permissions import is_writer_of, require_editor_of
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError, TextHasChangedError
from blog.models import Author, Move, Post, SignOff
from blog.prose import as_plain, clean_line, clean_text
from blog.states import MoveKind, State

if TYPE_CHECKING:
    from accounts.models import User


MAX_REMARK = 4000
MAX_QUOTE = 300


@dataclass(frozen=True)
class Signature:
    """A name on the byline, and when it signed off the working text; None while it has not.

    `is_invited` says that whoever it is has not even answered the invitation.
    """

    author: Author
    signed_at: dt.datetime | None
    is_invited: bool = False


@dataclass(frozen=True)
class Remark:
    """What a writer wants put right at one paragraph: its number from 0, the words it is about, and what to do."""

    block: int
    text: str
    quote: str = ""


def signatures(*, post: Post) -> list[Signature]:
    """Return who has signed off text and byline as they stand now, in the order of the byline."""
    current_hash = post.working.content_hash if post.working else ""
    names = bylines.names_on(post)
    consents = SignOff.objects.holding().filter(post=post, revision=post.working_id, content_hash=current_hash)
    given = dict(consents.filter(byline_hash=bylines.hash_of(names)).values_list("author_id", "at"))
    invited = set(post.invitations.unanswered().values_list("author_id", flat=True))
    return [Signature(one.author, given.get(one.author_id), one.author_id in invited) for one in names]


def missing(*, post: Post) -> list[Signature]:
    """Return the names that have not signed off text and byline as they stand now."""
    return [signature for signature in signatures(post=post) if not signature.signed_at]


def is_signed_off(*, post: Post) -> bool:
    """Whether every name on the byline has signed off text and byline as they stand now."""
    signed = signatures(post=post)
    return bool(signed) and all(signature.signed_at for signature in signed)


def sign_off(*, post: Post, seen: int, by: "User", at: dt.datetime, byline: str | None = None) -> Move | None:
    """Sign off the text whose revision is `seen`, for every name that the account has on the byline.

    Consent is to that text under that byline: `byline` is the hash of the names that were looked at, None for
    whichever stands there. In this order: checks who may (PermissionDenied), locks the piece, checks its state
    (MoveNotAllowedError), text (TextHasChangedError) and byline (BylineHasChangedError), and that everybody invited has
    answered (EditorialRefusal). Once the last name has signed, the piece is ready and the editor gets a letter; until
    then it stays in proof and None is returned.
    """
    if not is_writer_of(by, post):
        raise PermissionDenied(_("Only a name on the byline can sign off."))
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        if row.state != State.IN_PROOF or row.working is None:
            raise MoveNotAllowedError(refusal(State(row.state)))
        if row.working_id != seen:
            raise TextHasChangedError
        bylines.require_seen(row, byline)
        bylines.require_answered(row)
        hashes = {"content_hash": row.working.content_hash, "byline_hash": bylines.hash_on(row)}
        for author in names_of(by, row):
            earlier = SignOff.objects.holding().filter(post=row, author=author, revision=row.working)
            if earlier.filter(**hashes).exists():
                continue
            earlier.update(voided_at=at)
            SignOff.objects.create(post=row, author=author, revision=row.working, at=at, **hashes)
        if not is_signed_off(post=row):
            post.refresh_from_db()
            return None
        made = move(post=post, kind=MoveKind.SIGN_OFF, by=by, at=at, seen=seen)
        tell_editors("signed_off", post=post, by=by, at=at)
    return made


def ask_for_correction(
    *,
    post: Post,
    reason: str,
    by: "User",
    at: dt.datetime,
    seen: int | None = None,
    remarks: Sequence[Remark] = (),
) -> Move:
    """Send a proof back to the editor with what is wrong in it: in one sentence, at paragraphs, or both.

    In one transaction: checks the remarks (IncompleteError, by field), anchors each as a note at its paragraph, moves
    the piece with the reason (which lists the remarks), and writes to the editor and to the other writers.
    """
    reason = clean_text(reason)
    remarks = [Remark(one.block, clean_text(one.text), clean_line(one.quote)) for one in remarks]
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        blocks = split_blocks(row.working.body) if row.working else []
        _check_remarks(remarks, blocks)
        whole = "\n\n".join(part for part in (reason, *(_said(one, blocks) for one in remarks)) if part)
        # Before the move: while it is the writers' turn, notes bring no letters of their own
        for one in remarks:
            notes.write_note(post=row, text=one.text, by=by, at=at, block=one.block, quote=one.quote)
        made = move(post=post, kind=MoveKind.ASK_FOR_CORRECTION, by=by, at=at, reason=whole, seen=seen)
        tell_editors("correction_asked", post=post, by=by, at=at, reason=made.reason)
        tell_writers("correction_asked", post=post, by=by, at=at, reason=made.reason)
    return made


def _check_remarks(remarks: Sequence[Remark], blocks: list[str]) -> None:
    errors: dict[str, str] = {}
    for one in remarks:
        if not 0 <= one.block < len(blocks):
            raise TextHasChangedError
        if not one.text:
            errors[f"text-{one.block}"] = _("Say what should change in this paragraph.")
        elif len(one.text) > MAX_REMARK:
            errors[f"text-{one.block}"] = _("Shorten this to {most} characters.").format(most=MAX_REMARK)
        if len(one.quote) > MAX_QUOTE:
            errors[f"quote-{one.block}"] = _("Shorten this to {most} characters.").format(most=MAX_QUOTE)
        elif one.quote and one.quote not in " ".join(as_plain(blocks[one.block]).split()):
            errors[f"quote-{one.block}"] = _(
                "These words are not in the paragraph. Copy them from it, or leave this empty."
            )
    if errors:
        raise IncompleteError(errors)


def _said(remark: Remark, blocks: list[str]) -> str:
    """Say a remark as the editor reads it in the letter: with the words it is about, or how its paragraph begins."""
    words = remark.quote or shortened(as_plain(blocks[remark.block]))
    return _("At “{words}”: {text}").format(words=words, text=remark.text)


def shortened(words: str) -> str:
    """Return how a paragraph begins, enough to know it by."""
    return Truncator(" ".join(words.split())).words(8, truncate="…")


def set_due_date(*, post: Post, due_date: dt.date | None, by: "User", at: dt.datetime) -> None:
    """Set another day by which the proof is to be signed off; the writers get a letter. None takes the day away."""
    require_editor_of(by, post)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        if row.state != State.IN_PROOF:
            raise MoveNotAllowedError(refusal(State(row.state)))
        if due_date and due_date < timezone.localdate(at):
            raise IncompleteError({"proof_due_date": _("This day has passed. Choose a later one.")})
        if due_date == row.proof_due_date:
            return
        Post.objects.filter(pk=row.pk).update(proof_due_date=due_date)
        post.refresh_from_db()
        tell_writers("proof_date", post=post, by=by, at=at)


def go_ahead(*, post: Post, reason: str, by: "User", at: dt.datetime, seen: int | None = None) -> Move:
    """Make a piece ready without the missing sign-offs. The reason is recorded and sent to the writers.

    Nobody is named who has not agreed to be: a name that has not answered its invitation comes off first.
    """
    with transaction.atomic():
        bylines.require_answered(Post.objects.locked(post.pk))
        made = move(post=post, kind=MoveKind.GO_AHEAD, by=by, at=at, reason=reason, seen=seen)
        tell_writers("went_ahead", post=post, by=by, at=at, move=made, reason=made.reason)
    return made


def take_back_for_editing(*, post: Post, by: "User", at: dt.datetime, reason: str = "") -> Move:
    """Take a proof or a ready piece back to the editor's table; the writers learn that a new proof will come."""
    with transaction.atomic():
        made = move(post=post, kind=MoveKind.EDIT, by=by, at=at, reason=reason)
        tell_writers("taken_back_for_editing", post=post, by=by, at=at, move=made, reason=made.reason)
    return made
