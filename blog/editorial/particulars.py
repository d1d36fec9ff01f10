"""What editors settle about a piece beside its text: address, category, tags, series, due date."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.editorial.permissions import require_editor_of
from blog.editorial.refusals import IncompleteError
from blog.editorial.remits import require_category_in_limits
from blog.editorial.upkeep import addresses
from blog.editorial.upkeep.listings import relist
from blog.editorial.upkeep.related import rearrange
from blog.models import Category, OldAddress, Post, Series, Tag
from blog.prose import clean_text
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

A_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,200}")


@dataclass(frozen=True)
class Particulars:
    """Everything about a piece that an editor can set on one form."""

    slug: str = ""
    category: Category | None = None
    tags: list[Tag] = field(default_factory=list)
    series: Series | None = None
    part_number: int | None = None
    in_reply_to: str = ""
    brief: str = ""
    brief_words: int | None = None
    due_date: dt.date | None = None
    comments_open: bool = True
    comments_close_after: int | None = None


def settle(*, post: Post, particulars: Particulars, by: "User", at: dt.datetime) -> None:
    """Write down the particulars of a piece. Nothing is saved if anything is wrong (IncompleteError, by field).

    `in_reply_to` is the address of the piece that it answers, or the last part of that address. In one transaction:
    writes them, and when the comments were closed by hand; keeps the old address of a piece that readers could see;
    moves a piece that is out to the lists that it is on now (`listings.relist`); and works out anew what stands around
    it (`related.rearrange`).
    """
    require_editor_of(by, post)
    require_category_in_limits(by, particulars.category, now=post.category_id)
    slug = slugify(particulars.slug)[:200]
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        answers = answered_by(particulars.in_reply_to, at=at, now=row.in_reply_to)
        _check(row, particulars, slug, answers=answers, at=at)
        old, answered = row.slug, row.in_reply_to_id
        row.slug = slug
        row.in_reply_to = answers
        row.category = particulars.category
        row.series = particulars.series
        row.part_number = particulars.part_number if particulars.series else None
        row.brief = clean_text(particulars.brief)
        row.brief_words = particulars.brief_words
        row.due_date = particulars.due_date
        if particulars.comments_open != row.comments_open:
            row.comments_closed_at = None if particulars.comments_open else at
        row.comments_open = particulars.comments_open
        row.comments_close_after = particulars.comments_close_after
        row.save(
            update_fields=[
                "slug",
                "in_reply_to",
                "category",
                "series",
                "part_number",
                "brief",
                "brief_words",
                "due_date",
                "comments_open",
                "comments_closed_at",
                "comments_close_after",
            ]
        )
        row.tags.set(particulars.tags)
        if row.is_visible_at(at) or addresses.was_taken_down(row):
            addresses.keep(kind=OldAddress.Kind.POST, target=row.pk, old=old, new=slug, at=at)
        relist(post=row, at=at)
        rearrange(post=row, at=at, answered=answered)
    post.refresh_from_db()


def _check(row: Post, particulars: Particulars, slug: str, *, answers: Post | None, at: dt.datetime) -> None:
    errors: dict[str, str] = {}
    if slug and Post.objects.filter(slug=slug).exclude(pk=row.pk).exists():
        errors["slug"] = _("Another piece has this address.")
    elif slug and addresses.is_kept_by_other(kind=OldAddress.Kind.POST, slug=slug, target=row.pk):
        errors["slug"] = addresses.kept_by_another()
    elif row.live_id and not slug:
        errors["slug"] = _("Write an address of letters, digits and hyphens. The old one will lead to it.")
    if particulars.in_reply_to.strip() and answers is None:
        errors["in_reply_to"] = _("No piece that readers can see has this address.")
    elif answers == row:
        errors["in_reply_to"] = _("A piece can’t be a reply to itself.")
    errors |= part_errors(series=particulars.series, part_number=particulars.part_number, of=row)
    if len(particulars.brief) > 2000:
        errors["brief"] = _("Shorten this to {most} characters.").format(most=2000)
    if errors:
        raise IncompleteError(errors)


def answered_by(address: str, *, at: dt.datetime, now: Post | None = None) -> Post | None:
    """Return the piece that readers find at an address, be it whole, a path, the last part, or one that it had.

    The one that is answered now is also found while readers don't see it.
    """
    slug = address.strip().partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    if not A_SLUG.fullmatch(slug):
        return None
    if now and now.slug == slug:
        return now
    had_it = OldAddress.objects.filter(kind=OldAddress.Kind.POST, slug=slug).values("target")
    return Post.objects.visible_at(at).filter(Q(slug=slug) | Q(pk__in=had_it)).first()


def part_errors(*, series: Series | None, part_number: int | None, of: Post | None = None) -> dict[str, str]:
    """Return what keeps a piece from being this part of the series: none is named, or the part is taken."""
    if part_number and not series:
        return {"series": _("Choose the series that this is a part of.")}
    if is_part_taken(series=series, part_number=part_number, by_other_than=of):
        return {"part_number": _("Another piece is this part of the series.")}
    return {}


def is_part_taken(*, series: Series | None, part_number: int | None, by_other_than: Post | None = None) -> bool:
    """Whether another piece, one that was not withdrawn or declined, is this part of the series."""
    if series is None or part_number is None:
        return False
    same = Post.objects.filter(series=series, part_number=part_number).exclude(
        state__in=[State.WITHDRAWN, State.DECLINED]
    )
    return (same.exclude(pk=by_other_than.pk) if by_other_than else same).exists()
