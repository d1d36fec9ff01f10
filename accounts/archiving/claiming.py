"""Somebody shows that comments of an archive are theirs: they were written with an address that they have confirmed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.commenting.permissions import own_addresses
from accounts.models import ArchivedName, Comment, TakenOver, User
from blog import keys
from blog.editorial.refusals import MoveNotAllowedError
from blog.editorial.upkeep.purges import mark

State = Comment.State
MOST_SHOWN = 50  # Of one name, the newest
# Spam is nobody's: whoever owns the address may never have sent it
THEIRS = (State.APPROVED, State.HELD, State.HIDDEN)


@dataclass(frozen=True)
class Found:
    """Comments of an archive under one name, written with an address of the account: how many, and the newest."""

    name: ArchivedName
    count: int
    comments: list[Comment]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.comments)


def waiting_names(user: User) -> list[tuple[str, str, int]]:
    """Return the archives and names under which comments with one's addresses wait to be taken over, with how many."""
    rows = _names(own_addresses(user)).filter(left_at__isnull=True)
    return list(rows.values_list("archive__name", "name", "count"))


def found_for(user: User) -> list[Found]:
    """Return what could be taken over, with the comments; what was left before comes last."""
    rows = _names(own_addresses(user)).select_related("archive").order_by("left_at", "archive_id", "pk")
    return [Found(row, row.count, _newest(row)) for row in sorted(rows, key=lambda row: row.left_at is not None)]


def take_over(*, name_pk: int, by: User, at: dt.datetime) -> TakenOver:
    """Take over the comments under a name: from now on the account's own display name stands beside them.

    In one transaction: locks the row; checks that it holds an address that the account has confirmed
    (MoveNotAllowedError, also if there is no such row: nobody learns which addresses there are); moves the comments,
    but for spam; writes down that it was done; removes the placeholder if nothing else is its; and renews the pages.
    """
    with transaction.atomic():
        name = _own(name_pk, by)
        comments = Comment.objects.filter(user=name.user_id, state__in=THEIRS)
        shown = set(comments.public().order_by().values_list("post_id", flat=True))
        count = comments.update(user=by)
        if not count:
            raise MoveNotAllowedError(gone())
        taken = TakenOver.objects.create(user=by, archive=name.archive, name=name.name, comments=count, at=at)
        if not Comment.objects.filter(user=name.user_id).exists():
            name.user.delete()
        if shown:
            mark(*(keys.discussion(post) for post in sorted(shown)), keys.COMMENTS, at=at)
    return taken


def leave(*, name_pk: int, by: User, at: dt.datetime) -> ArchivedName:
    """Leave the comments under a name as they are, and don't ask again. MoveNotAllowedError as `take_over`."""
    with transaction.atomic():
        name = _own(name_pk, by)
        if name.left_at is None:
            name.left_at = at
            name.save(update_fields=["left_at"])
    return name


def forget(*, user: User, addresses: Collection[str]) -> None:
    """Do what erasing an account does with comments of archives that were written with its confirmed addresses.

    Those that wait become the account's own, so that the same becomes of them. Those that it left keep the name that
    was typed, for they may be somebody else's; their address goes. To be called before the account's own comments go.
    """
    rows = ArchivedName.objects.filter(address__in=addresses)
    for name in rows.filter(left_at__isnull=True).select_for_update(of=("self",)):
        Comment.objects.filter(user=name.user_id).update(user=user)
        name.user.delete()
    rows.update(address="")


def _names(addresses: Collection[str]) -> "QuerySet[Any]":
    """Return names with how many comments could be taken over, which the type checker would forget."""
    rows = ArchivedName.objects.filter(address__in=addresses) if addresses else ArchivedName.objects.none()
    return (
        rows.annotate(count=Count("user__comments", filter=Q(user__comments__state__in=THEIRS)))
        .filter(count__gt=0)
        .order_by("archive_id", "pk")
    )


def _newest(name: ArchivedName) -> list[Comment]:
    rows = Comment.objects.filter(user=name.user_id, state__in=THEIRS).for_lists()
    return list(rows.order_by("-written_at", "-pk")[:MOST_SHOWN])


def gone() -> str:
    """Return the sentence for whoever wants to take over what isn't there for them."""
    return _("These comments don’t wait for you, or you have taken them over already.")


def _own(name_pk: int, user: User) -> ArchivedName:
    rows = ArchivedName.objects.select_for_update(of=("self",))
    name = rows.filter(pk=name_pk, address__in=own_addresses(user)).first()
    if name is None:
        raise MoveNotAllowedError(gone())
    return name
