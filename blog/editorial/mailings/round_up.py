"""The round-up of the week: prepared a day ahead, shaped by an editor who wishes to, gone on time if nobody does."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.editorial.mailings.following import Pace, following, not_from_an_archive, queue
from blog.editorial.permissions import require_publisher
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Mailing, MailingAct, MailingPiece, Post, RoundUpTime
from blog.prose import clean_text
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

A_DAY, A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
MAX_INTRODUCTION = 2000
MOST_PLACES = 999
CHANGEABLE = (Mailing.State.PLANNED, Mailing.State.HELD)
# One that was cancelled before it began: its pieces come with the next
NEVER_WENT = {"state": Mailing.State.CANCELLED, "queued_at": None}


def next_time(after: dt.datetime) -> dt.datetime:
    """Return the first moment from then on at which a round-up goes out: a weekday and an hour on the wall clock.

    An hour that is left out when the clocks go forward is the one after it; of one that comes twice, the first counts
    (PEP 495).
    """
    wanted = RoundUpTime.current()
    local = timezone.localtime(after)
    day = local.date() + dt.timedelta(days=(wanted.weekday - local.weekday()) % 7)
    moment = _moment(day, wanted.hour)
    return moment if moment >= after else _moment(day + A_WEEK, wanted.hour)


def _moment(day: dt.date, hour: int) -> dt.datetime:
    wall = dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_current_timezone())
    return wall.astimezone(dt.UTC)


def prepare(*, at: dt.datetime) -> Mailing | None:
    """Make the draft of a round-up that goes out within a day, and bring the one that is there up to date.

    It holds what comes out between the last one that was not cancelled and its own time, at most a week back where
    there was none. If every worker slept through its time, it is made up to half a day late.
    """
    due = next_time(at - A_DAY / 2)
    if due - at > A_DAY:
        return None
    day = timezone.localtime(due).date()
    earlier = Mailing.objects.filter(kind=Mailing.Kind.ROUND_UP)
    found = earlier.filter(day=day).first()
    if found is None and not earlier.filter(at__gte=due).exists():
        last = earlier.exclude(**NEVER_WENT).aggregate(at=Max("at"))["at"]
        first = earlier.aggregate(since=Min("since"))["since"]
        try:
            with transaction.atomic():
                found = Mailing.objects.create(
                    kind=Mailing.Kind.ROUND_UP, day=day, since=last or first or due - A_WEEK, at=due, prepared_at=at
                )
        except IntegrityError:  # Another worker was faster
            return None
    if found and is_changeable(found):
        fill(found)
    return found


def fill(mailing: Mailing) -> int:
    """Put the pieces at the end of a draft that belong in it and are in no round-up yet. Returns how many."""
    never_went = Mailing.objects.filter(**NEVER_WENT)
    in_others = MailingPiece.objects.exclude(mailing__in=never_went).values("post")
    posts = Post.objects.filter(
        state=State.PUBLISHED, published_at__gt=mailing.since, published_at__lte=mailing.at
    ).exclude(pk__in=in_others)
    new = list(not_from_an_archive(posts).order_by("published_at", "pk").values_list("pk", flat=True))
    if not new:
        return 0
    with transaction.atomic():
        row = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
        if not is_changeable(row):
            return 0
        last = row.pieces.aggregate(last=Max("position"))["last"] or 0
        rows = [MailingPiece(mailing=row, post_id=pk, position=last + place) for place, pk in enumerate(new, 1)]
        MailingPiece.objects.bulk_create(rows, ignore_conflicts=True)
    return len(new)


def is_changeable(mailing: Mailing) -> bool:
    """Whether a mailing is a round-up that has not begun to go out."""
    return mailing.is_round_up and mailing.state in CHANGEABLE and mailing.queued_at is None


def pieces_of(mailing: Mailing, *, at: dt.datetime) -> list[Post]:
    """Return the pieces of a round-up that go out, in their order: not left out, and visible at that moment."""
    kept = mailing.pieces.filter(is_left_out=False).order_by("position", "pk").values_list("post_id", flat=True)
    order = list(kept)
    posts = Post.objects.visible_at(at).filter(pk__in=order).for_lists()
    return sorted(posts, key=lambda post: order.index(post.pk))


def begin(mailing: Mailing, *, at: dt.datetime) -> bool:
    """Queue a due round-up; returns whether it is going out. One without a piece that is out is cancelled.

    What is not out yet leaves the draft, and is free for a later one.
    """
    with transaction.atomic():
        row = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
        if row.state != Mailing.State.PLANNED or row.at > at:
            return False
        row.pieces.exclude(post__in=Post.objects.visible_at(at)).delete()
        posts = pieces_of(row, at=at)
        if not posts:
            Mailing.objects.filter(pk=row.pk).update(state=Mailing.State.CANCELLED)
            MailingAct.objects.create(mailing=row, kind=MailingAct.Kind.EMPTY, at=at)
            return False
        recipients = queue(row, following(posts, Pace.WEEKLY), at=at)
        Mailing.objects.filter(pk=row.pk).update(state=Mailing.State.SENDING, queued_at=at, recipients=recipients)
    return True


def change(
    *,
    mailing: Mailing,
    introduction: str,
    places: Mapping[int, int],
    left_out: set[int],
    by: "User",
    at: dt.datetime,
    up: int | None = None,
    down: int | None = None,
) -> None:
    """Introduce a round-up, put its pieces in another order and leave some out, before it goes.

    `places` and `left_out` are by the keys of its rows; a row that is not named stays where it is, at its number. Then
    the row `up` changes places with the one above it, `down` with the one below. Raises PermissionDenied for others
    than publishers, IncompleteError for an introduction that is too long, and MoveNotAllowedError once it goes out.
    """
    require_publisher(by)
    introduction = clean_text(introduction)
    if len(introduction) > MAX_INTRODUCTION:
        sentence = _("Shorten the introduction to {most} characters.").format(most=f"{MAX_INTRODUCTION:,}")
        raise IncompleteError({"introduction": sentence})
    with transaction.atomic():
        row = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
        if not is_changeable(row):
            raise MoveNotAllowedError(_("This round-up can’t be changed any more."))
        rows = list(row.pieces.order_by("position", "pk"))
        rows.sort(key=lambda one: (places.get(one.pk, one.position), one.position, one.pk))
        _swap(rows, up, down)
        for number, one in enumerate(rows, 1):
            one.position, one.is_left_out = number, one.pk in left_out
        MailingPiece.objects.bulk_update(rows, ["position", "is_left_out"])
        Mailing.objects.filter(pk=row.pk).update(introduction=introduction)
        MailingAct.objects.create(mailing=row, kind=MailingAct.Kind.CHANGE, by=by, at=at)
    mailing.refresh_from_db()


def _swap(rows: list[MailingPiece], up: int | None, down: int | None) -> None:
    for index, one in enumerate(rows):
        other = index - 1 if one.pk == up else index + 1 if one.pk == down else index
        if other != index:
            if 0 <= other < len(rows):
                rows[index], rows[other] = rows[other], rows[index]
            return


def set_time(*, weekday: int, hour: int, by: "User", at: dt.datetime) -> RoundUpTime:
    """Let round-ups go out on another day or at another hour. A draft that waits goes at the new time as well."""
    require_publisher(by)
    errors = {}
    if not 0 <= weekday <= 6:
        errors["weekday"] = _("Choose a day.")
    if not 0 <= hour <= 23:
        errors["hour"] = _("Choose an hour from 0 to 23.")
    if errors:
        raise IncompleteError(errors)
    with transaction.atomic():
        row, _made = RoundUpTime.objects.update_or_create(pk=1, defaults={"weekday": weekday, "hour": hour})
        due = next_time(at)
        day = timezone.localtime(due).date()
        drafts = Mailing.objects.select_for_update(of=("self",)).filter(
            kind=Mailing.Kind.ROUND_UP, state__in=CHANGEABLE, queued_at=None
        )
        draft = drafts.order_by("-at").first()
        taken = Mailing.objects.filter(kind=Mailing.Kind.ROUND_UP, day=day)
        if draft and not taken.exclude(pk=draft.pk).exists():
            Mailing.objects.filter(pk=draft.pk).update(at=due, day=day)
    return row
