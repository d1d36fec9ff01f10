"""Reading the notes on a piece: which are open, who sees them, and where in the text of today each one stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from blog.changes import split_blocks
from blog.editorial.letters.writing import name_in, names_around
from blog.editorial.noting.anchoring import Alignment, as_words
from blog.editorial.permissions import is_writer_of
from blog.editorial.wording import times
from blog.models import Note, NoteAnswer, Post, Revision
from blog.models.notes import NoteState
from blog.prose import clean_line
from blog.states import Turn

if TYPE_CHECKING:
    from accounts.models import User

MOST_IN_A_LETTER = 8
IN_SHORT = 200


@dataclass(frozen=True)
class Noted:
    """A note as a page shows it, under the names that hold around the piece.

    `number` counts all notes of the piece and stays. `place` is the paragraph it is about in the text that is shown,
    from 0, or None; then `is_lost` tells whether there was one. `stands` is whether its words are still there, once.
    """

    note: Note
    number: int
    name: str
    is_own: bool
    place: int | None
    is_lost: bool
    stands: bool
    answers: list[tuple[str, NoteAnswer]]
    settled_by: str = ""

    @property
    def key(self) -> str:
        """The note’s key as it stands in addresses."""
        return str(self.note.pk)

    @property
    def paragraph(self) -> int:
        """The paragraph as people count, from 1; 0 for none."""
        return 0 if self.place is None else self.place + 1

    @property
    def words(self) -> str:
        """The words that it is about: those that were chosen, or how the paragraph began."""
        return self.note.old or self.note.quote or self.note.passage

    @property
    def is_waiting(self) -> bool:
        """Whether the other side sees it only once the piece is handed on."""
        return self.note.is_open and not is_seen_by(self.note, self.note.post, writer=not self.note.is_by_writer)


def open_notes(post: Post) -> list[Note]:
    """Return the notes that nobody has settled, oldest first."""
    return list(post.notes.filter(outcome=NoteState.OPEN).select_related("by", "revision"))


def notes_on(post: Post, *, reader: "User", text: Revision | None) -> list[Noted]:
    """Return the notes that somebody may see, in the order of the text that is shown; those on the whole come first."""
    is_writer = is_writer_of(reader, post)
    answers = Prefetch("answers", NoteAnswer.objects.select_related("by"))
    rows = list(post.notes.select_related("by", "settled_by", "revision").prefetch_related(answers))
    names = names_around(post)
    seen = []
    places = _Places(text)
    for number, note in enumerate(rows, 1):
        note.post = post
        if not is_seen_by(note, post, writer=is_writer):
            continue
        place = places.of(note)
        seen.append(
            Noted(
                note=note,
                number=number,
                name=name_in(names, note.by),
                is_own=note.by_id == reader.pk,
                place=place,
                is_lost=note.block is not None and place is None,
                stands=places.stands(note, place),
                answers=[(name_in(names, said.by), said) for said in note.answers.all()],
                settled_by="" if note.is_open else name_in(names, note.settled_by),
            )
        )
    return sorted(seen, key=lambda one: (-1 if one.place is None and not one.is_lost else one.place or 0, one.number))


class _Places:
    """Where notes stand in one text. Every earlier text is compared with it once, whatever notes are on it."""

    def __init__(self, text: Revision | None) -> None:
        self._text = text
        self._blocks = split_blocks(text.body) if text else []
        self._alignments: dict[int, Alignment] = {}

    def of(self, note: Note) -> int | None:
        if note.block is None or note.revision is None or self._text is None:
            return None
        if note.revision_id == self._text.pk:
            return note.block
        if note.revision.pk not in self._alignments:
            self._alignments[note.revision.pk] = Alignment(note.revision.body, self._text.body)
        return self._alignments[note.revision.pk].find(note.block, quote=note.old or note.quote)

    def stands(self, note: Note, place: int | None) -> bool:
        if place is None:
            return note.block is None
        if note.old:
            return times(self._blocks[place], note.old) == 1
        return not note.quote or note.quote in as_words(self._blocks[place])


def place_of(note: Note, text: Revision | None) -> int | None:
    """Return which paragraph of a text a note is about now; None if it is about the whole piece or a lost one."""
    return _Places(text).of(note)


def is_turn_of(post: Post, *, writer: bool) -> bool:
    """Whether that side holds the piece."""
    return post.turn in ({Turn.WRITER, Turn.BYLINE} if writer else {Turn.EDITOR})


def is_seen_by(note: Note, post: Post, *, writer: bool) -> bool:
    """Whether a side sees a note: its own at once, the other’s once that side has handed the piece on."""
    if note.is_by_writer == writer:
        return True
    return note.at < post.state_since or not is_turn_of(post, writer=note.is_by_writer)


def in_short(note: Note) -> str:
    """Return a note in one line, for a letter."""
    words = note.text
    if note.old:
        suggestion = _("Replace “{old}” with “{new}”") if note.new else _("Leave out “{old}”")
        words = f"{suggestion.format(old=note.old, new=note.new)}. {note.text}".strip()
    about = f"“{note.quote}”: " if note.quote and not note.old else ""
    return clean_line(f"{about}{words}")[:IN_SHORT]


def for_letter(post: Post) -> str:
    """Return the open notes for the letter of a move: each in short, under the name it was written by."""
    found = open_notes(post)
    names = names_around(post) if found else {}
    lines = [f"{number}. {name_in(names, note.by)}: {in_short(note)}" for number, note in enumerate(found, 1)]
    if len(lines) > MOST_IN_A_LETTER:
        more = _("… and {count} more.").format(count=len(lines) - MOST_IN_A_LETTER)
        lines = [*lines[:MOST_IN_A_LETTER], more]
    return "\n".join(lines)
