"""Holds: making, changing and lifting them, what lies inside, and letting a piece go out in one with a reason."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.moves import refusal
from blog.editorial.permissions import in_limits, is_publisher, limits_of, require_publisher_of
from blog.editorial.refusals import IncompleteError, MoveNotAllowedError
from blog.models import Category, Hold, HoldExemption, Post
from blog.prose import clean_line, clean_text
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

MAX_REASON = 1000


class HeldError(IncompleteError):
    """The time lies in a hold, and no reason was given. `holds` are those it lies in."""

    def __init__(self, holds: Sequence[Hold]) -> None:
        names = " ".join(_("“{name}”: {reason}").format(name=hold.name, reason=_stopped(hold.reason)) for hold in holds)
        sentence = _("This time is in a hold. {names} Choose another time, or write why it goes out all the same.")
        super().__init__({"hold_reason": sentence.format(names=names)})
        self.holds = list(holds)


def keep(*, hold: Hold, categories: Iterable[Category] | None, by: "User", at: dt.datetime) -> list[Post]:
    """Write down a hold, new or changed, and return what is scheduled inside already and waits for a decision.

    `categories` are those that it is for, or None for all of them. Nothing is unscheduled. Raises PermissionDenied for
    anybody who may not publish, and IncompleteError for a name, a reason or categories that are missing, and for an
    end that is not after the beginning.
    """
    require_may_change(by, hold)
    hold.name, hold.reason = clean_line(hold.name), clean_text(hold.reason)
    chosen = None if categories is None else list(categories)
    errors = {}
    if not hold.name:
        errors["name"] = _("Write a name, such as “Election period”.")
    if not hold.reason:
        errors["reason"] = _("Write the reason; editors read it when they plan a piece.")
    if hold.ends_at <= hold.begins_at:
        errors["to_day"] = _("Choose an end that is after the beginning.")
    if chosen is not None and not chosen:
        errors["categories"] = _("Choose the categories, or all of them.")
    elif not _are_in_limits(by, chosen):
        errors["categories"] = _("Choose among the categories that you publish in.")
    if errors:
        raise IncompleteError(errors)
    with transaction.atomic():
        hold.covers_everything = chosen is None
        if hold.pk is None:
            hold.made_by, hold.made_at = by, at
        hold.save()
        hold.categories.set(chosen or [])
    return [post for post in inside(hold=hold, at=at) if not is_exempt(hold, post)]


def lift(*, hold: Hold, by: "User", at: dt.datetime) -> None:
    """Remove a hold. What was scheduled inside stays as it is. Raises PermissionDenied unless `by` may change it."""
    require_may_change(by, hold)
    hold.delete()


def may_change(by: "User", hold: Hold) -> bool:
    """Whether the account may change or lift a hold: it may publish, and in each category that the hold is for."""
    if not is_publisher(by):
        return False
    return hold.pk is None or _are_in_limits(by, None if hold.covers_everything else list(hold.categories.all()))


def require_may_change(by: "User", hold: Hold) -> None:
    """Raise PermissionDenied unless the account may change or lift the hold."""
    before = Hold.objects.filter(pk=hold.pk).first() if hold.pk else hold
    if before is None or not may_change(by, before):
        raise PermissionDenied(_("Only editors who publish in its categories can change a hold."))


def inside(*, hold: Hold, at: dt.datetime) -> list[Post]:
    """Return what is scheduled for a time that lies ahead and in the hold, soonest first, with their exemptions."""
    posts = Post.objects.ahead_at(at).filter(published_at__gte=hold.begins_at, published_at__lt=hold.ends_at)
    if not hold.covers_everything:
        posts = posts.filter(category__in=hold.categories.all())
    rows = posts.select_related("working").defer("working__body", "working__introduction")
    return list(rows.prefetch_related("bylines__author", "hold_exemptions").order_by("published_at", "pk"))


def is_exempt(hold: Hold, post: Post) -> bool:
    """Whether somebody has decided that the piece goes out in the hold, from the prefetched rows if there are any."""
    return any(one.hold_id == hold.pk for one in post.hold_exemptions.all())


def undecided(*, by: "User", at: dt.datetime) -> list[tuple[Post, list[Hold]]]:
    """Return what is scheduled in a hold without a decision, soonest first, each with the holds that it waits for.

    Within the editor's limits; a fixed number of queries.
    """
    coming = list(Hold.objects.filter(ends_at__gt=at).order_by("begins_at", "pk").prefetch_related("categories"))
    if not coming:
        return []
    first, last = min(hold.begins_at for hold in coming), max(hold.ends_at for hold in coming)
    posts = Post.objects.ahead_at(at).filter(in_limits(by), published_at__gte=first, published_at__lt=last)
    rows = posts.select_related("working", "editor").defer("working__body", "working__introduction")
    found = []
    for post in rows.prefetch_related("bylines__author", "hold_exemptions").order_by("published_at", "pk"):
        open_ones = [hold for hold in coming if _holds(hold, post) and not is_exempt(hold, post)]
        if open_ones:
            found.append((post, open_ones))
    return found


def undecided_of(*, post: Post, at: dt.datetime) -> list[Hold]:
    """Return the holds that a scheduled piece lies in without a decision."""
    if post.state != State.PUBLISHED or post.published_at is None or post.published_at <= at:
        return []
    covering = Hold.objects.covering(post.published_at, post.category_id)
    return list(covering.exclude(exemptions__post=post))


def let_stand(*, post: Post, reason: str, by: "User", at: dt.datetime) -> list[HoldExemption]:
    """Decide that a scheduled piece goes out at its time although a hold was made over it.

    Records the reason for each hold that waits for it. Nobody gets a letter: nothing changes for the writers. Raises
    PermissionDenied, IncompleteError without a reason, and MoveNotAllowedError for a piece that is not scheduled in a
    hold any more.
    """
    require_publisher_of(by, post)
    with transaction.atomic():
        row = Post.objects.locked(post.pk)
        waiting = undecided_of(post=row, at=at)
        if not waiting:
            if row.state != State.PUBLISHED:
                raise MoveNotAllowedError(refusal(State(row.state)))
            raise MoveNotAllowedError(_("No hold waits for a decision about this piece. Nothing was changed."))
        given = reason_given(reason)
        if not given:
            raise IncompleteError({"hold_reason": _("Write why it goes out all the same.")})
        return exempt(post=row, holds=waiting, reason=given, by=by, at=at)


def reason_given(typed: str) -> str:
    """Return a reason to go out in a hold, cleaned; raise IncompleteError for one that is too long."""
    reason = clean_text(typed)
    if len(reason) > MAX_REASON:
        raise IncompleteError({"hold_reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    return reason


def exempt(*, post: Post, holds: Iterable[Hold], reason: str, by: "User", at: dt.datetime) -> list[HoldExemption]:
    """Record that a piece goes out in these holds, in the caller's transaction."""
    return HoldExemption.objects.bulk_create(
        HoldExemption(hold=hold, post=post, reason=reason, by=by, at=at) for hold in holds
    )


def forget_exemptions(*, post: Post) -> None:
    """Forget what was decided about the piece's time, in the caller's transaction: the time is another, or none."""
    HoldExemption.objects.filter(post=post).delete()


def _are_in_limits(by: "User", categories: list[Category] | None) -> bool:
    limits = limits_of(by)
    return limits is None or (categories is not None and {category.pk for category in categories} <= limits)


def _holds(hold: Hold, post: Post) -> bool:
    moment = post.published_at
    return moment is not None and hold.begins_at <= moment < hold.ends_at and hold.is_for(post.category_id)


def _stopped(sentence: str) -> str:
    """Return a sentence with a full stop."""
    sentence = " ".join(sentence.split())
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
