"""Where a piece stands, in the words its writer reads: whose turn it is, what happened, what comes next.

Pure wording. It asks the database for nothing beyond what `access.with_history` has brought along, and takes the
moment from outside, so that every sentence can be tried without a page.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.desk.words import day, familiar, listed, time_of
from blog.editorial.letters.writing import name_in, names_around
from blog.models import Message, Move, Post
from blog.states import MoveKind, State
from blog.writing.signing import SigningOff, invited_as_well
from blog.writing.stages import Stage, stages_of

if TYPE_CHECKING:
    from accounts.models import User


class Group(StrEnum):
    """Under which heading a piece stands on the desk, in the order of the page."""

    YOURS = "yours"
    EDITORS = "editors"
    PUBLISHED = "published"
    ENDED = "ended"


@dataclass(frozen=True)
class Way:
    """A button or link: what it says and where it leads."""

    label: str
    address: str


@dataclass(frozen=True)
class Said:
    """What one state has to say. The rest of `Progress` is the same for all."""

    group: Group
    turn: str
    sentence: str
    button: Way | None = None
    ways: tuple[Way, ...] = ()
    shows_reason: bool = True


@dataclass(frozen=True)
class Progress:
    """Everything the desk shows of one piece."""

    post: Post
    said: Said
    stages: list[Stage]
    reason: str = ""
    reason_by: str = ""
    news: Way | None = None

    @property
    def is_yours(self) -> bool:
        """Whether it is this writer's turn."""
        return self.said.group is Group.YOURS


@dataclass(frozen=True)
class _Piece:
    """A piece as one of its writers looks at it at one moment."""

    post: Post
    reader: "User"
    at: dt.datetime
    names: dict[int, str]
    moves: list[Move]
    changes: int | None

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)

    @property
    def last(self) -> Move:
        return self.moves[-1]

    @property
    def editor(self) -> str:
        return name_in(self.names, self.post.editor) if self.post.editor else _("The editors")

    @property
    def first_name(self) -> str:
        return familiar(self.editor) if self.post.editor else _("the editors")

    def who_did(self, own: str, by_other: str, made: Move | None = None) -> str:
        """Fill in who made a move and on which day; `own` is for the writer's own moves."""
        made = made or self.last
        is_own = made.by_id == self.reader.pk
        return format_html(own if is_own else by_other, name=name_in(self.names, made.by), day=day(made.at, self.today))

    def way(self, label: str, view: str, anchor: str = "") -> Way:
        return Way(label, reverse(f"writing:{view}", args=[self.post.pk]) + anchor)

    def with_editors(self, sentence: str, *ways: Way, turn: str = "", shows_reason: bool = True) -> Said:
        since = _("With the editors since {day}").format(day=day(self.post.state_since, self.today))
        return Said(Group.EDITORS, turn or since, sentence, None, ways, shows_reason)


def progress_of(post: Post, *, reader: "User", at: dt.datetime, changes: int | None = None) -> Progress:
    """Say where a piece stands, to one of its writers.

    `changes` is how many changes the editors made in the proof, where somebody has counted them.
    """
    piece = _Piece(post, reader, at, names_around(post), list(post.moves.all()), changes)
    said = SAYINGS[State(post.state)](piece)
    progress = Progress(post, said, stages_of(post, moves=piece.moves, at=at, today=piece.today), news=_news(piece))
    if piece.last.reason and said.shows_reason:
        by = _("you") if piece.last.by_id == reader.pk else name_in(piece.names, piece.last.by)
        return replace(progress, reason=piece.last.reason, reason_by=by)
    return progress


def _news(piece: _Piece) -> Way | None:
    """Point to the newest message, if somebody else wrote it after the last move."""
    messages: list[Message] = list(piece.post.messages.all())
    if not messages or messages[-1].by_id == piece.reader.pk or messages[-1].at < piece.last.at:
        return None
    name = familiar(name_in(piece.names, messages[-1].by))
    return piece.way(_("Read what {name} wrote to you").format(name=name), "piece", "#conversation")


def _drafting(piece: _Piece) -> Said:
    begun = {
        MoveKind.TAKE_BACK: (_("You took it back on {day}."), _("{name} took it back on {day}.")),
        MoveKind.REOPEN: (_("You opened it again on {day}."), _("{name} opened it again on {day}.")),
    }
    began = (_("You began it on {day}."), _("{name} asked you for this piece on {day}."))
    lead = piece.who_did(*begun.get(MoveKind(piece.last.kind), began))
    label = _("Go on writing") if piece.post.working and piece.post.working.words else _("Start writing")
    sentence = _join(lead, _deadline(piece, again=False), invited_as_well(piece.post))
    return Said(Group.YOURS, _("Your turn"), sentence, piece.way(label, "piece"))


def _changes_requested(piece: _Piece) -> Said:
    lead = piece.who_did(_("You asked for changes on {day}."), _("{name} asked for changes on {day}."))
    button = piece.way(_("Go on writing"), "piece")
    return Said(
        Group.YOURS, _("Your turn"), _join(lead, _deadline(piece, again=True), invited_as_well(piece.post)), button
    )


def _deadline(piece: _Piece, *, again: bool) -> str:
    due = piece.post.due_date
    if due is None:
        sentence = _("Send it back when it is ready.") if again else _("Send it to the editor when it is ready.")
    elif due < piece.today:
        sentence = _("It was due on <b>{due}</b>. Send it when it is ready, or tell {editor} how long you need.")
    elif again:
        sentence = _("Please send it back by <b>{due}</b>, or tell {editor} if you need longer.")
    else:
        sentence = _("Please send it by <b>{due}</b>, or tell {editor} if you need longer.")
    return format_html(sentence, due=day(due, piece.today) if due else "", editor=piece.first_name)


def _submitted(piece: _Piece) -> Said:
    read = piece.way(_("Read it"), "piece")
    asked = (_("You asked for a correction on {day}."), _("{name} asked for a correction on {day}."))
    taken = (_("You took it back for editing on {day}."), _("{name} took it back for editing on {day}."))
    from_proof = {MoveKind.ASK_FOR_CORRECTION: asked, MoveKind.EDIT: taken}
    if piece.last.kind in from_proof:
        lead = piece.who_did(*from_proof[MoveKind(piece.last.kind)])
        then = _("A new proof will come to you. You need do nothing.")
        return piece.with_editors(_join(lead, then), read)
    due = piece.post.answer_due_date or piece.today
    is_late = due < piece.today
    if piece.post.editor and is_late:
        sentence = _("{editor} looks after it. An answer was due by {due}; ask how it stands, if you like.")
    elif piece.post.editor:
        sentence = _("{editor} looks after it and will answer by {due}. You need do nothing.")
    elif is_late:
        sentence = _("The editors have it. An answer was due by {due}; ask how it stands, if you like.")
    else:
        sentence = _("The editors have it and will answer by {due}. You need do nothing.")
    ask = (piece.way(_("Ask how it stands"), "piece", "#conversation"),) if is_late else ()
    take_back = piece.way(_("Take it back to change something"), "piece", "#take-back")
    said = format_html(sentence, editor=piece.editor, due=day(due, piece.today))
    return piece.with_editors(said, read, *ask, take_back)


def _in_proof(piece: _Piece) -> Said:
    standing = SigningOff.of(piece.post, reader=piece.reader, today=piece.today)
    read = piece.way(_("Read the proof"), "proof")
    if standing.invited:
        turn = _("Waits for {names}").format(names=listed(standing.invited))
        return piece.with_editors(standing.waits, read, piece.way(_("Who writes it"), "co_authors"), turn=turn)
    if standing.is_mine:
        again = _("The byline has changed, so your proof is to be signed off again.")
        sentence = _join(
            again if piece.last.kind == MoveKind.SIGN_AGAIN else _("Your proof is ready."),
            _made_changes(piece),
            standing.please(editor=piece.first_name),
            standing.others_so_far,
        )
        return Said(Group.YOURS, _("Your turn"), sentence, piece.way(_("Read your proof"), "proof"))
    turn = _("Waits for {names}").format(names=listed(standing.others))
    return piece.with_editors(standing.you_have, read, turn=turn)


def _made_changes(piece: _Piece) -> str:
    if piece.changes is None:
        return ""
    if piece.changes == 0:
        return format_html(_("{editor} changed nothing in your text."), editor=piece.editor)
    sentence = ngettext("{editor} made {count} change.", "{editor} made {count} changes.", piece.changes)
    return format_html(sentence, editor=piece.editor, count=piece.changes)


def _ready(piece: _Piece) -> Said:
    if piece.last.kind == MoveKind.GO_AHEAD:
        lead = piece.who_did(
            _("You made it ready without the sign-off on {day}."),
            _("{name} made it ready without your sign-off on {day}."),
        )
    elif piece.last.kind == MoveKind.UNSCHEDULE:
        lead = piece.who_did(
            _("You took it off the calendar on {day}."),
            _("{name} took it off the calendar on {day}, to choose another."),
        )
    elif piece.last.kind == MoveKind.SIGN_OFF and len(piece.post.ordered_bylines()) > 1:
        lead = piece.who_did(
            _("Everybody has signed it off, you as the last on {day}."),
            _("Everybody has signed it off, {name} as the last on {day}."),
        )
    elif piece.last.kind == MoveKind.SIGN_OFF:
        lead = piece.who_did(_("You signed it off on {day}."), _("{name} signed it off on {day}."))
    else:
        lead = ""
    then = format_html(_("{editor} will choose the day and write to you. You need do nothing."), editor=piece.editor)
    return piece.with_editors(_join(lead, then), piece.way(_("Read it"), "piece"))


def _published(piece: _Piece) -> Said:
    post = piece.post
    out = post.published_at or piece.at
    if not post.is_visible_at(piece.at):
        sentence = _("It comes out on <b>{day}</b> at {time} (UK time). You need do nothing.")
        said = format_html(sentence, day=day(out, piece.today), time=time_of(out))
        return piece.with_editors(said, piece.way(_("Read it"), "piece"), turn=_("Scheduled"), shows_reason=False)
    sentence = format_html(_("Published on {day}."), day=day(out, piece.today))
    if piece.last.kind == MoveKind.CORRECT:
        corrected = piece.who_did(_("You corrected it on {day}."), _("{name} corrected it on {day}."))
        sentence = _join(sentence, corrected)
    ways = (
        piece.way(_("Propose a correction"), "propose"),
        piece.way(_("Earlier versions"), "versions"),
    )
    return Said(Group.PUBLISHED, _("Published"), sentence, Way(_("See it on the blog"), post.get_absolute_url()), ways)


def _ended(piece: _Piece) -> Said:
    leads: dict[State, tuple[str, str]] = {
        State.RETRACTED: (_("You took it off the blog on {day}."), _("{name} took it off the blog on {day}.")),
        State.WITHDRAWN: (_("You withdrew it on {day}."), _("{name} withdrew it on {day}.")),
        State.DECLINED: (_("You declined it on {day}."), _("{name} declined it on {day}.")),
    }
    state = State(piece.post.state)
    then = _("Your text is kept; write to the editors if you would like to go on with it.")
    if state is State.RETRACTED:
        then = _("Your text is kept, and the editors can put it back.")
    ways = (
        piece.way(_("Read it"), "piece"),
        piece.way(_("Write to the editors"), "piece", "#conversation"),
        piece.way(_("Earlier versions"), "versions"),
    )
    return Said(Group.ENDED, str(state.label), _join(piece.who_did(*leads[state]), then), None, ways)


def _join(*sentences: str) -> str:
    return format_html(" ".join(["{}"] * len(full)), *full) if (full := [part for part in sentences if part]) else ""


SAYINGS: dict[State, Callable[[_Piece], Said]] = {
    State.DRAFTING: _drafting,
    State.SUBMITTED: _submitted,
    State.CHANGES_REQUESTED: _changes_requested,
    State.IN_PROOF: _in_proof,
    State.READY: _ready,
    State.PUBLISHED: _published,
    State.RETRACTED: _ended,
    State.WITHDRAWN: _ended,
    State.DECLINED: _ended,
}
