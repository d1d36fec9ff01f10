"""The limits of an editor's work: the categories that somebody reviews, edits and publishes in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from blog.editorial.permissions import limits_of
from blog.editorial.refusals import IncompleteError
from blog.models import Category, Post, Remit
from blog.states import UNPUBLISHED_STATES

if TYPE_CHECKING:
    from accounts.models import User


def limit(*, user: "User", to: Iterable[Category]) -> None:
    """Limit an account to these categories; to none at all takes its limits away."""
    wanted = {category.pk for category in to}
    with transaction.atomic():
        Remit.objects.filter(user=user).exclude(category__in=wanted).delete()
        there = set(Remit.objects.filter(user=user).values_list("category_id", flat=True))
        Remit.objects.bulk_create(Remit(user=user, category_id=pk) for pk in sorted(wanted - there))
    _forget_what_was_read(user)


def lay_down(*, user: "User") -> int:
    """Take from somebody who edits no longer what they looked after and is not out; it waits for every editor then.

    Returns how many pieces these are. Their limits go as well.
    """
    limit(user=user, to=[])
    return Post.objects.filter(editor=user, state__in=UNPUBLISHED_STATES).update(editor=None)


def require_category_in_limits(user: "User", category: Category | None, *, now: int | None = None) -> None:
    """Raise IncompleteError where an editor with limits puts a piece into a category outside them.

    It may stay in the one that it is in now, and in none.
    """
    limits = limits_of(user)
    if limits is None or category is None or category.pk == now or category.pk in limits:
        return
    raise IncompleteError({"category": _("Choose one of your own categories; this one is not among them.")})


def _forget_what_was_read(user: "User") -> None:
    """Let `limits_of` read anew: the account at hand may have been asked before."""
    getattr(user, "_prefetched_objects_cache", {}).pop("remits", None)
