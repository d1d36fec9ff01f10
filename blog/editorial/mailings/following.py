"""Who follows which piece: the one place that says when a subscription is for a piece."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from blog.models import Delivery, Mailing, Move, Post, Subscription
from blog.models.posts import PostQuerySet
from blog.states import MoveKind, State

Kind, Pace = Subscription.Kind, Subscription.Pace
# What a letter names first as the reason for it, and what its one-click end ends
WIDEST_FIRST = [Kind.EVERYTHING, Kind.CATEGORY, Kind.SERIES, Kind.AUTHOR]


def following(posts: Iterable[Post], pace: Subscription.Pace) -> Q:
    """Return the condition that an active subscription is for one of these pieces. Their bylines are brought along."""
    posts = list(posts)
    about = (
        Q(subject_kind=Kind.EVERYTHING)
        | Q(subject_kind=Kind.SERIES, series__in={post.series_id for post in posts if post.series_id})
        | Q(subject_kind=Kind.CATEGORY, category__in={post.category_id for post in posts if post.category_id})
        | Q(subject_kind=Kind.AUTHOR, author__in={one.author_id for post in posts for one in post.bylines.all()})
    )
    return Q(state=Subscription.State.ACTIVE, how_often=pace) & about


def follows(subscription: Subscription, post: Post) -> bool:
    """Say of a subscription at hand what `following` says of those in the database."""
    if subscription.subject_kind == Kind.SERIES:
        return subscription.series_id == post.series_id
    if subscription.subject_kind == Kind.CATEGORY:
        return subscription.category_id == post.category_id
    if subscription.subject_kind == Kind.AUTHOR:
        return any(one.author_id == subscription.author_id for one in post.bylines.all())
    return True


def not_from_an_archive(posts: PostQuerySet) -> PostQuerySet:
    """Leave out pieces that came published from an archive: whoever followed the old blog was told over there."""
    came = Move.objects.filter(post=OuterRef("pk"), kind=MoveKind.BRING_IN, to_state=State.PUBLISHED)
    return posts.filter(~Exists(came))


def queue(mailing: Mailing, who: Q, *, at: dt.datetime) -> int:
    """Write a delivery for each address that is meant, in one statement; those that are there stay. Returns how many.

    `INSERT … SELECT` costs one query for 10,000 subscribers as for ten, and leaves all of them or none.
    """
    addresses = Subscription.objects.filter(who).order_by().values_list("address").distinct()
    select, params = addresses.query.sql_with_params()
    table, quote = Delivery._meta.db_table, connection.ops.quote_name  # noqa: SLF001  Django documents _meta
    statement = (
        f"INSERT INTO {quote(table)} (mailing_id, address, state, attempts, due_at, claim, last_error) "  # noqa: S608  Names of ours
        f"SELECT %s, f.address, %s, 0, {_moment()}, '', '' FROM ({select}) AS f WHERE true "  # Nothing from outside
        "ON CONFLICT (mailing_id, address) DO NOTHING"
    )
    given: list[Any] = [mailing.pk, Delivery.State.QUEUED, connection.ops.adapt_datetimefield_value(at)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*given, *params])
    return Delivery.objects.filter(mailing=mailing).count()


def _moment() -> str:
    """PostgreSQL has to be told what a text in a list of columns stands for."""
    return "CAST(%s AS timestamptz)" if connection.vendor == "postgresql" else "%s"


def subscriptions_of(addresses: Iterable[str], who: Q) -> dict[str, list[Subscription]]:
    """Return the subscriptions that are meant, by address, the widest first; those ended meanwhile are not there."""
    rows = Subscription.objects.filter(who, address__in=list(addresses)).select_related("series", "author", "category")
    found: dict[str, list[Subscription]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (WIDEST_FIRST.index(Kind(row.subject_kind)), row.pk)):
        found[row.address].append(row)
    return found
