"""Plain pages: what editors write on them. Every save is kept as a version, and none overwrites another unseen."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial import pictures
from blog.editorial.permissions import require_editor
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep import addresses
from blog.editorial.upkeep.purges import mark
from blog.models import Masthead, OldAddress, Picture, PlainPage, PlainPageVersion
from blog.prose import clean_line, clean_prose, pictures_without_description

if TYPE_CHECKING:
    from accounts.models import User

LENGTHS = {"title": 160, "slug": 100, "standfirst": 600}
MAX_BODY = 500_000
MAX_POSITION = 999
# How the texts that come with the software mark what only the owner can know
GAP = "[To be filled in"
A_YEAR = re.compile(r"[0-9]{4}")
# What a web server in front of us may answer itself, and what pages to come will want
ALSO_RESERVED = {"static", "media", "api", "search", "subscribe", "sitemap", "well-known"}


class PageHasChangedError(EditorialRefusal):
    """Somebody else saved the page meanwhile. What was sent is kept as a version of its own."""


@dataclass(frozen=True)
class PageText:
    """What an editor typed, before cleaning."""

    title: str
    slug: str = ""
    standfirst: str = ""
    body: str = ""
    is_in_footer: bool = True
    position: int = 1


def save(
    *, page: PlainPage | None, text: PageText, by: "User", at: dt.datetime, based_on: int | None = None
) -> PlainPage:
    """Write a plain page, or make a new one (`page` is None). Readers see it at once.

    `based_on` is the key of the version that was on the screen. In this order, in one transaction: checks who may
    (PermissionDenied) and what was typed (IncompleteError, by field); keeps the text as a version of the page; stops
    there if somebody else saved meanwhile (PageHasChangedError); writes the page, keeps its old address, writes down
    what the footer lists, and records which pages are out of date. Nothing happens where nothing changed.
    """
    require_editor(by)
    text = clean(text, page=page)
    with transaction.atomic():
        row = PlainPage.objects.select_for_update(of=("self",)).get(pk=page.pk) if page else PlainPage(changed_at=at)
        newest = row.versions.first() if row.pk else None
        has_changed_meanwhile = bool(newest and based_on is not None and newest.pk != based_on)
        if not has_changed_meanwhile:
            _write(row, text, at)
        is_new_text = newest is None or (newest.title, newest.standfirst, newest.body) != _texts(text)
        if is_new_text:
            title, standfirst, body = _texts(text)
            PlainPageVersion.objects.create(
                page=row, title=title, standfirst=standfirst, body=body, written_by=by, written_at=at
            )
    if has_changed_meanwhile and is_new_text:
        raise PageHasChangedError(
            _("Somebody else saved this page meanwhile. Your text is kept among its versions, and stands below.")
        )
    return row


def as_typed(*, text: PageText, by: "User", at: dt.datetime) -> PlainPage:
    """Return a page as it was typed, clean and not saved, whatever is still missing. Raises PermissionDenied."""
    require_editor(by)
    title = clean_line(text.title)[: LENGTHS["title"]] or _("Untitled page")
    return PlainPage(title=title, standfirst=clean_line(text.standfirst), body=clean_prose(text.body), changed_at=at)


def add_picture(
    *, file: IO[bytes] | None, by: "User", at: dt.datetime, alt: str = "", caption: str = "", credit: str = ""
) -> Picture:
    """Take in a picture for the text of a page. Raises PermissionDenied, and IncompleteError by field."""
    require_editor(by)
    if file is None:
        raise IncompleteError({"file": _("Choose a picture.")})
    return pictures.take_in(file=file, by=by, at=at, alt=alt, caption=caption, credit=credit)


def _write(row: PlainPage, text: PageText, at: dt.datetime) -> None:
    before = {name: getattr(row, name) for name in vars(text)} if row.pk else {}
    if before == vars(text):
        return
    for name, value in vars(text).items():
        setattr(row, name, value)
    row.changed_at = at
    row.save()
    if before:
        addresses.keep(kind=OldAddress.Kind.PLAIN_PAGE, target=row.pk, old=before["slug"], new=row.slug, at=at)
    mark(keys.on_page(row.pk), at=at)
    if list_in_footer():
        mark(keys.EVERYTHING, at=at)


def _texts(text: PageText) -> tuple[str, str, str]:
    return text.title, text.standfirst, text.body


def list_in_footer() -> bool:
    """Write down what the footer lists, and return whether that is a change."""
    shown = PlainPage.objects.filter(is_in_footer=True)
    listed = [{"title": page.title, "path": page.get_absolute_url()} for page in shown]
    masthead, _is_new = Masthead.objects.select_for_update(of=("self",)).get_or_create(pk=1)
    if masthead.footer_pages == listed:
        return False
    masthead.footer_pages = listed
    masthead.save(update_fields=["footer_pages"])
    return True


def clean(text: PageText, *, page: PlainPage | None) -> PageText:
    """Return what was typed, cleaned; raise IncompleteError with all that is wrong with it, by field."""
    title = clean_line(text.title)
    cleaned = PageText(
        title=title,
        slug=slugify(text.slug or title),
        standfirst=clean_line(text.standfirst),
        body=clean_prose(text.body),
        is_in_footer=text.is_in_footer,
        position=text.position,
    )
    errors = {
        name: _("Shorten this to {most} characters.").format(most=most)
        for name, most in LENGTHS.items()
        if len(getattr(cleaned, name)) > most
    }
    if not title:
        errors["title"] = _("Give the page a title.")
    if not cleaned.body:
        errors["body"] = _("Write the text first.")
    elif len(cleaned.body) > MAX_BODY:
        errors["body"] = _("The text is longer than a page can carry.")
    elif pictures_without_description(cleaned.body):
        errors["body"] = _("Describe every picture for people who cannot see it.")
    if not 1 <= text.position <= MAX_POSITION:
        errors["position"] = _("Choose a number between 1 and {most}.").format(most=MAX_POSITION)
    if title and "slug" not in errors and (wrong := _what_is_wrong_with(cleaned.slug, page)):
        errors["slug"] = wrong
    if errors:
        raise IncompleteError(errors)
    return cleaned


def _what_is_wrong_with(slug: str, page: PlainPage | None) -> str:
    """Return why a page can't have an address, or nothing."""
    if not slug:
        return _("Write an address of letters, digits and hyphens.")
    if is_reserved(slug):
        return _("This address belongs to another part of the site.")
    if PlainPage.objects.filter(slug=slug).exclude(pk=page.pk if page else 0).exists():
        return _("Another page has this address.")
    if addresses.is_kept_by_other(kind=OldAddress.Kind.PLAIN_PAGE, slug=slug, target=page.pk if page else None):
        return addresses.kept_by_another()
    return ""


def is_reserved(slug: str) -> bool:
    """Whether addresses of the site begin like this: every first part that the routes name, and years."""
    return (
        bool(A_YEAR.fullmatch(slug)) or slug in ALSO_RESERVED or slug in set(_first_parts(get_resolver().url_patterns))
    )


def _first_parts(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^")
        if route:
            yield route.partition("/")[0]
        elif isinstance(pattern, URLResolver):
            yield from _first_parts(pattern.url_patterns)
