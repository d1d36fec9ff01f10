"""Notes on a piece: written beside a paragraph, answered, settled one by one; a suggestion is taken or left.

Whoever holds the piece writes notes at leisure: the other side sees them, and is told in the move's own letter, once
the piece is handed on. A note from the side that does not hold it is seen at once, and a letter says that there are
some; no second one is written while the first has not gone out.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.changes import split_blocks
from blog.editorial import drafting
from blog.editorial.letters.writing import tell_editors, tell_writers
from blog.editorial.noting.anchoring import as_words
from blog.editorial.noting.noted import IN_SHORT, in_short, is_turn_of, open_notes, place_of
from blog.editorial.permissions import is_editor_of, is_writer_of
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.editorial.wording import reword, times
from blog.models import Letter, Note, NoteAnswer, Post, Revision
from blog.models.notes import NoteState
from blog.prose import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["answer", "leave", "open_notes", "reopen", "settle", "take", "write_note"]

MAX_QUOTE = 300
MAX_NEW = 1000
MAX_TEXT = 4000
A_WHILE = dt.timedelta(minutes=10)  # Notes are written one after the other; one letter waits for all of them


class WordsHaveChangedError(EditorialRefusal):
    """The words that a suggestion is about can't be replaced: they are gone, or stand there twice."""


def write_note(
    *,
    post: Post,
    text: str,
    by: "User",
    at: dt.datetime,
    block: int | None = None,
    quote: str = "",
    old: str = "",
    new: str = "",
    seen: int | None = None,
) -> Note:
    """Write a note about one paragraph of the working text, or about the whole piece.

    `old` and `new` make it a suggestion. `block` counts the paragraphs of the text that was looked at: the revision
    `seen`, or else the working one. Without it, a note on words is about the only paragraph that they stand in.

    In this order: checks who may (PermissionDenied); cleans the words and says what is wrong (IncompleteError, by
    field); keeps the note; where it is not their turn, writes to the other side.
    """
    is_by_writer = _side_of(by, post)
    revision = post.revisions.filter(pk=seen).first() if seen else post.working
    texts = {"text": clean_text(text), "quote": clean_line(quote), "old": clean_line(old), "new": clean_line(new)}
    blocks = split_blocks(revision.body) if revision else []
    if block is None and (texts["old"] or texts["quote"]):
        standing = [place for place, html in enumerate(blocks) if times(html, texts["old"] or texts["quote"])]
        block = standing[0] if len(standing) == 1 else None
    _require_note(texts, blocks, block)
    with transaction.atomic():
        Post.objects.locked(post.pk)  # So that of two notes at once one alone finds no letter on its way
        note = Note.objects.create(
            post=post,
            revision=revision,
            block=block,
            passage="" if block is None else as_words(blocks[block]),
            by=by,
            is_by_writer=is_by_writer,
            at=at,
            **texts,
        )
        _tell(post, is_by_writer=is_by_writer, by=by, at=at, words=in_short(note))
    return note


def answer(*, note: Note, text: str, by: "User", at: dt.datetime) -> NoteAnswer:
    """Answer a note, open or settled. Says what is wrong with the words (IncompleteError); the other side is told."""
    is_by_writer = _side_of(by, note.post)
    text = clean_text(text)
    if not text:
        raise IncompleteError({"text": _("Write your answer first.")})
    if len(text) > MAX_TEXT:
        raise IncompleteError({"text": _("Shorten the answer to {most} characters.").format(most=MAX_TEXT)})
    with transaction.atomic():
        Post.objects.locked(note.post_id)
        said = NoteAnswer.objects.create(note=note, by=by, at=at, text=text)
        _tell(note.post, is_by_writer=is_by_writer, by=by, at=at, words=text[:IN_SHORT])
    return said


def settle(*, note: Note, by: "User", at: dt.datetime) -> Note:
    """Say that a note is done. Of two at once, one wins and the other is told (MoveNotAllowedError)."""
    return _close(note, NoteState.DONE, by=by, at=at)


def leave(*, note: Note, by: "User", at: dt.datetime) -> Note:
    """Leave the words as they are: the suggestion is answered by no."""
    if not note.is_suggestion:
        raise MoveNotAllowedError(_("This note suggests no other words."))
    return _close(note, NoteState.LEFT, by=by, at=at)


def take(*, note: Note, by: "User", at: dt.datetime) -> Revision:
    """Take a suggestion: its words replace exactly the old ones in that paragraph, as a new text by whoever takes it.

    In one transaction: locks the piece; closes the note (MoveNotAllowedError if somebody settled it before); finds the
    paragraph in the working text, and the words in it (WordsHaveChangedError); saves the text (`drafting.save_text`,
    which refuses where it is not their turn).
    """
    if not note.is_suggestion:
        raise MoveNotAllowedError(_("This note suggests no other words."))
    with transaction.atomic():
        post = Post.objects.locked(note.post_id)
        _close(note, NoteState.TAKEN, by=by, at=at)
        working = post.working or Revision()
        place = place_of(note, working)
        if place is None:
            raise WordsHaveChangedError(_("The paragraph this is about was removed, so there is nothing to replace."))
        try:
            body = reword(working.body, block=place, old=note.old, new=note.new)
        except ValueError as error:
            sentence = _("These words stand there twice now. Change them by hand.")
            if error.args == (0,):
                sentence = _("These words no longer stand in the paragraph, so there is nothing to replace.")
            raise WordsHaveChangedError(sentence) from error
        return drafting.save_text(post=post, text=drafting.Text(body=body), by=by, at=at, based_on=post.working_id)


def reopen(*, note: Note, by: "User", at: dt.datetime) -> Note:
    """Open a note again that was done or left. A suggestion that was taken is in the text and stays settled."""
    _side_of(by, note.post)
    settled = Note.objects.filter(pk=note.pk, outcome__in=[NoteState.DONE, NoteState.LEFT])
    if not settled.update(outcome=NoteState.OPEN, settled_by=None, settled_at=None):
        raise MoveNotAllowedError(_("This note can’t be opened again."))
    note.refresh_from_db()
    return note


def _require_note(texts: dict[str, str], blocks: list[str], block: int | None) -> None:
    errors: dict[str, str] = {}
    old, new, quote, text = (texts[name] for name in ("old", "new", "quote", "text"))
    if not text and not old and not new:
        errors["text"] = _("Write your note first.")
    if len(text) > MAX_TEXT:
        errors["text"] = _("Shorten the note to {most} characters.").format(most=MAX_TEXT)
    if len(quote) > MAX_QUOTE:
        errors["quote"] = _("Choose fewer words, at most {most} characters.").format(most=MAX_QUOTE)
    if len(new) > MAX_NEW:
        errors["new"] = _("Shorten the suggestion to {most} characters.").format(most=MAX_NEW)
    if block is not None and not 0 <= block < len(blocks):
        errors["block"] = _("This paragraph is not there any more. Choose the place again.")
    elif old or new:
        problem = _trouble_with(old, new, blocks[block] if block is not None else "")
        if problem:
            errors["old"] = problem
    elif quote and block is None:
        errors["quote"] = _("These words stand in no paragraph, or in several. Copy some more of them.")
    if errors:
        raise IncompleteError(errors)


def _trouble_with(old: str, new: str, block: str) -> str:
    """Say why some words can't be suggested in the place of others, or nothing."""
    if not old:
        return _("Write which words to replace, exactly as they stand in the paragraph.")
    if len(old) > MAX_QUOTE:
        return _("Choose fewer words, at most {most} characters.").format(most=MAX_QUOTE)
    if old == new:
        return _("Write other words than those that stand there.")
    found = times(block, old)
    if not found:
        return _("These words do not stand in the paragraph. Copy them exactly, out of one line.")
    return _("These words stand there more than once. Take the words around them as well.") if found > 1 else ""


def _side_of(user: "User", post: Post) -> bool:
    """Return whether somebody speaks for the writers; raise PermissionDenied if they are on neither side."""
    if is_writer_of(user, post):
        return True
    if not is_editor_of(user, post):
        raise PermissionDenied(_("Only the writers and the editors of the piece can do this."))
    return False


def _close(note: Note, outcome: NoteState, *, by: "User", at: dt.datetime) -> Note:
    _side_of(by, note.post)
    still_open = Note.objects.filter(pk=note.pk, outcome=NoteState.OPEN)
    if not still_open.update(outcome=outcome, settled_by=by, settled_at=at):
        raise MoveNotAllowedError(_("This note is settled already. Nothing was changed."))
    note.refresh_from_db()
    return note


def _tell(post: Post, *, is_by_writer: bool, by: "User", at: dt.datetime, words: str) -> None:
    """Write to the other side that there are notes, unless it will hear by the next move or a letter is on its way."""
    if is_turn_of(post, writer=is_by_writer):
        return
    kind = "to_editor/notes" if is_by_writer else "to_writer/notes"
    on_its_way = Letter.objects.filter(post=post, kind=kind, status__in=[Letter.Status.WAITING, Letter.Status.HELD])
    if on_its_way.exists():
        return
    tell = tell_editors if is_by_writer else tell_writers
    for letter in tell("notes", post=post, by=by, at=at, words=words):
        Letter.objects.filter(pk=letter.pk).update(due_at=max(letter.due_at, at + A_WHILE))
