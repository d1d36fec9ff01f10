"""The line of five stages under a piece: what is done, what is now, what is to come, and when."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from blog.desk.words import short_day, time_of
from blog.models import Move, Post
from blog.states import MoveKind, State

WRITING, WITH_THE_EDITOR, PROOF, READY, PUBLISHED = range(5)
STATIONS = {
    State.DRAFTING: WRITING,
    State.CHANGES_REQUESTED: WRITING,
    State.SUBMITTED: WITH_THE_EDITOR,
    State.IN_PROOF: PROOF,
    State.READY: READY,
    State.PUBLISHED: PUBLISHED,
}


class Place(StrEnum):
    """How far a piece has come with a stage."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Stage:
    """One station of the line."""

    label: str
    place: Place
    note: str = ""


def stages_of(post: Post, *, moves: list[Move], at: dt.datetime, today: dt.date) -> list[Stage]:
    """Return the five stages of a piece that is on its way or out; of an ended one those it reached, and its end."""
    here = STATIONS.get(State(post.state))
    if here is None:
        return _ended(post, moves=moves, today=today)
    is_out = post.is_visible_at(at)
    if here == PUBLISHED and not is_out:
        here = READY
    labels = _labels()
    notes = _notes(post, here, moves=moves, is_out=is_out, today=today)
    stages = []
    for number, label in enumerate(labels):
        is_done = number < here or (number == here and is_out)
        place = Place.DONE if is_done else Place.NOW if number == here else Place.LATER
        stages.append(Stage(label, place, notes.get(number, "")))
    return stages


def _labels() -> list[str]:
    return [_("Writing"), _("With the editor"), _("Proof"), _("Ready"), _("Published")]


def _ended(post: Post, *, moves: list[Move], today: dt.date) -> list[Stage]:
    """Return the stages that a piece reached before it was declined, withdrawn or retracted, and that as the last."""
    reached = max((STATIONS.get(State(made.to_state), WRITING) for made in moves), default=WRITING)
    notes = _notes(post, max(reached, READY), moves=moves, is_out=True, today=today)
    done = [Stage(label, Place.DONE, notes.get(number, "")) for number, label in enumerate(_labels()[: reached + 1])]
    since = _("On {day}").format(day=short_day(post.state_since, today))
    return [*done, Stage(str(State(post.state).label), Place.NOW, since)]


def _notes(post: Post, here: int, *, moves: list[Move], is_out: bool, today: dt.date) -> dict[int, str]:
    last = {MoveKind(made.kind): made.at for made in moves}

    def note(sentence: str, *kinds: MoveKind) -> str:
        moments = [last[kind] for kind in kinds if kind in last]
        return sentence.format(day=short_day(max(moments), today)) if moments else ""

    notes = {
        WRITING: note(_("Sent on {day}"), MoveKind.SUBMIT),
        WITH_THE_EDITOR: note(_("Accepted on {day}"), MoveKind.ACCEPT),
        PROOF: note(_("Signed off on {day}"), MoveKind.SIGN_OFF),
        READY: note(_("Since {day}"), MoveKind.SIGN_OFF, MoveKind.GO_AHEAD, MoveKind.FINISH, MoveKind.UNSCHEDULE),
    }
    since = _("Since {day}").format(day=short_day(post.state_since, today))
    if here == WRITING:
        asked = _("Changes asked for on {day}").format(day=short_day(post.state_since, today))
        return {WRITING: asked if post.state == State.CHANGES_REQUESTED else since}
    if here == WITH_THE_EDITOR and post.answer_due_date:
        answer = _("Answer by {day}") if post.answer_due_date >= today else _("Answer was due on {day}")
        return {WRITING: notes[WRITING], here: answer.format(day=short_day(post.answer_due_date, today))}
    if here == PROOF:
        if post.proof_due_date:
            by = _("Sign off by {day}") if post.proof_due_date >= today else _("Sign-off was due on {day}")
            since = by.format(day=short_day(post.proof_due_date, today))
        return {WRITING: notes[WRITING], WITH_THE_EDITOR: notes[WITH_THE_EDITOR], PROOF: since}
    if post.published_at:
        out = _("On {day}") if is_out else _("Planned for {day}, {time}")
        notes[PUBLISHED] = out.format(day=short_day(post.published_at, today), time=time_of(post.published_at))
    if _last_way_to_ready(moves) is not MoveKind.SIGN_OFF:
        notes[PROOF] = ""
    return notes


def _last_way_to_ready(moves: list[Move]) -> MoveKind | None:
    ways = (MoveKind.SIGN_OFF, MoveKind.GO_AHEAD, MoveKind.FINISH)
    return next((MoveKind(made.kind) for made in reversed(moves) if made.kind in ways), None)
