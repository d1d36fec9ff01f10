"""The vocabulary of a piece's life: its states, whose turn each one is, and the moves between them.

Data only. `blog.editorial.moves` is the one door through which a piece moves; it reads this table.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class State(TextChoices):
    """Where a piece is."""

    DRAFTING = "drafting", _("Writing")
    SUBMITTED = "submitted", _("With the editor")
    CHANGES_REQUESTED = "changes_requested", _("Changes asked for")
    IN_PROOF = "in_proof", _("Proof")
    READY = "ready", _("Ready")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")


class Turn(TextChoices):
    """Who holds a piece."""

    WRITER = "writer", _("the writer")
    EDITOR = "editor", _("the editor")
    BYLINE = "byline", _("every name on the byline")
    NOBODY = "nobody", _("nobody")


WHOSE_TURN: dict[State, Turn] = {
    State.DRAFTING: Turn.WRITER,
    State.SUBMITTED: Turn.EDITOR,
    State.CHANGES_REQUESTED: Turn.WRITER,
    State.IN_PROOF: Turn.BYLINE,
    State.READY: Turn.EDITOR,
    State.PUBLISHED: Turn.NOBODY,
    State.RETRACTED: Turn.NOBODY,
    State.WITHDRAWN: Turn.NOBODY,
    State.DECLINED: Turn.NOBODY,
}

WRITERS_STATES = frozenset(state for state, turn in WHOSE_TURN.items() if turn is Turn.WRITER)
EDITORS_STATES = frozenset(state for state, turn in WHOSE_TURN.items() if turn is Turn.EDITOR)
UNPUBLISHED_STATES = frozenset({State.DRAFTING, State.SUBMITTED, State.CHANGES_REQUESTED, State.IN_PROOF, State.READY})
# With a date and an address of its own, whether or not readers can see it now
OUT_STATES = frozenset({State.PUBLISHED, State.RETRACTED})


class MoveKind(TextChoices):
    """What can happen to a piece. The labels are what its history says."""

    BEGIN = "begin", _("Begun")
    BRING_IN = "bring_in", _("Brought in from an archive")
    SUBMIT = "submit", _("Sent to the editor")
    TAKE_BACK = "take_back", _("Taken back by the writer")
    ASK_FOR_CHANGES = "ask_for_changes", _("Changes asked for")
    ACCEPT = "accept", _("Accepted, proof made")
    DECLINE = "decline", _("Declined")
    RECONSIDER = "reconsider", _("Decision taken back")
    SIGN_OFF = "sign_off", _("Signed off")
    GO_AHEAD = "go_ahead", _("Made ready without the sign-off")
    ASK_FOR_CORRECTION = "ask_for_correction", _("Correction asked for")
    SIGN_AGAIN = "sign_again", _("Byline changed, to be signed off again")
    EDIT = "edit", _("Taken back for editing")
    FINISH = "finish", _("Made ready")
    PUBLISH = "publish", _("Published")
    RESCHEDULE = "reschedule", _("Moved to another time")
    UNSCHEDULE = "unschedule", _("Unscheduled")
    CORRECT = "correct", _("Corrected")
    RETRACT = "retract", _("Retracted")
    REINSTATE = "reinstate", _("Reinstated")
    WITHDRAW = "withdraw", _("Withdrawn")
    REOPEN = "reopen", _("Reopened")


class CorrectionKind(TextChoices):
    """What a change after publication is. The labels head the notices that readers see."""

    TYPO = "typo", _("Typo")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")


@dataclass(frozen=True)
class Change:
    """What a kind of change brings: whether readers are told, and what they are told of the text before it."""

    done: "_StrPromise"
    hint: "_StrPromise"
    is_silent: bool = False
    shows_earlier_text: bool = True


CHANGES: dict[CorrectionKind, Change] = {
    CorrectionKind.TYPO: Change(
        _("Corrected"),
        _("Spelling, a comma, a broken link. Readers are not told; the earlier text is kept for editors."),
        is_silent=True,
        shows_earlier_text=False,
    ),
    CorrectionKind.CORRECTION: Change(_("Corrected"), _("Something was wrong.")),
    CorrectionKind.CLARIFICATION: Change(_("Clarified"), _("Nothing was wrong, but it could be misread.")),
    CorrectionKind.UPDATE: Change(_("Updated"), _("It was right then; something has happened since.")),
    CorrectionKind.RETRACTION: Change(_("Retracted"), _("The piece itself is taken away."), shows_earlier_text=False),
}
# What an editor chooses from for a changed text
TEXT_CHANGES = [kind for kind in CHANGES if kind is not CorrectionKind.RETRACTION]


class Party(TextChoices):
    """Who may make a move."""

    WRITER = "writer", _("a writer of the piece")
    EDITOR = "editor", _("an editor")
    PUBLISHER = "publisher", _("an editor who may publish")


@dataclass(frozen=True)
class Rule:
    """One row of the table: from where to where, who may, whether a reason must be given.

    A consequence is never made on its own: it follows another act, and has no button.
    """

    origins: frozenset[State]
    target: State
    parties: frozenset[Party]
    needs_reason: bool = False
    is_consequence: bool = False


def _rule(
    *origins: State,
    to: State,
    by: Party | frozenset[Party],
    needs_reason: bool = False,
    is_consequence: bool = False,
) -> Rule:
    parties = by if isinstance(by, frozenset) else frozenset({by})
    return Rule(frozenset(origins), to, parties, needs_reason, is_consequence)


MOVES: dict[MoveKind, Rule] = {
    MoveKind.SUBMIT: _rule(State.DRAFTING, State.CHANGES_REQUESTED, to=State.SUBMITTED, by=Party.WRITER),
    MoveKind.TAKE_BACK: _rule(State.SUBMITTED, to=State.DRAFTING, by=Party.WRITER),
    MoveKind.ASK_FOR_CHANGES: _rule(State.SUBMITTED, to=State.CHANGES_REQUESTED, by=Party.EDITOR, needs_reason=True),
    MoveKind.ACCEPT: _rule(State.SUBMITTED, to=State.IN_PROOF, by=Party.EDITOR),
    MoveKind.DECLINE: _rule(State.SUBMITTED, to=State.DECLINED, by=Party.EDITOR, needs_reason=True),
    # Only until the decision's letter has gone out: the writers have not been told yet
    MoveKind.RECONSIDER: _rule(
        State.CHANGES_REQUESTED, State.DECLINED, State.IN_PROOF, to=State.SUBMITTED, by=Party.EDITOR
    ),
    MoveKind.SIGN_OFF: _rule(State.IN_PROOF, to=State.READY, by=Party.WRITER),
    MoveKind.GO_AHEAD: _rule(State.IN_PROOF, to=State.READY, by=Party.PUBLISHER, needs_reason=True),
    MoveKind.ASK_FOR_CORRECTION: _rule(State.IN_PROOF, to=State.SUBMITTED, by=Party.WRITER, needs_reason=True),
    # Of a change of the byline
    MoveKind.SIGN_AGAIN: _rule(
        State.READY, to=State.IN_PROOF, by=frozenset({Party.WRITER, Party.EDITOR}), is_consequence=True
    ),
    MoveKind.EDIT: _rule(State.IN_PROOF, State.READY, to=State.SUBMITTED, by=Party.EDITOR),
    # The short way, for a staff writer's own piece: nobody else's words, so no proof
    MoveKind.FINISH: _rule(State.DRAFTING, State.SUBMITTED, to=State.READY, by=Party.EDITOR),
    MoveKind.PUBLISH: _rule(State.READY, to=State.PUBLISHED, by=Party.PUBLISHER),
    MoveKind.RESCHEDULE: _rule(State.PUBLISHED, to=State.PUBLISHED, by=Party.PUBLISHER),
    MoveKind.UNSCHEDULE: _rule(State.PUBLISHED, to=State.READY, by=Party.PUBLISHER),
    MoveKind.CORRECT: _rule(State.PUBLISHED, to=State.PUBLISHED, by=Party.PUBLISHER, needs_reason=True),
    MoveKind.RETRACT: _rule(State.PUBLISHED, to=State.RETRACTED, by=Party.PUBLISHER, needs_reason=True),
    MoveKind.REINSTATE: _rule(State.RETRACTED, to=State.PUBLISHED, by=Party.PUBLISHER),
    MoveKind.WITHDRAW: _rule(
        *sorted(UNPUBLISHED_STATES), to=State.WITHDRAWN, by=frozenset({Party.WRITER, Party.EDITOR})
    ),
    MoveKind.REOPEN: _rule(State.WITHDRAWN, State.DECLINED, to=State.DRAFTING, by=Party.EDITOR),
}


def moves_from(state: State) -> list[MoveKind]:
    """Return the moves that lead out of a state, in the order of the table."""
    return [kind for kind, rule in MOVES.items() if state in rule.origins]
