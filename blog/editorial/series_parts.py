"""The parts of a series: what is planned for which number, and giving parts other numbers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import keys
from blog.editorial.permissions import is_editor_of, require_editor, require_editor_of
from blog.editorial.refusals import IncompleteError
from blog.editorial.upkeep.listings import relist, settle_series
from blog.editorial.upkeep.purges import mark
from blog.models import Post, Series, SeriesSlot
from blog.models.posts import PostQuerySet
from blog.prose import clean_line
from blog.states import OUT_STATES, State

if TYPE_CHECKING:
    from accounts.models import User

MOST_PARTS = 999
MAX_TITLE = 200
OUT_OF_THE_WAY = 10_000  # Added for a moment, so that no two parts ever have the same number
GIVEN_UP = (State.WITHDRAWN, State.DECLINED)


@dataclass(frozen=True)
class Part:
    """One number of a series: the piece that has it, and what is planned for it. Neither: it is free."""

    number: int
    post: Post | None = None
    slot: SeriesSlot | None = None


@dataclass(frozen=True)
class Plan:
    """What is planned for a part. `month` is any day of the month."""

    working_title: str = ""
    month: dt.date | None = None
    is_title_shown: bool = False
    is_open: bool = False


def parts_of(series: Series) -> list[Part]:
    """Return the parts of a series from 1 to the last one planned or numbered. Four queries, however many."""
    posts = {
        post.part_number: post
        for post in _pieces(series).select_related("working", "live").prefetch_related("bylines__author")
    }
    slots = {slot.part_number: slot for slot in series.slots.all()}
    last = max([series.planned_parts or 0, *(number or 0 for number in posts), *slots])
    return [Part(number, posts.get(number), slots.get(number)) for number in range(1, last + 1)]


@dataclass(frozen=True)
class Planned:
    """A part that is planned for a month, and the piece that is being made for it, if there is one."""

    slot: SeriesSlot
    is_free: bool
    post: Post | None = None


def planned_for(month: dt.date, *, by: "User") -> list[Planned]:
    """Return the parts planned for a month that are not out or scheduled yet. Two queries, however many.

    A piece outside the editor's limits is not named; its part is taken all the same.
    """
    pieces = Post.objects.filter(series=OuterRef("series"), part_number=OuterRef("part_number"))
    taken = pieces.exclude(state__in=GIVEN_UP).order_by("pk").values("pk")[:1]
    slots = SeriesSlot.objects.filter(planned_for=month.replace(day=1)).select_related("series")
    rows = list(slots.annotate(post_pk=Subquery(taken)).order_by("series__title", "part_number"))
    made = Post.objects.filter(pk__in=[row.post_pk for row in rows if row.post_pk]).select_related("working")
    posts = {post.pk: post for post in made.defer("working__body", "working__introduction").order_by()}
    found = []
    for row in rows:
        post = posts.get(row.post_pk)
        if post is None or post.state not in OUT_STATES:
            seen = post if post and is_editor_of(by, post) else None
            found.append(Planned(row, is_free=post is None, post=seen))
    return found


def plan(*, series: Series, number: int, plan: Plan, by: "User", at: dt.datetime) -> SeriesSlot | None:
    """Write down what is planned for a part; with nothing in it the plan goes. Returns what stands there now.

    A number beyond those planned so far makes the series longer. Raises IncompleteError, by field.
    """
    require_editor(by)
    title = clean_line(plan.working_title)
    errors: dict[str, str] = {}
    if not 1 <= number <= MOST_PARTS:
        errors["number"] = _("Choose a part from 1 to {most}.").format(most=MOST_PARTS)
    if len(title) > MAX_TITLE:
        errors["working_title"] = _("Shorten the title to {most} characters.").format(most=MAX_TITLE)
    if plan.is_title_shown and not title:
        errors["working_title"] = _("Write the working title that readers are to see.")
    if errors:
        raise IncompleteError(errors)
    month = plan.month.replace(day=1) if plan.month else None
    with transaction.atomic():
        row = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        slot = None
        if title or month or plan.is_open:
            facts: dict[str, object] = {"working_title": title, "planned_for": month}
            facts |= {"is_title_shown": plan.is_title_shown, "is_open": plan.is_open}
            slot, _is_new = SeriesSlot.objects.update_or_create(series=row, part_number=number, defaults=facts)
        else:
            SeriesSlot.objects.filter(series=row, part_number=number).delete()
        if slot and row.planned_parts and row.planned_parts < number:
            row.planned_parts = number
            row.save(update_fields=["planned_parts"])
        settle_series(series=row, at=at)
        mark(keys.WANTED, at=at)
        if month and (over := _end_of(month)) > at:
            # From then on “Planned for April” would no longer be true
            mark(keys.in_series(row.pk), keys.WANTED, at=over)
    series.refresh_from_db()
    return slot


def swap(*, series: Series, one: int, other: int, by: "User", at: dt.datetime) -> None:
    """Let two parts change places, each with its piece and its plan."""
    _require_number(one)
    _require_number(other)
    _renumber(series, lambda number: {one: other, other: one}.get(number, number), by=by, at=at)


def move(*, series: Series, number: int, to: int, by: "User", at: dt.datetime) -> None:
    """Move a part to another number; those between make room, one place each."""
    _require_number(number)
    _require_number(to)

    def renumbered(part: int) -> int:
        if part == number:
            return to
        if number < part <= to:
            return part - 1
        return part + 1 if to <= part < number else part

    _renumber(series, renumbered, by=by, at=at)


def insert(*, series: Series, at_number: int, by: "User", at: dt.datetime) -> None:
    """Make room for a new part: this one and those after it move back by one, and the series is one part longer."""
    _require_number(at_number)
    _renumber(series, lambda number: number + 1 if number >= at_number else number, by=by, at=at, is_longer=True)


def _renumber(
    series: Series, renumbered: Callable[[int], int], *, by: "User", at: dt.datetime, is_longer: bool = False
) -> None:
    """Give parts other numbers, in one transaction; published ones keep their addresses.

    In this order: checks who may, for each piece that moves (PermissionDenied); locks the pieces, then the series;
    moves pieces and plans out of the way and then to their numbers, so that no two are ever the same; and brings lists
    and pages up to date.
    """
    require_editor(by)
    with transaction.atomic():
        posts = list(_pieces(series).select_for_update(of=("self",)).order_by("pk"))
        row = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        moving = {post.pk: renumbered(post.part_number or 0) for post in posts}
        moving = {post.pk: moving[post.pk] for post in posts if moving[post.pk] != post.part_number}
        slots = {slot.pk: renumbered(slot.part_number) for slot in row.slots.all()}
        if max([0, *moving.values(), *slots.values(), (row.planned_parts or 0) + is_longer]) > MOST_PARTS:
            raise IncompleteError({"number": _("A series has {most} parts at most.").format(most=MOST_PARTS)})
        for post in posts:
            if post.pk in moving:
                require_editor_of(by, post)
        _write_numbers(moving, slots)
        if is_longer and row.planned_parts:
            row.planned_parts += 1
            row.save(update_fields=["planned_parts"])
        for post in posts:
            if post.pk in moving:
                relist(post=post, at=at)
        settle_series(series=row, at=at)
        mark(keys.WANTED, at=at)
    series.refresh_from_db()


def _write_numbers(posts: Mapping[int, int], slots: Mapping[int, int]) -> None:
    for pk, number in posts.items():
        Post.objects.filter(pk=pk).update(part_number=number + OUT_OF_THE_WAY)
    for pk, number in slots.items():
        SeriesSlot.objects.filter(pk=pk).update(part_number=number + OUT_OF_THE_WAY)
    for pk, number in posts.items():
        Post.objects.filter(pk=pk).update(part_number=number)
    for pk, number in slots.items():
        SeriesSlot.objects.filter(pk=pk).update(part_number=number)


def _pieces(series: Series) -> PostQuerySet:
    return Post.objects.filter(series=series, part_number__isnull=False).exclude(state__in=GIVEN_UP)


def _require_number(number: int) -> None:
    if not 1 <= number <= MOST_PARTS:
        raise IncompleteError({"number": _("Choose a part from 1 to {most}.").format(most=MOST_PARTS)})


def _end_of(month: dt.date) -> dt.datetime:
    """Return the moment at which a month is over, by the clock of the blog."""
    following = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return timezone.make_aware(dt.datetime.combine(following, dt.time()))
