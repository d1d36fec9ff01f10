"""Pitches: what anybody would like to write, from the form to the invitation or the kind refusal.

What somebody types reaches the editors once its address is confirmed. The link of a pitch is derived anew each time
and kept nowhere, as an invitation's is.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import invitations
from blog.editorial.letters.writing import editors
from blog.editorial.names.identity import is_under_pen_name
from blog.editorial.particulars import is_part_taken
from blog.editorial.permissions import is_editor, may_see_identities, require_editor
from blog.editorial.pitching.answering import answer_days
from blog.editorial.pitching.form import TypedPitch, cleaned, count_pitch
from blog.editorial.pitching.post import cancel_unsent, hash_of, link_of, tell_editor, tell_pitcher, token_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.purges import mark
from blog.models import Category, Letter, Pitch, PitchEvent, PitchState, Post
from blog.models.pitches import OPEN_STATES
from blog.prose import clean_text

if TYPE_CHECKING:
    from accounts.models import User

CONFIRMED_WITHIN = dt.timedelta(days=14)
UNCONFIRMED_KEPT = dt.timedelta(days=30)
MAX_WORDS = 4000


__all__ = [
    "Assignment", "PitchClosedError", "accept", "answer", "ask", "clear_unconfirmed", "confirm", "decline", "find",
    "hand_over", "has_run_out", "hides_its_writer", "link_of", "send_in", "suggested_brief", "withdraw",
]  # fmt: skip


class PitchClosedError(EditorialRefusal):
    """The pitch was accepted, declined or withdrawn meanwhile, or its link has run out."""


@dataclass(frozen=True)
class Assignment:
    """What an accepted pitch becomes: what the invitation says and asks for."""

    title: str
    brief: str
    note: str = ""
    brief_words: int | None = None
    due_date: dt.date | None = None
    category: Category | None = None


def send_in(*, typed: TypedPitch, at: dt.datetime) -> Pitch:
    """Take in what somebody typed, and ask them by letter whether the address is theirs.

    In this order: cleans the fields and says what is wrong with them (IncompleteError, by field); counts the pitches
    from this address and from all (TooManyLettersError); writes the row and the letter. That letter holds none of what
    was typed, so that nobody can use the form to write to others.
    """
    typed = cleaned(typed, at=at)
    count_pitch(typed.email)
    with transaction.atomic():
        pitch = Pitch(
            name=typed.name,
            email=typed.email,
            title=typed.title,
            text=typed.text,
            about=typed.about,
            slot=typed.slot,
            in_reply_to=typed.in_reply_to,
            state_since=at,
            sent_at=at,
            nonce=secrets.token_urlsafe(32),
        )
        pitch.token_hash = hash_of(token_of(pitch))
        pitch.save()
        tell_pitcher("to_writer/pitch_confirm", pitch, at=at, days=CONFIRMED_WITHIN.days)
    return pitch


def find(*, token: str) -> Pitch | None:
    """Find the pitch of a link. Nothing changes."""
    found = Pitch.objects.filter(token_hash=hash_of(token))
    return found.select_related("in_reply_to__live", "slot__series", "editor", "post").first()


def has_run_out(pitch: Pitch, at: dt.datetime) -> bool:
    """Whether the time to confirm it is over."""
    return pitch.state == PitchState.UNCONFIRMED and pitch.sent_at + CONFIRMED_WITHIN <= at


def confirm(*, pitch: Pitch, at: dt.datetime) -> bool:
    """Confirm the address, and give the pitch to the editors. Returns whether that is new.

    In one transaction: the pitch waits for the editors from now on, its writer gets a letter with the usual answering
    time, and every editor gets one. Once more changes nothing. Raises PitchClosedError where the link has run out.
    """
    with transaction.atomic():
        row = Pitch.objects.locked(pitch.pk)
        if row.state != PitchState.UNCONFIRMED:
            return False
        if has_run_out(row, at):
            raise PitchClosedError(_("This link has run out. Please send your pitch again."))
        row.confirmed_at = at
        _enter(row, PitchState.WAITING, PitchEvent.Kind.CONFIRM, at=at)
        tell_pitcher("to_writer/pitch_received", row, at=at, to_name=row.name, answer_time=answer_days().sentence)
        for editor in editors():
            tell_editor("to_editor/pitch", row, editor, at=at)
    pitch.refresh_from_db()
    return True


def withdraw(*, pitch: Pitch, at: dt.datetime) -> None:
    """Take a pitch back, by its writer. Whoever looks after it gets a letter. Once more changes nothing."""
    with transaction.atomic():
        row = Pitch.objects.locked(pitch.pk)
        if row.state == PitchState.WITHDRAWN:
            return
        _require_open(row)
        _enter(row, PitchState.WITHDRAWN, PitchEvent.Kind.WITHDRAW, at=at)
        cancel_unsent(row)
        for editor in _looked_after_by(row):
            tell_editor("to_editor/pitch_withdrawn", row, editor, at=at)
    pitch.refresh_from_db()


def answer(*, pitch: Pitch, text: str, at: dt.datetime) -> None:
    """Answer an editor's question, by the pitch's writer; whoever asked gets a letter, and it waits for them again."""
    text = _words(text, _("Write your answer first."))
    with transaction.atomic():
        row = Pitch.objects.locked(pitch.pk)
        if row.state != PitchState.ASKED:
            raise PitchClosedError(_("No question is open on this pitch now."))
        _enter(row, PitchState.WAITING, PitchEvent.Kind.ANSWER, at=at, text=text)
        for editor in _looked_after_by(row):
            tell_editor("to_editor/pitch_answered", row, editor, at=at, message=text)
    pitch.refresh_from_db()


def ask(*, pitch: Pitch, text: str, by: "User", at: dt.datetime) -> None:
    """Ask the pitch's writer something, in a letter. Whoever asks looks after the pitch from then on."""
    require_editor(by)
    text = _words(text, _("Write your question first."))
    with transaction.atomic():
        row = _locked_open(pitch)
        row.editor = by
        _answered(row, PitchState.ASKED, PitchEvent.Kind.ASK, by=by, at=at, text=text)
        tell_pitcher("to_writer/pitch_question", row, at=at, to_name=row.name, by_name=by.display_name, message=text)
    pitch.refresh_from_db()


def hand_over(*, pitch: Pitch, to: "User", by: "User", at: dt.datetime) -> None:
    """Let a colleague look after a pitch, or take it oneself. The colleague gets a letter."""
    require_editor(by)
    if not is_editor(to):
        raise IncompleteError({"to": _("Choose an editor.")})
    with transaction.atomic():
        row = _locked_open(pitch)
        if row.editor_id == to.pk:
            return
        row.editor = to
        row.save(update_fields=["editor"])
        _note(row, PitchEvent.Kind.HAND_OVER, by=by, at=at, text=to.display_name)
        if to.pk != by.pk:
            tell_editor("to_editor/pitch_handed_over", row, to, at=at, by_name=by.display_name)
    pitch.refresh_from_db()


def decline(*, pitch: Pitch, text: str, by: "User", at: dt.datetime) -> None:
    """Decline a pitch in the editor's own words, which are the letter. Its writer reads them on its page as well."""
    require_editor(by)
    text = _words(text, _("Write the letter; a few friendly words will do."))
    with transaction.atomic():
        row = _locked_open(pitch)
        _answered(row, PitchState.DECLINED, PitchEvent.Kind.DECLINE, by=by, at=at, text=text)
        tell_pitcher("to_writer/pitch_declined", row, at=at, to_name=row.name, by_name=by.display_name, message=text)
    pitch.refresh_from_db()


def accept(*, pitch: Pitch, assignment: Assignment, by: "User", at: dt.datetime) -> Post:
    """Make a pitch into a piece and invite its writer (`invitations.invite`); the invitation is the only letter.

    In one transaction: the piece, its byline, the invitation and its letter; the pitch leads to the piece, and the
    letters about it belong to the piece, so that they are hidden where its writer chooses a pen name.
    """
    with transaction.atomic():
        row = _locked_open(pitch)
        slot, answered = row.slot, row.in_reply_to
        is_out = answered is not None and Post.objects.visible_at(at).filter(pk=answered.pk).exists()
        is_taken = slot is not None and is_part_taken(series=slot.series, part_number=slot.part_number)
        invitation = invitations.invite(
            by=by,
            at=at,
            name=row.name,
            email=row.email,
            note=assignment.note,
            title=assignment.title,
            brief=assignment.brief,
            brief_words=assignment.brief_words,
            due_date=assignment.due_date,
            category=assignment.category,
            series=slot.series if slot else None,
            part_number=slot.part_number if slot and not is_taken else None,
            in_reply_to=answered if is_out else None,
        )
        row.post, row.editor = invitation.post, by
        _answered(row, PitchState.ACCEPTED, PitchEvent.Kind.ACCEPT, by=by, at=at)
        cancel_unsent(row)
        row.letters.update(post=invitation.post)
    pitch.refresh_from_db()
    return invitation.post


def hides_its_writer(pitch: Pitch, *, from_: "User") -> bool:
    """Whether name and address must stay hidden from this editor: the piece that came of it is under a pen name."""
    return pitch.post is not None and is_under_pen_name(pitch.post) and not may_see_identities(from_)


def suggested_brief(pitch: Pitch) -> str:
    """Return what the editor would ask for: what was pitched, without what its writer says about themselves."""
    return pitch.text[:2000]


def clear_unconfirmed(*, at: dt.datetime) -> int:
    """Remove the pitches that nobody confirmed within 30 days, with their letters; return how many there were.

    What an address that may be somebody else's was given for is nobody's text. Confirmed pitches stay.
    """
    old = Pitch.objects.filter(state=PitchState.UNCONFIRMED, sent_at__lt=at - UNCONFIRMED_KEPT)
    with transaction.atomic():
        gone = list(old.select_for_update(of=("self",)).values_list("pk", flat=True))
        Letter.objects.filter(pitch__in=gone).delete()
        Pitch.objects.filter(pk__in=gone).delete()
    return len(gone)


def _answered(
    row: Pitch, state: PitchState, kind: PitchEvent.Kind, *, by: "User", at: dt.datetime, text: str = ""
) -> None:
    """Write down an editor's answer. Pages that name the usual answering time are made anew if it is another now."""
    before = answer_days()
    row.answered_at = row.answered_at or at
    _enter(row, state, kind, by=by, at=at, text=text)
    if answer_days() != before:
        mark(keys.WANTED, at=at)


def _enter(
    row: Pitch, state: PitchState, kind: PitchEvent.Kind, *, at: dt.datetime, by: "User | None" = None, text: str = ""
) -> None:
    row.state, row.state_since = state, at
    row.save(update_fields=["state", "state_since", "confirmed_at", "answered_at", "editor", "post"])
    _note(row, kind, by=by, at=at, text=text)


def _note(row: Pitch, kind: PitchEvent.Kind, *, by: "User | None", at: dt.datetime, text: str = "") -> None:
    PitchEvent.objects.create(pitch=row, kind=kind, by=by, is_by_editor=by is not None, at=at, text=text)


def _locked_open(pitch: Pitch) -> Pitch:
    row = Pitch.objects.locked(pitch.pk)
    _require_open(row)
    return row


def _require_open(row: Pitch) -> None:
    if row.state not in OPEN_STATES:
        sentence = _("This can’t be done any more: the pitch is now “{state}”. Nothing was changed.")
        raise PitchClosedError(sentence.format(state=row.get_state_display()))


def _words(text: str, missing: str) -> str:
    text = clean_text(text)
    if not text:
        raise IncompleteError({"text": missing})
    if len(text) > MAX_WORDS:
        raise IncompleteError({"text": _("Shorten this to {most} characters.").format(most=MAX_WORDS)})
    return text


def _looked_after_by(row: Pitch) -> "list[User]":
    return [row.editor] if row.editor and is_editor(row.editor) else list(editors())
