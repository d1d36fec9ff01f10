"""The list of domains whose addresses belong to people in public service, as those who look after accounts edit it.

Only they: whoever takes a domain off sees whose badge goes, and so where they work. They alone see addresses anyway.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Badge, ListedDomain, User
from accounts.verifying.badges import gone_from_pages
from accounts.verifying.domains import clean_domain, listed_for
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import IncompleteError
from blog.prose import clean_text

MAX_NOTE = 500


def may_edit_list(user: User) -> bool:
    """Whether the account may change the list: whoever looks after accounts, and so sees their addresses."""
    return user.is_active and user.has_perm("accounts.change_user")


def list_domain(*, domain: str, note: str, by: User, at: dt.datetime) -> ListedDomain:
    """Put a domain on the list, or back on it. Nobody gets a badge by that: everybody asks for their own.

    Raises IncompleteError for what is no domain, one where anybody can have an address, or one that is listed.
    """
    _require(by)
    domain, note = clean_domain(domain), _clean_note(note)
    with transaction.atomic():
        row = ListedDomain.objects.select_for_update(of=("self",)).filter(domain=domain).first()
        if row is None:
            return ListedDomain.objects.create(domain=domain, note=note, listed_at=at)
        if row.taken_off_at is None:
            raise IncompleteError({"domain": _("{domain} is on the list already.").format(domain=domain)})
        row.note, row.listed_at, row.taken_off_at = note, at, None
        row.save(update_fields=["note", "listed_at", "taken_off_at"])
    return row


def change(*, row: ListedDomain, note: str, is_listed: bool, by: User, at: dt.datetime) -> None:
    """Say of a domain who has an address there; take it off the list (`take_off`) or put it back (`list_domain`).

    All in one transaction. Raises IncompleteError for a note that is too long.
    """
    _require(by)
    note = _clean_note(note)
    with transaction.atomic():
        if is_listed and row.taken_off_at is not None:
            list_domain(domain=row.domain, note=note, by=by, at=at)
            return
        row.note = note
        row.save(update_fields=["note"])
        if not is_listed:
            take_off(row=row, by=by, at=at)


def take_off(*, row: ListedDomain, by: User, at: dt.datetime) -> None:
    """Take a domain off the list. Does no harm twice.

    In one transaction: takes it off; leaves a badge where another domain on the list covers its address; removes the
    others, which makes the pages that show them out of date, and writes to those who carried them.
    """
    _require(by)
    with transaction.atomic():
        locked = ListedDomain.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.taken_off_at is not None:
            return
        locked.taken_off_at = row.taken_off_at = at
        locked.save(update_fields=["taken_off_at"])
        among = list(ListedDomain.objects.filter(taken_off_at__isnull=True))
        for badge in Badge.objects.filter(domain=locked).select_related("address", "user"):
            covering = listed_for(badge.address.email, among)
            if covering:
                badge.domain = covering
                badge.save(update_fields=["domain"])
                continue
            holds = badge.lapses_at > at
            badge.delete()
            gone_from_pages(user_pk=badge.user_id, at=at)
            if holds and badge.user.is_active:
                write_letter(
                    "to_reader/badge_ended",
                    to_address=badge.user.email,
                    to_name=badge.user.display_name,
                    to_user=badge.user,
                    at=at,
                )


def _require(user: User) -> None:
    if not may_edit_list(user):
        raise PermissionDenied(_("Only those who look after accounts can change this list."))


def _clean_note(note: str) -> str:
    note = clean_text(note)
    if len(note) > MAX_NOTE:
        raise IncompleteError({"note": _("Shorten this to {most} characters.").format(most=MAX_NOTE)})
    return note
