"""The moves an editor can make on the review page: what each button says, asks, brings about, and calls."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.desk.words import listed
from blog.editorial import corrections, drafting, proof, publishing, review
from blog.editorial.letters import editors_to_tell, writers_to_tell
from blog.editorial.moves import allowed_moves
from blog.editorial.permissions import is_writer_of
from blog.editorial.refusals import IncompleteError, TextHasChangedError
from blog.models import Post
from blog.states import MOVES, MoveKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Words = str | _StrPromise


@dataclass(frozen=True)
class Given:
    """What came with the button: the piece, who, when, the reason, the text that was looked at, the time to go out."""

    post: Post
    by: "User"
    at: dt.datetime
    reason: str = ""
    seen: int | None = None
    go_out_at: dt.datetime | None = None


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
        lambda g: publishing.publish(post=g.post, by=g.by, at=g.at, go_out_at=g.go_out_at, seen=g.seen),
        effect=gettext_lazy("Readers find it at once, or by itself when its time comes."),
    ),
    MoveKind.UNSCHEDULE: Act(
        gettext_lazy("Take it off the schedule"),
        lambda g: publishing.unschedule(post=g.post, by=g.by, at=g.at),
        effect=gettext_lazy("It is ready again, and does not come out."),
    ),
    MoveKind.CORRECT: Act(
        gettext_lazy("Publish the correction"),
        lambda g: corrections.publish_correction(post=g.post, note=g.reason, by=g.by, at=g.at, seen=g.seen),
        asks=gettext_lazy("What was wrong? Readers see this note."),
        effect=gettext_lazy("Readers see the edited text at once. Address and date stay."),
    ),
    MoveKind.RETRACT: Act(
        gettext_lazy("Retract"),
        lambda g: publishing.retract(post=g.post, reason=g.reason, by=g.by, at=g.at),
        asks=gettext_lazy("Why is it retracted?"),
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
EARLIEST_YEAR = 1970  # Nobody kept a blog before that, and a slip of the finger is likelier


class PublicationTime(forms.Form):
    """When a piece goes out, as a wall clock in the United Kingdom shows it."""

    date = forms.DateField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("Write the day like 14/03/2026."),
        },
    )
    time = forms.TimeField(
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Choose the time."),
            "invalid": gettext_lazy("Write the time like 08.00."),
        },
    )

    is_dated_back = forms.BooleanField(required=False)

    def moment(self, at: dt.datetime) -> dt.datetime:
        """Return the moment; raise IncompleteError for what is no time, or one that has passed by mistake."""
        if not self.is_valid():
            raise IncompleteError({name: " ".join(map(str, errors)) for name, errors in self.errors.items()})
        moment = publishing.moment_in_uk(day=self.cleaned_data["date"], time=self.cleaned_data["time"])
        if moment <= at and not self.cleaned_data["is_dated_back"]:
            raise IncompleteError(
                {"date": _("This time has passed. Choose a later one, or say that it first appeared then.")}
            )
        if moment.year < EARLIEST_YEAR:
            raise IncompleteError({"date": _("Choose a day after {year}.").format(year=EARLIEST_YEAR - 1)})
        return moment


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


@dataclass(frozen=True)
class Trouble:
    """A button that was refused: which, why, and what was typed."""

    where: str
    sentence: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


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
                letters=_letters(kind, post, by),
                typed=mine.typed if mine else {},
                errors=mine.errors if mine else {},
                is_open=mine is not None,
            )
        )
    return found


def _letters(kind: MoveKind, post: Post, by: "User") -> str:
    """Say who gets a letter now, and what becomes of an invitation that nobody has answered."""
    if kind is not MoveKind.WITHDRAW:
        return _told(ACTS[kind].tells, post, by)
    told = _told("editors" if is_writer_of(by, post) else "writers", post, by)
    if post.invitations.unanswered().exists():
        return _("The invitation is taken back. {letters}").format(letters=told)
    return told


def _told(side: str, post: Post, by: "User") -> str:
    if side == "nobody":
        return _("Nobody gets a letter.")
    if side == "editors":
        return _editors_told(post, by)
    names = list(writers_to_tell(post, by).values())
    if not names:
        return _("Nobody gets a letter: no other writer has an account yet.")
    sentence = ngettext("{names} gets a letter now.", "{names} get a letter now.", len(names))
    return sentence.format(names=listed(names))


def _editors_told(post: Post, by: "User") -> str:
    told = editors_to_tell(post, by)
    if post.editor in told:
        return _("{name} gets a letter now.").format(name=post.editor.display_name)
    return _("The editors get a letter now.") if told else _("Nobody gets a letter: you look after it yourself.")
