"""Keeping an account from commenting, for a time or for good. Every block is a row, and stays one when it is lifted."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commenting.permissions import is_moderator, require_moderator
from accounts.models import AccountBlock, User
from blog.editorial.refusals import EditorialRefusal, IncompleteError, MoveNotAllowedError
from blog.prose import clean_text

MAX_REASON = 500
MOST_DAYS = 3650


def block(*, user: User, reason: str, by: User, at: dt.datetime, days: int | None = None) -> AccountBlock:
    """Keep an account from commenting and reporting, for so many days or for good. What it wrote stays as it is.

    In one transaction: locks the account; notes of a block whose time is over that it ended then; writes the block,
    which ends by the clock alone. Its owner sees until when, and the reason, when they try; no letter is sent. Raises
    IncompleteError without a reason or for days that are none, EditorialRefusal for a moderator's account or one's
    own, and MoveNotAllowedError if it is blocked already.
    """
    require_moderator(by)
    reason = _clean(reason)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise IncompleteError({"days": _("Write a number of days from 1 to {most}.").format(most=f"{MOST_DAYS:,}")})
    if user.pk == by.pk:
        raise EditorialRefusal(_("You can’t block your own account."))
    if not user.is_active:
        raise EditorialRefusal(_("This account is closed."))
    if is_moderator(user):
        raise EditorialRefusal(_("This account moderates comments itself, so it can’t be blocked."))
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        standing = AccountBlock.objects.filter(user=user, ended_at__isnull=True).first()
        if standing and (standing.until is None or standing.until > at):
            raise MoveNotAllowedError(_("This account is blocked already."))
        if standing:
            AccountBlock.objects.filter(pk=standing.pk).update(ended_at=standing.until)
        until = at + dt.timedelta(days=days) if days else None
        return AccountBlock.objects.create(user=user, reason=reason, at=at, until=until, by=by)


def unblock(*, user: User, by: User, at: dt.datetime) -> None:
    """Let an account comment again, and write down who lifted the block. MoveNotAllowedError if none holds."""
    require_moderator(by)
    if not AccountBlock.objects.holding_at(at).filter(user=user).update(ended_at=at, ended_by=by):
        raise MoveNotAllowedError(_("This account is not blocked."))


def _clean(reason: str) -> str:
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write the reason; its owner reads it.")})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    return reason
