"""Erasing one's account: what readers see stays readable, and nothing is left that says whose it was."""

import datetime as dt
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.archiving import claiming
from accounts.commenting import appearance
from accounts.commenting.leaving import leave_comments
from accounts.commenting.permissions import own_addresses
from accounts.models import User
from accounts.own_data.former import former_reader, is_former_reader
from accounts.own_data.holdings import HOLDINGS, Fate
from accounts.own_data.kept_blocks import keep_block
from accounts.roles import LastAdministratorError, Role, is_last_administrator
from blog.editorial import leaving


def require_erasable(user: User) -> None:
    """Raise LastAdministratorError, with the sentence for the page, for whoever nobody could replace."""
    if is_last_administrator(user):
        raise LastAdministratorError(
            _("You are the last administrator. Make another one first: without one, nobody could run the blog.")
        )


def erase(*, user: User, are_comments_kept: bool, by: User, at: dt.datetime) -> None:
    """Erase an account, for its owner (PermissionDenied for anybody else). It can’t be undone.

    In this order, in one transaction: locks the administrators' rows and the account's; refuses the last administrator
    (LastAdministratorError); keeps a block, by a hash of the address; does with pieces what `blog.editorial.leaving`
    says, which writes to their editors; lets the comments go or stay without a name, with those of archives that were
    written with a confirmed address, and renews their pages; takes name and address out of invitations, pitches and
    letters; does with everything else what `holdings` says; ends the sessions; and removes the account's row. The files
    of the picture go once that is certain.

    No letter says so: it would hold the address. Whoever did it reads it on the page.
    """
    if by.pk != user.pk or is_former_reader(user):
        raise PermissionDenied(_("Only its owner can erase an account."))
    with transaction.atomic():
        administrators = User.objects.filter(Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value))
        locked = {user.pk, *administrators.values_list("pk", flat=True)}
        list(User.objects.select_for_update(of=("self",)).filter(pk__in=locked).order_by("pk"))
        row = User.objects.get(pk=user.pk)
        require_erasable(row)
        addresses = own_addresses(row)
        keep_block(user=row, addresses=addresses, at=at)
        leaving.leave_pieces(user=row, at=at)
        claiming.forget(user=row, addresses=addresses)
        leave_comments(user=row, to=former_reader(at=at), are_kept=are_comments_kept, at=at)
        leaving.forget_invitations(user=row, addresses=addresses, at=at)
        leaving.forget_pitches(addresses=addresses, at=at)
        leaving.forget_work(user=row)
        appearance.remove_picture(user=row, at=at)
        _follow_the_table(row, addresses, to=former_reader(at=at))
        # After everything that may have written one
        leaving.forget_letters(user=row, addresses=addresses)
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(row.pk)).delete()
        _end_sessions(row, addresses)
        row.delete()


def _follow_the_table(user: User, addresses: list[str], *, to: User) -> None:
    for holding in HOLDINGS:
        if not holding.is_there or holding.model == "accounts.User":
            continue
        rows = holding.rows(user, addresses)
        if holding.fate is Fate.GONE:
            rows.delete()
        elif holding.fate is Fate.CUT:
            rows.update(**{holding.name: None})
        elif holding.fate is Fate.PASSED_ON:
            rows.update(**{holding.name: to})


def _end_sessions(user: User, addresses: list[str]) -> None:
    """Remove the sessions in which the account is signed in, and those that remember one of its addresses."""
    sessions: Any = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    ended = [
        session.pk
        for session in sessions.objects.iterator(chunk_size=500)
        if _is_about(session.get_decoded(), str(user.pk), addresses)
    ]
    sessions.objects.filter(pk__in=ended).delete()


def _is_about(kept: dict[str, Any], key: str, addresses: list[str]) -> bool:
    if str(kept.get(SESSION_KEY, "")) == key:
        return True
    # Whole: “an@council.example” is a part of somebody else's “dan@council.example”
    wanted = [re.compile(rf"(?<![\w.+'-]){re.escape(address)}(?![\w-]|\.\w)") for address in addresses]
    return any(one.search(value) for value in _texts_in(kept) for one in wanted)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.lower()
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(one)
