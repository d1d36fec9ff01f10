"""Who carries the badge of a verified public servant, and what readers are told by it.

A badge says of a display name that whoever writes under it has shown, within the last year, to have an address at a
domain on the list. It stands beside display names alone: a comment under a byline's name never has one, for a badge
that came and went with somebody's display name would tell that both are one account. Ask for the accounts of comments
without `author` only.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from accounts.models import Badge, Comment, ListedDomain, User
from blog import keys
from blog.editorial.upkeep.purges import mark

WORDS = gettext_lazy("Verified public servant")
EXPLANATION = gettext_lazy(
    "Showed within the last year to have an address at a public body. We tell nobody which one, or the address."
)
LASTS = dt.timedelta(days=365)
# So long before the end somebody can confirm again, and the first reminder comes
CAN_BE_RENEWED = dt.timedelta(days=28)


@dataclass(frozen=True)
class Standing:
    """How things stand with somebody's own badge. `address` is for their own eyes."""

    address: str
    confirmed_at: dt.datetime
    lapses_at: dt.datetime
    is_held: bool
    can_be_renewed: bool


def are_verified(user_pks: Iterable[int], at: dt.datetime) -> set[int]:
    """Return which of these accounts carry the badge at that moment. One query, and none for nobody."""
    wanted = set(user_pks)
    if not wanted:
        return set()
    return set(Badge.objects.holding_at(at).filter(user__in=wanted).values_list("user_id", flat=True))


def key_of(user_pk: int) -> str:
    """Return the key (`blog.keys`) of an account's badge. A page that shows the badge says so with it.

    Every badge has a purge that falls due when it lapses, so that it is gone from baked pages by the clock alone.
    """
    return f"badge:{user_pk}"


def standing_of(user: User, at: dt.datetime) -> Standing | None:
    """Return how things stand with an account's badge, one that has lapsed included; None where there is none."""
    badge = Badge.objects.filter(user=user).select_related("address").first()
    if badge is None:
        return None
    return Standing(
        address=badge.address.email,
        confirmed_at=badge.confirmed_at,
        lapses_at=badge.lapses_at,
        is_held=Badge.objects.holding_at(at).filter(pk=badge.pk).exists(),
        can_be_renewed=badge.lapses_at - CAN_BE_RENEWED <= at,
    )


def listed_domains() -> list[ListedDomain]:
    """Return the domains that count now."""
    return list(ListedDomain.objects.filter(taken_off_at__isnull=True))


def renew_pages(*, user: User, at: dt.datetime) -> None:
    """Record that pages with comments under an account's display name are out of date.

    Those under a byline's name stay as they are: pages made anew in the same moment would join the two names.
    """
    own = Comment.objects.public().filter(user=user, author__isnull=True)
    posts = own.order_by().values_list("post_id", flat=True).distinct()
    discussions = [keys.discussion(pk) for pk in posts]
    if discussions:
        mark(*discussions, keys.COMMENTS, at=at)


def gone_from_pages(*, user_pk: int, at: dt.datetime) -> None:
    """Record that pages that show an account's badge are out of date from that moment on, which may lie ahead."""
    mark(key_of(user_pk), at=at)
