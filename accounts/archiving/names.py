"""The placeholders that comments of an archive belong to: one for each name and address that was typed there."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TypeAlias, TypeVar

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.archiving.threads import Coming, usable, which
from accounts.models import ArchivedName, User
from blog.archive.records import Loss, Weight
from blog.batches import in_batches
from blog.editorial.correspondence import is_mail_address
from blog.editorial.leaving import nowhere
from blog.models import Archive, Arrival, Author
from blog.prose import clean_line

LONGEST = 80
LONGEST_ADDRESS = 254
Typed: TypeAlias = tuple[str, str]
T = TypeVar("T")


def place_under_names(
    coming: Collection[Coming], *, archive: Archive, at: dt.datetime, losses: list[Loss]
) -> dict[str, int]:
    """Return the placeholder's key of each comment by its key over there; makes those that are not there yet.

    A comment under a byline's name belongs to a placeholder of that name alone, and so does one of somebody who was
    signed in over there: nothing ties the name of a writer to an address.
    """
    names = _Names(archive, losses)
    names.look_up(coming)
    typed = {one.key: names.of(one) for one in coming}
    placeholders = _there(archive, {name for name, _address in typed.values()})
    _make([one for one in dict.fromkeys(typed.values()) if one not in placeholders], placeholders, archive, at)
    return {key: placeholders[one] for key, one in typed.items()}


class _Names:
    """What becomes of the names and addresses that were typed."""

    def __init__(self, archive: Archive, losses: list[Loss]) -> None:
        self.archive, self.losses = archive, losses
        self.cleaned: dict[Typed, Typed] = {}
        self.authors: dict[int, str] = {}
        self.persons: dict[str, int] = {}

    def look_up(self, coming: Collection[Coming]) -> None:
        """Fetch the names of writers that comments stand under."""
        nameless = {usable(one.remark.person) for one in coming if one.author is None and not one.remark.name.strip()}
        for some in in_batches(sorted(nameless - {""})):
            rows = Arrival.objects.filter(archive=self.archive, kind=Arrival.Kind.AUTHOR, key__in=some)
            self.persons.update(rows.values_list("key", "target"))
        wanted = {one.author for one in coming if one.author is not None} | set(self.persons.values())
        if wanted:
            self.authors = dict(Author.objects.filter(pk__in=wanted).values_list("pk", "name"))

    def of(self, one: Coming) -> Typed:
        """Return the name and the address that a comment comes with."""
        if one.author is not None:
            return self._clean(one, self.authors.get(one.author, ""), "")
        if one.remark.person:
            name = one.remark.name.strip() or self.authors.get(self.persons.get(usable(one.remark.person), 0), "")
            return self._clean(one, name, "")
        return self._clean(one, one.remark.name, one.remark.address)

    def _clean(self, one: Coming, name: str, address: str) -> Typed:
        found = self.cleaned.get((name, address))
        if found is None:
            found = self.cleaned[name, address] = (self._name(one, name), self._address(one, address))
        return found

    def _name(self, one: Coming, typed: str) -> str:
        name = clean_line(typed[: 10 * LONGEST])
        if not any(sign.isprintable() and not sign.isspace() for sign in name):
            return _("A reader without a name")
        if len(name) > LONGEST:
            why = _("The name of its writer was cut to {most} characters.").format(most=LONGEST)
            self.losses.append(Loss("comment", which(one.remark), why, Weight.CHANGED))
        return name[:LONGEST].strip()

    def _address(self, one: Coming, typed: str) -> str:
        address = typed.strip().lower()
        if not address or (len(address) <= LONGEST_ADDRESS and is_mail_address(address)):
            return address
        why = _("Its writer’s mail address is none, so nobody can show that the comment is theirs.")
        self.losses.append(Loss("comment", which(one.remark), why, Weight.NOTED))
        return ""


def _there(archive: Archive, names: Iterable[str]) -> dict[Typed, int]:
    """Return the placeholders that an earlier part of the archive made."""
    found: dict[Typed, int] = {}
    for some in in_batches(sorted(names)):
        rows = ArchivedName.objects.filter(archive=archive, name__in=some).order_by("-pk")
        found.update({(name, address): user for name, address, user in rows.values_list("name", "address", "user")})
    return found


def _make(wanted: list[Typed], placeholders: dict[Typed, int], archive: Archive, at: dt.datetime) -> None:
    """Make accounts that nobody can sign in with: closed, with no usable password, at an address that is none."""
    users = User.objects.bulk_create(
        User(email=nowhere(), display_name=name, is_active=False, password=make_password(None), joined_at=at)
        for name, _address in wanted
    )
    ArchivedName.objects.bulk_create(
        ArchivedName(archive=archive, user=user, name=name, address=address)
        for user, (name, address) in zip(users, wanted, strict=True)
    )
    placeholders.update({one: user.pk for user, one in zip(users, wanted, strict=True)})
