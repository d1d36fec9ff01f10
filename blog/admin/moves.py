"""The moves an editor can make on the review page: what each button says, asks, brings about, and calls."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from blog.admin.times import Times, times_for
from blog.admin.who_hears import who_hears
from blog.editorial import corrections, drafting, proof, publishing, review
from blog.editorial.letters import reconsidering
from blog.editorial.moves import allowed_moves
from blog.editorial.refusals import TextHasChangedError
from blog.models import Post
from blog.states import CHANGES, MOVES, TEXT_CHANGES, Change, CorrectionKind, MoveKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Words = str | _StrPromise


@dataclass(frozen=True)
class Given:
    """What came with the button: the piece, who, when, the reason, the text that was looked at, the time to go out.

    `change` is the kind of a correction; `note` and `shows_title` are what readers are told of a retraction.
    """

    post: Post
    by: "User"
    at: dt.datetime
    reason: str = ""
    seen: int | None = None
    go_out_at: dt.datetime | None = None
    hold_reason: str = ""
    change: str = ""
    note: str = ""
    shows_title: bool = False


@dataclass(frozen=True)
class Act:
    """One move as the page offers it: the verb on the button, the call, and what it asks for."""

    verb: "Words"
    make: Callable[[Given], object]
    asks: "Words" = ""
    effect: "Words" = ""
    tells: str = "writers"


def _sign_off(given: Given) -> object:
    if given.seen is None:
        raise TextHasChangedError
    return proof.sign_off(post=given.post, seen=given.seen, by=given.by, at=given.at)


def _correct(given: Given) -> object:
    chosen = given.change or CorrectionKind.CORRECTION
    kind = next((kind for kind in CorrectionKind if kind == chosen), CorrectionKind.RETRACTION)  # Which is refused
    return corrections.publish_correction(
        post=given.post, note=given.reason, by=given.by, at=given.at, kind=kind, seen=given.seen
    )


ACTS: dict[MoveKind, Act] = {
    MoveKind.SUBMIT: Act(
        gettext_lazy("Send to an editor"),
        lambda g: drafting.submit_for_review(post=g.post, by=g.by, at=g.at, seen=g.seen),
        effect=gettext_lazy("It is then an editor’s turn."),
        tells="editors",
    ),
    MoveKind.TAKE_BACK: Act(
        gettext_lazy("Take it back"),
        lambda g: drafting.take_back(post=g.post, by=g.by, at=g.at),
        effect=gettext_lazy("You can go on writing."),
        tells="editors",
    ),
    MoveKind.ASK_FOR_CHANGES: Act(
        gettext_lazy("Ask for changes"),
        lambda g: review.ask_for_changes(post=g.post, reason=g.reason, by=g.by, at=g.at, seen=g.seen),
        asks=gettext_lazy("What should change?"),
        effect=gettext_lazy("It is then the writer’s turn. They read this on their piece and in the letter."),
    ),
    MoveKind.ACCEPT: Act(
        gettext_lazy("Accept and make the proof"),
        lambda g: review.accept(post=g.post, by=g.by, at=g.at, seen=g.seen),
        effect=gettext_lazy("Every name on the byline is asked to sign off exactly this text."),
    ),
    MoveKind.DECLINE: Act(
        gettext_lazy("Decline"),
        lambda g: review.decline(post=g.post, reason=g.reason, by=g.by, at=g.at, seen=g.seen),
        asks=gettext_lazy("Why do you decline it?"),
        effect=gettext_lazy("The writer reads this. The piece can be reopened."),
    ),
    MoveKind.RECONSIDER: Act(
        gettext_lazy("Take the decision back"),
        lambda g: reconsidering.reconsider(post=g.post, by=g.by, at=g.at),
        effect=gettext_lazy("It is with you again as if nothing had been decided. Its letter does not go out."),
        tells="nobody",
    ),
    MoveKind.SIGN_OFF: Act(
        gettext_lazy("Sign off this text"),
        _sign_off,
        effect=gettext_lazy("You sign off exactly this text. Any later change comes back to you."),
        tells="editors",
    ),
    MoveKind.GO_AHEAD: Act(
        gettext_lazy("Go ahead without the sign-off"),
        lambda g: proof.go_ahead(post=g.post, reason=g.reason, by=g.by, at=g.at, seen=g.seen),
        asks=gettext_lazy("Why does it go ahead without?"),
        effect=gettext_lazy("The reason is recorded, and the writers read it."),
    ),
    MoveKind.ASK_FOR_CORRECTION: Act(
        gettext_lazy("Ask for a correction"),
        lambda g: proof.ask_for_correction(post=g.post, reason=g.reason, by=g.by, at=g.at, seen=g.seen),
        asks=gettext_lazy("What is wrong in the proof?"),
        effect=gettext_lazy("It goes back to the editor’s table."),
        tells="editors",
    ),
    MoveKind.EDIT: Act(
        gettext_lazy("Take it back for editing"),
        lambda g: proof.take_back_for_editing(post=g.post, by=g.by, at=g.at, reason=g.reason),
        asks=gettext_lazy("Why?"),
        effect=gettext_lazy("Any change voids the sign-off, and a new proof follows."),
    ),
    MoveKind.FINISH: Act(
        gettext_lazy("Make it ready"),
        lambda g: publishing.finish(post=g.post, by=g.by, at=g.at, seen=g.seen),
        effect=gettext_lazy("It can then be published."),
        tells="nobody",
    ),
    MoveKind.PUBLISH: Act(
        gettext_lazy("Publish"),
        lambda g: publishing.publish(
            post=g.post, by=g.by, at=g.at, go_out_at=g.go_out_at, seen=g.seen, hold_reason=g.hold_reason
        ),
        effect=gettext_lazy("Readers find it at once, or by itself when its time comes."),
    ),
    MoveKind.RESCHEDULE: Act(
        gettext_lazy("Move it to another time"),
        lambda g: publishing.reschedule(
            post=g.post, by=g.by, at=g.at, go_out_at=g.go_out_at, hold_reason=g.hold_reason
        ),
        effect=gettext_lazy("It comes out then instead. Text and sign-off stay as they are."),
    ),
    MoveKind.UNSCHEDULE: Act(
        gettext_lazy("Take it off the schedule"),
        lambda g: publishing.unschedule(post=g.post, by=g.by, at=g.at),
        effect=gettext_lazy("It is ready again, and does not come out."),
    ),
    MoveKind.CORRECT: Act(
        gettext_lazy("Publish the correction"),
        _correct,
        asks=gettext_lazy("What has changed? Readers see this note, except with a typo."),
        effect=gettext_lazy("Readers see the edited text at once. Address and date stay, and so does the piece."),
    ),
    MoveKind.RETRACT: Act(
        gettext_lazy("Retract"),
        lambda g: publishing.retract(
            post=g.post, reason=g.reason, by=g.by, at=g.at, note=g.note, shows_title=g.shows_title
        ),
        asks=gettext_lazy("Why is it retracted? Editors and writers read this."),
        effect=gettext_lazy("Readers no longer find it. It can be reinstated."),
    ),
    MoveKind.REINSTATE: Act(
        gettext_lazy("Reinstate"),
        lambda g: publishing.reinstate(post=g.post, by=g.by, at=g.at, reason=g.reason),
        asks=gettext_lazy("Why?"),
        effect=gettext_lazy("Readers find it again, at its old address and with its old date."),
    ),
    MoveKind.WITHDRAW: Act(
        gettext_lazy("Withdraw"),
        lambda g: review.withdraw(post=g.post, by=g.by, at=g.at, reason=g.reason),
        asks=gettext_lazy("Why?"),
        effect=gettext_lazy("The piece can be reopened."),
    ),
    MoveKind.REOPEN: Act(
        gettext_lazy("Reopen"),
        lambda g: review.reopen(post=g.post, by=g.by, at=g.at, reason=g.reason),
        asks=gettext_lazy("Why?"),
        effect=gettext_lazy("It is then the writer’s turn."),
    ),
}

# The one next step of a page is filled: the first of these that is allowed
NEXT_STEPS = [MoveKind.PUBLISH, MoveKind.ACCEPT, MoveKind.SIGN_OFF, MoveKind.CORRECT, MoveKind.SUBMIT]
NEXT_STEPS_OF_STAFF = [MoveKind.FINISH, *NEXT_STEPS]
# These ask for a time
TIMED = {MoveKind.PUBLISH, MoveKind.RESCHEDULE}


@dataclass(frozen=True)
class Offer:
    """A move on the page: the button, what it says before it is pressed, and what was typed if it was refused."""

    kind: MoveKind
    act: Act
    is_next_step: bool
    needs_reason: bool
    letters: str
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_open: bool = False
    times: Times | None = None

    @property
    def changes(self) -> list[tuple[CorrectionKind, Change]]:
        """What kinds of change an editor chooses from for a correction."""
        return [(kind, CHANGES[kind]) for kind in TEXT_CHANGES]


@dataclass(frozen=True)
class Trouble:
    """A button that was refused: which, why, and what was typed."""

    where: str
    sentence: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    is_refused: bool = True  # Else the page is shown anew with what was typed, and nothing is wrong


def offers(*, post: Post, by: "User", at: dt.datetime, trouble: Trouble | None = None) -> list[Offer]:
    """Return the moves that this account can make now, and no other, the next step last, where the eye ends."""
    kinds = allowed_moves(post=post, by=by, at=at)
    steps = NEXT_STEPS if post.is_guest_piece else NEXT_STEPS_OF_STAFF
    next_step = next((kind for kind in steps if kind in kinds), None)
    found = []
    for kind in sorted(kinds, key=lambda kind: kind is next_step):
        mine = trouble if trouble and trouble.where == kind else None
        found.append(
            Offer(
                kind=kind,
                act=ACTS[kind],
                is_next_step=kind is next_step,
                needs_reason=MOVES[kind].needs_reason,
                letters=who_hears(kind, post, by, side=ACTS[kind].tells),
                typed=mine.typed if mine else {},
                errors=mine.errors if mine else {},
                is_open=mine is not None,
                times=times_for(post, at=at, typed=mine.typed if mine else {}) if kind in TIMED else None,
            )
        )
    return found
