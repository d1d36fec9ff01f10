"""What editors settle about a piece beside its text: address, category, tags, series, due date."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blog.editorial.permissions import require_editor
from blog.editorial.refusals import IncompleteError
from blog.models import Category, Post, Series, Tag
from blog.prose import clean_text
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Particulars:
    """Everything about a piece that an editor can set on one form."""

    slug: str = ""
    category: Category | None = None
    tags: list[Tag] = field(default_factory=list)
    series: Series | None = None
    part_number: int | None = None
    brief: str = ""
    brief_words: int | None = None
    due_date: dt.date | None = None
    comments_open: bool = True


def settle(*, post: Post, particulars: Particulars, by: "User") -> None:
    """Write down the particulars of a piece. Nothing is saved if anything is wrong (IncompleteError, by field)."""
    require_editor(by)
    slug = slugify(particulars.slug)[:200]
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        _check(row, particulars, slug)
        row.slug = slug
        row.category = particulars.category
        row.series = particulars.series
        row.part_number = particulars.part_number if particulars.series else None
        row.brief = clean_text(particulars.brief)
        row.brief_words = particulars.brief_words
        row.due_date = particulars.due_date
        row.comments_open = particulars.comments_open
        row.save(
            update_fields=[
                "slug",
                "category",
                "series",
                "part_number",
                "brief",
                "brief_words",
                "due_date",
                "comments_open",
            ]
        )
        row.tags.set(particulars.tags)
    post.refresh_from_db()


def _check(row: Post, particulars: Particulars, slug: str) -> None:
    errors: dict[str, str] = {}
    if slug and Post.objects.filter(slug=slug).exclude(pk=row.pk).exists():
        errors["slug"] = _("Another piece has this address.")
    elif row.live_id and slug != row.slug:
        errors["slug"] = _("The address of a published piece stays as it is.")
    errors |= part_errors(series=particulars.series, part_number=particulars.part_number, of=row)
    if len(particulars.brief) > 2000:
        errors["brief"] = _("Shorten this to {most} characters.").format(most=2000)
    if errors:
        raise IncompleteError(errors)


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
