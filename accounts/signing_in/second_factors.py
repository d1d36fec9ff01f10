"""Second factors: who has one, who needs one, and how an administrator takes them from somebody who lost them."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import administers
from accounts.signing_in import sessions
from blog.editorial.letters.writing import put_in_post
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Masthead
from blog.prose import clean_line

# What proves somebody besides a password or a letter. Recovery codes stand in for these, and are none by themselves
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Kept in a session whose account has a second factor, so that a page of the desk asks nobody. When an account loses
# its factors, all its other sessions end.
HAS_ONE = "has_second_factor"


class NotYoursError(EditorialRefusal):
    """Only administrators may, and nobody for themselves."""


def has_one(user: User) -> bool:
    """Whether an account has a second factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_missing(*, user: User, session: SessionBase) -> bool:
    """Whether somebody who works in the admin has yet to set up a second factor, before it opens."""
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_staff or session.get(HAS_ONE):
        return False
    if not has_one(user):
        return True
    session[HAS_ONE] = True
    return False


def signed_in(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Note in a new session whether its account has a second factor. Called by Django when somebody has signed in."""
    if has_one(user):
        request.session[HAS_ONE] = True


def added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """End the other sessions when an account gets its first factor: they began without one. Called by allauth."""
    if authenticator.type in FACTORS and not request.session.get(HAS_ONE):
        request.session[HAS_ONE] = True
        sessions.end(user=user, but=request.session.session_key)


def removed(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Close the desk, and end the other sessions, when an account has lost its last factor. Called by allauth."""
    if not has_one(user) and request.session.pop(HAS_ONE, None):
        sessions.end(user=user, but=request.session.session_key)


def take_away(*, user: User, by: User | None, reason: str, at: dt.datetime) -> int:
    """Take all second factors of an account away, for somebody who has lost them. Return how many there were.

    In one transaction: removes passkeys, the authenticator app and the recovery codes; ends every session of the
    account; records it in the admin's log with the reason; and writes to the owner. `by` is None where the server
    does it (`manage.py make_editor`). Raises IncompleteError without a reason, and NotYoursError.
    """
    reason = clean_line(reason)[:500]
    if not reason:
        raise IncompleteError({"reason": _("Say why, and how you know that it is them who ask.")})
    if by is not None and (not administers(by) or by.pk == user.pk):
        raise NotYoursError(_("Only an administrator can do this, and nobody for their own account."))
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        rows = Authenticator.objects.filter(user=user)
        number = rows.filter(type__in=FACTORS).count()
        rows.delete()
        sessions.end(user=user)
        if by is not None:
            # The log wants somebody who did it; the server's own log has what was done there
            LogEntry.objects.log_actions(
                by.pk,
                [user],
                CHANGE,
                _("Took the second factors away: {reason}").format(reason=reason),
                single_object=True,
            )
        name = Masthead.current().name
        put_in_post(
            "account",
            to_address=user.email,
            to_user=user,
            at=at,
            subject=_("Your second factor at {name} was taken away").format(name=name),
            text=_(
                "Hello,\n\nAn administrator has taken the second factors of your account away: passkeys, the "
                "authenticator app and the recovery codes. You are signed out everywhere. Sign in with your password "
                "or a code sent to this address, and set up a new one.\n\nIf you did not ask for this, write to the "
                "editors at once.\n\n{name}\n{site}"
            ).format(name=name, site=settings.SITE_URL),
            is_confidential=True,
        )
    return number
