"""Corrections that a writer proposes after publication. The live text stays until an editor corrects it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.changes import split_blocks
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.permissions import is_writer_of, require_editor_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.models import Post, Proposal
from blog.prose import as_plain, clean_text

if TYPE_CHECKING:
    from accounts.models import User

MAX_TEXT = 2000
MOST_WAITING = 20  # Nobody has to answer more at a time for one piece


def propose(
    *,
    post: Post,
    wrong: str,
    by: "User",
    at: dt.datetime,
    wanted: str = "",
    block: int | None = None,
    seen: int | None = None,
) -> Proposal:
    """Propose a correction of a piece that readers see, at one paragraph (`block`, from 0) or about the whole.

    `seen` is the revision that was looked at, or else the live one. In this order: checks who may (PermissionDenied),
    that the piece is out (EditorialRefusal) and what was written (IncompleteError, by field); keeps the proposal, and
    writes to the editors. What readers see doesn't change.
    """
    if not is_writer_of(by, post):
        raise PermissionDenied(_("Only a writer of the piece can propose a correction here."))
    wrong, wanted = clean_text(wrong), clean_text(wanted)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        revision = (row.revisions.filter(pk=seen).first() if seen else None) or row.live
        if not row.is_visible_at(at) or revision is None:
            raise EditorialRefusal(_("Readers can’t see this piece now, so there is nothing to correct yet."))
        blocks = split_blocks(revision.body)
        errors: dict[str, str] = {}
        if not wrong:
            errors["wrong"] = _("Say what is wrong.")
        if block is not None and not 0 <= block < len(blocks):
            errors["block"] = _("Choose one of the paragraphs.")
        for name, text in (("wrong", wrong), ("wanted", wanted)):
            if len(text) > MAX_TEXT:
                errors[name] = _("Shorten this to {most} characters.").format(most=MAX_TEXT)
        if errors:
            raise IncompleteError(errors)
        if row.proposals.filter(answer=Proposal.Answer.WAITING).count() >= MOST_WAITING:
            raise EditorialRefusal(_("The editors have {most} proposals to answer first.").format(most=MOST_WAITING))
        proposal = Proposal.objects.create(
            post=row,
            revision=revision,
            block=block,
            passage="" if block is None else " ".join(as_plain(blocks[block]).split()),
            wrong=wrong,
            wanted=wanted,
            by=by,
            at=at,
        )
        tell_editors("correction_proposed", post=post, by=by, at=at, wrong=wrong, wanted=wanted)
    return proposal


def take_up(*, proposal: Proposal, by: "User", at: dt.datetime, reason: str = "") -> Proposal:
    """Agree that something has to be put right; the writers get a letter. The correction itself is the editor's."""
    return _answer(proposal, Proposal.Answer.TAKEN, by=by, at=at, reason=reason)


def refuse(*, proposal: Proposal, reason: str, by: "User", at: dt.datetime) -> Proposal:
    """Leave the text as it is, with a reason, which the writers get in a letter (IncompleteError without one)."""
    if not clean_text(reason):
        raise IncompleteError({"reason": _("Write the reason; the other side reads it.")})
    return _answer(proposal, Proposal.Answer.REFUSED, by=by, at=at, reason=reason)


def _answer(proposal: Proposal, answer: str, *, by: "User", at: dt.datetime, reason: str) -> Proposal:
    """Write an answer down, once (MoveNotAllowedError), and tell the writers."""
    post = proposal.post
    require_editor_of(by, post)
    reason = clean_text(reason)
    if len(reason) > MAX_TEXT:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_TEXT)})
    with transaction.atomic():
        Post.objects.locked(post.pk)
        waiting = Proposal.objects.filter(pk=proposal.pk, answer=Proposal.Answer.WAITING)
        if not waiting.update(answer=answer, answered_by=by, answered_at=at, reason=reason):
            raise MoveNotAllowedError(_("Somebody has answered this already. Nothing was changed."))
        proposal.refresh_from_db()
        kind = "correction_taken" if answer == Proposal.Answer.TAKEN else "correction_refused"
        tell_writers(kind, post=post, by=by, at=at, reason=reason, wrong=proposal.wrong)
    return proposal
