"""What happened to a piece so far, in order: its moves, its invitations, and what was said about it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from blog.editorial.letters.writing import name_in, names_around
from blog.models import Invitation, Move, Post
from blog.states import MoveKind


@dataclass(frozen=True)
class Event:
    """One station of the line: what, when, who, and the words that went with it."""

    at: dt.datetime
    what: str
    who: str = ""
    words: str = ""
    pk: int = 0
    is_message: bool = False


def history(*, post: Post, at: dt.datetime) -> list[Event]:
    """Return everything that happened, oldest first."""
    names = names_around(post)
    times_sent = 0
    events: list[Event] = []
    for made in post.moves.select_related("by", "left_undone").order_by("at", "pk"):
        what = made.get_kind_display()
        if made.kind == MoveKind.SUBMIT:
            times_sent += 1
            what = _("Sent again") if times_sent > 1 else what
        words = " ".join(part for part in (made.reason, _left_undone(made)) if part)
        events.append(Event(made.at, what, name_in(names, made.by), words))
    events += [
        Event(said.at, _("Message"), name_in(names, said.by), said.text, said.pk, is_message=True)
        for said in post.messages.select_related("by").order_by("at", "pk")
    ]
    events += _of_invitations(post, at, names)
    events += [
        Event(signed.at, _("Signed off, void since") if signed.voided_at else _("Signed off"), signed.author.name)
        for signed in post.sign_offs.select_related("author")
        if not any(event.at == signed.at and event.who == signed.author.name for event in events)
    ]
    return sorted(events, key=lambda event: event.at)


def _left_undone(made: Move) -> str:
    left = getattr(made, "left_undone", None)
    return _("Left undone: {what}").format(what="; ".join(left.words.splitlines())) if left else ""


def _of_invitations(post: Post, at: dt.datetime, names: dict[int, str]) -> list[Event]:
    """Return what happened to the invitations. The name is the byline's, never the one on the letter."""
    events = []
    for one in post.invitations.select_related("author", "invited_by"):
        guest = one.author.name
        expired_at = one.expires_at if one.status_at(at) == Invitation.Status.EXPIRED else None
        stations = [
            (one.sent_at, _("Invited"), name_in(names, one.invited_by)),
            (one.opened_at, _("Letter opened"), guest),
            (one.accepted_at, _("Invitation accepted"), guest),
            (one.declined_at, _("Invitation declined"), guest),
            (one.revoked_at, _("Invitation taken back"), ""),
            (expired_at, _("Invitation ran out"), ""),
        ]
        events += [Event(moment, what, who) for moment, what, who in stations if moment]
    return events
