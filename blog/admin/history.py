"""What happened to a piece so far, in order: its moves, its invitations, and what was said about it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from blog.editorial.letters import name_for
from blog.models import Post
from blog.states import MoveKind

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Event:
    """One station of the line: what, when, who, and the words that went with it."""

    at: dt.datetime
    what: str
    who: str = ""
    words: str = ""
    pk: int = 0
    is_message: bool = False


class Names:
    """The names under which accounts appear around one piece, each looked up once. Pen names hold here too."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.known: dict[int, str] = {}

    def of(self, user: "User | None") -> str:
        """Return the name of an account around this piece, or nothing for one that is gone."""
        if user is None:
            return ""
        if user.pk not in self.known:
            self.known[user.pk] = name_for(user, self.post)
        return self.known[user.pk]


def history(*, post: Post, at: dt.datetime) -> list[Event]:
    """Return everything that happened, oldest first."""
    names = Names(post)
    times_sent = 0
    events: list[Event] = []
    for made in post.moves.select_related("by").order_by("at", "pk"):
        what = made.get_kind_display()
        if made.kind == MoveKind.SUBMIT:
            times_sent += 1
            what = _("Sent again") if times_sent > 1 else what
        events.append(Event(made.at, what, names.of(made.by), made.reason))
    events += [
        Event(said.at, _("Message"), names.of(said.by), said.text, said.pk, is_message=True)
        for said in post.messages.select_related("by").order_by("at", "pk")
    ]
    events += _of_invitations(post, at, names)
    events += [
        Event(signed.at, _("Signed off"), signed.author.name)
        for signed in post.sign_offs.select_related("author")
        if not any(event.at == signed.at and event.who == signed.author.name for event in events)
    ]
    return sorted(events, key=lambda event: event.at)


def _of_invitations(post: Post, at: dt.datetime, names: Names) -> list[Event]:
    """Return what happened to the invitations. The name is the byline's, never the one on the letter."""
    events = []
    for one in post.invitations.select_related("author", "invited_by"):
        guest = one.author.name
        expired_at = None
        if one.expires_at <= at and not (one.accepted_at or one.declined_at or one.revoked_at):
            expired_at = one.expires_at
        stations = [
            (one.sent_at, _("Invited"), names.of(one.invited_by)),
            (one.opened_at, _("Letter opened"), guest),
            (one.accepted_at, _("Invitation accepted"), guest),
            (one.declined_at, _("Invitation declined"), guest),
            (one.revoked_at, _("Invitation taken back"), ""),
            (expired_at, _("Invitation ran out"), ""),
        ]
        events += [Event(moment, what, who) for moment, what, who in stations if moment]
    return events
