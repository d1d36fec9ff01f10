"""Public names that come from an archive. Never accounts, and never tied to one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.arriving import arrivals
from blog.editorial.arriving.arrivals import Note
from blog.editorial.names.identity import LENGTHS, free_slug, is_slug_of
from blog.editorial.upkeep import addresses, old_paths
from blog.editorial.upkeep.purges import mark
from blog.models import Archive, Arrival, ArrivalKind, Author

KIND = ArrivalKind.AUTHOR
LACKS_PORTRAIT = "portrait"  # As the digest of an arrival

__all__ = ["LENGTHS", "ArrivingName", "Names", "arrive"]


@dataclass(frozen=True)
class ArrivingName:
    """A public name, clean and within `LENGTHS`. `slug` is what it had over there, `addresses` where it was found."""

    key: str
    name: str
    slug: str = ""
    about: str = ""
    role: str = ""
    organisation: str = ""
    is_pen_name: bool = False
    portrait: int | None = None
    lacks_portrait: bool = False  # It had one over there that nobody could find
    addresses: tuple[str, ...] = ()


@dataclass
class Names:
    """What became of names: their keys here by those over there, which of them came, and what to say of them."""

    found: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)  # Came before, and have their portrait now
    notes: list[Note] = field(default_factory=list)


def arrive(*, archive: Archive, names: Sequence[ArrivingName], at: dt.datetime) -> Names:
    """Bring names in, in the caller's transaction. Those that came before stay as they are here.

    One whose portrait could not be found then gets it once it is, unless somebody has given it another.
    A name that stands here already is the same one if it came from elsewhere than this archive, is no pen name, and
    neither is the other: then the pieces come under it. Otherwise the new one gets an address of its own. A pen name
    keeps no address that says more than the name.
    """
    before = arrivals.known(archive, KIND, [one.key for one in names])
    there = Author.objects.filter(pk__in=[row.target for row in before.values()]).values_list("pk", flat=True)
    result = Names(found=arrivals.still_here(before, set(there)))
    rows, paths = _completed(names, before, result, at), []
    for one in names:
        if one.key in result.found:
            continue
        author = _same_name(archive, one) or _make(one, result)
        if author.pk in result.found.values():
            author = _make(one, result)
        elif one.key not in result.new:
            result.notes.append(Note(one.name, _("This name was here already; the pieces are under it now.")))
        result.found[one.key] = author.pk
        is_waiting = one.lacks_portrait and one.key in result.new
        rows.append((one.key, author.pk, LACKS_PORTRAIT if is_waiting else ""))
        paths += [
            (path, KIND, author.pk) for path in arrivals.elsewhere(_paths(one, author), author.get_absolute_url())
        ]
    arrivals.add(archive, KIND, rows)
    old_paths.keep(paths, at=at)
    if result.new:
        mark(keys.AUTHORS, at=at)
    return result


def _completed(
    names: Sequence[ArrivingName], before: dict[str, Arrival], result: Names, at: dt.datetime
) -> list[tuple[str, int, str]]:
    """Give those their portrait that came without it, and return what their arrivals are now."""
    rows = []
    for one in names:
        arrival = before.get(one.key)
        if one.portrait is None or one.key not in result.found or arrival is None or arrival.digest != LACKS_PORTRAIT:
            continue
        if Author.objects.filter(pk=arrival.target, portrait=None).update(portrait=one.portrait):
            result.completed.append(one.key)
            mark(keys.author(arrival.target), at=at)
        rows.append((one.key, arrival.target, ""))
    return rows


def _same_name(archive: Archive, one: ArrivingName) -> Author | None:
    """Return the one author here who may be the same person; of several nobody can say which."""
    if one.is_pen_name:
        return None
    came = Arrival.objects.filter(archive=archive, kind=KIND).values("target")
    rows = list(Author.objects.filter(name=one.name).exclude(pk__in=came)[:2])
    return rows[0] if len(rows) == 1 and not rows[0].is_pen_name else None


def _make(one: ArrivingName, result: Names) -> Author:
    slug = _slug(one)
    wanted = slugify(one.slug)
    if Author.objects.filter(name=one.name).exists():
        sentence = _("Another of this name is here, so this one has the address /author/{slug}/.")
        result.notes.append(Note(one.name, sentence.format(slug=slug)))
    elif wanted and slug != wanted[:120] and not one.is_pen_name:
        result.notes.append(Note(one.name, _("The address was taken; it is /author/{slug}/ here.").format(slug=slug)))
    result.new.append(one.key)
    return Author.objects.create(
        name=one.name,
        slug=slug,
        is_pen_name=one.is_pen_name,
        role=one.role,
        organisation=one.organisation,
        about=one.about,
        portrait_id=one.portrait,
    )


def _slug(one: ArrivingName) -> str:
    wanted = slugify(one.slug)[:120].strip("-")
    if one.is_pen_name or not wanted:
        return free_slug(one.name)
    is_taken = Author.objects.filter(slug=wanted).exists() or addresses.is_kept_by_other(kind="author", slug=wanted)
    return free_slug(wanted) if is_taken else wanted


def _paths(one: ArrivingName, author: Author) -> list[str]:
    """Return the old addresses that lead to a name: of a pen name, or of one that is here, none that tells another."""
    if not one.is_pen_name:
        return list(one.addresses)
    last = [(address, unquote(urlsplit(address).path).strip("/").rpartition("/")[2]) for address in one.addresses]
    return [address for address, slug in last if is_slug_of(slug, author.name) and "?" not in address]
