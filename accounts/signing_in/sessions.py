"""Where an account is signed in: one row a session, with the browser in plain words and no network address."""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.signing_in.devices import described

# What stands in the column that allauth wants an address in
NO_ADDRESS = "0.0.0.0"  # noqa: S104  Nothing listens there
SEEN = "seen"
# When a session was last used is known to this, so that reading writes nothing
COARSENESS = dt.timedelta(hours=1)


def keep_little(*, instance: UserSession, raw: bool = False, **_more: Any) -> None:
    """Take the network address out of a row before it is written, and put the browser into plain words."""
    instance.ip = NO_ADDRESS
    if "/" in instance.user_agent or not instance.user_agent:
        instance.user_agent = described(instance.user_agent)


def begun(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Put a session on its account's list. Called by Django whenever somebody is signed in, by whatever way."""
    session, at = request.session, timezone.now()
    if session.session_key is None:
        session.save()
    session[SEEN] = at.isoformat()
    row = UserSession(
        user=user,
        session_key=str(session.session_key),
        user_agent=described(str(request.META.get("HTTP_USER_AGENT", ""))),
        ip=NO_ADDRESS,
        created_at=at,
        last_seen_at=at,
    )
    UserSession.objects.bulk_create([row], ignore_conflicts=True)


def note_use(*, session: SessionBase, at: dt.datetime) -> None:
    """Note that a session is used, if that was not noted in the last hour."""
    try:
        seen = dt.datetime.fromisoformat(session[SEEN])
    except (KeyError, TypeError, ValueError):
        seen = None
    if seen and at - seen < COARSENESS:
        return
    session[SEEN] = at.isoformat()
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)


def sessions_of(user: User) -> list[UserSession]:
    """Return the sessions of an account that still hold, the last used first. Those that have ended are removed."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)


def end(*, user: User, but: str | None = None, only: int | None = None) -> int:
    """End the sessions of an account: all but the one with a key, or one by its number. Return how many ended."""
    rows = UserSession.objects.filter(user=user)
    if but:
        rows = rows.exclude(session_key=but)
    if only is not None:
        rows = rows.filter(pk=only)
    found = list(rows)
    for row in found:
        row.end()
    return len(found)
