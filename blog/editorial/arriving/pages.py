"""Plain pages that come from an archive."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.arriving import arrivals
from blog.editorial.arriving.arrivals import Note
from blog.editorial.plain_pages import LENGTHS, MAX_BODY, MAX_POSITION, is_reserved, list_in_footer
from blog.editorial.upkeep import addresses, old_paths
from blog.editorial.upkeep.purges import mark
from blog.models import Archive, Arrival, ArrivalKind, OldAddress, PlainPage, PlainPageVersion

KIND = ArrivalKind.PLAIN_PAGE
OF_THE_SOFTWARE = 2  # Texts of a page that came with it: the first, and one that a later version put in its place

__all__ = ["LENGTHS", "MAX_BODY", "MAX_POSITION", "ArrivingPage", "Pages", "arrive", "place_in_menu", "text_digest"]


@dataclass(frozen=True)
class ArrivingPage:
    """A page, its text clean and within `LENGTHS` and `MAX_BODY`. `digest` is half of one, of what came."""

    key: str
    digest: str
    title: str
    slug: str = ""
    standfirst: str = ""
    body: str = ""
    is_in_footer: bool = False
    position: int | None = None
    addresses: tuple[str, ...] = ()


@dataclass
class Pages:
    """What became of pages: their keys here by those over there, and lists of these."""

    found: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def text_digest(title: str, standfirst: str, body: str) -> str:
    """Return a digest of what a page says, so that one that was changed here is told from one that was not."""
    return hashlib.sha256(json.dumps([title, standfirst, body]).encode()).hexdigest()[:32]


def arrive(*, archive: Archive, pages: Sequence[ArrivingPage], at: dt.datetime) -> Pages:
    """Bring pages in, in the caller's transaction: new ones, and new texts of those that nobody has changed here.

    A page that came with the software, and that nobody has written in, gives way to one of the same address. Footer,
    old addresses, and which pages are out of date follow.
    """
    before = arrivals.known(archive, KIND, [one.key for one in pages])
    rows = PlainPage.objects.select_for_update(of=("self",)).filter(pk__in=[one.target for one in before.values()])
    here = {row.pk: row for row in rows.order_by("pk")}
    result = Pages()
    written, paths = [], []
    for one in pages:
        arrival = before.get(one.key)
        page = here.get(arrival.target) if arrival else None
        if arrival and page and not _follows(arrival, page, one, result, at):
            result.found[one.key] = page.pk
            continue
        if page is None:
            page = _make(one, result, at)
        result.found[one.key] = page.pk
        written.append((one.key, page.pk, one.digest + text_digest(one.title, one.standfirst, one.body)))
        paths += [(path, KIND, page.pk) for path in arrivals.elsewhere(one.addresses, page.get_absolute_url())]
        mark(keys.on_page(page.pk), at=at)
    arrivals.add(archive, KIND, written)
    old_paths.keep(paths, at=at)
    if written and list_in_footer():
        mark(keys.EVERYTHING, at=at)
    return result


def place_in_menu(*, places: Iterable[tuple[int, int]], at: dt.datetime) -> None:
    """Put pages in the footer, each at its place, in the caller's transaction."""
    for pk, position in places:
        place = min(max(position, 1), MAX_POSITION)
        PlainPage.objects.filter(pk=pk).update(is_in_footer=True, position=place)
    if list_in_footer():
        mark(keys.EVERYTHING, at=at)


def _follows(arrival: Arrival, page: PlainPage, one: ArrivingPage, result: Pages, at: dt.datetime) -> bool:
    """Give a page the text that it has over there now, if it has changed there alone; return whether."""
    if arrival.digest[:32] == one.digest:
        result.known.append(one.key)
        return False
    if arrival.digest[32:] != text_digest(page.title, page.standfirst, page.body):
        result.kept.append(one.key)
        return False
    result.followed.append(one.key)
    _write(page, one, at)
    return True


def _make(one: ArrivingPage, result: Pages, at: dt.datetime) -> PlainPage:
    result.new.append(one.key)
    wanted = slugify(one.slug or one.title)[: LENGTHS["slug"]].strip("-")
    page = PlainPage.objects.select_for_update(of=("self",)).filter(slug=wanted).first()
    # Of those that come with this one nothing is written down yet
    if page is None or page.pk in result.found.values() or not _is_of_the_software(page):
        page = PlainPage(slug=_free_slug(wanted))
        page.is_in_footer, page.position = one.is_in_footer, one.position or 1
    else:
        result.notes.append(
            Note(
                one.title,
                _("It stands in place of the page /{slug}/ that came with the software.").format(slug=page.slug),
            )
        )
    if wanted and page.slug != wanted:
        result.notes.append(Note(one.title, _("The address was taken; it is /{slug}/ here.").format(slug=page.slug)))
    _write(page, one, at)
    return page


def _is_of_the_software(page: PlainPage) -> bool:
    """Whether nobody has written in a page, and no archive has brought it."""
    if page.versions.filter(written_by__isnull=False).exists() or page.versions.count() > OF_THE_SOFTWARE:
        return False
    return not Arrival.objects.filter(kind=KIND, target=page.pk).exists()


def _write(page: PlainPage, one: ArrivingPage, at: dt.datetime) -> None:
    page.title, page.standfirst, page.body, page.changed_at = one.title, one.standfirst, one.body, at
    page.save()
    PlainPageVersion.objects.create(page=page, title=one.title, standfirst=one.standfirst, body=one.body, written_at=at)


def _free_slug(wanted: str) -> str:
    def is_taken(slug: str) -> bool:
        return (
            is_reserved(slug)
            or PlainPage.objects.filter(slug=slug).exists()
            or addresses.is_kept_by_other(kind=OldAddress.Kind.PLAIN_PAGE, slug=slug)
        )

    base = wanted or "page"
    return addresses.free(base[: LENGTHS["slug"] - 6], is_taken) if is_taken(base) else base
