"""Categories, tags and series themselves, apart from any one piece."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction

from blog import keys
from blog.editorial.permissions import require_editor, require_publisher
from blog.editorial.refusals import IncompleteError
from blog.editorial.upkeep import addresses, search_index
from blog.editorial.upkeep.closing import renew_all_in_time
from blog.editorial.upkeep.listings import settle_series
from blog.editorial.upkeep.purges import mark
from blog.models import Category, Listing, Masthead, Series, Tag
from blog.states import State

if TYPE_CHECKING:
    from accounts.models import User

Topic: TypeAlias = Category | Tag | Series


def keep(*, topic: Topic, by: "User", at: dt.datetime) -> None:
    """Write down a category, tag or series, new or changed, and record that pages with its name are out of date.

    A series' plan says how far it has come, so that is written down anew. Discussions close by the category's number of
    days, so their pages are renewed then, too. An address that it had before leads to the new one. Raises
    PermissionDenied, and IncompleteError for an address that another had before.
    """
    require_editor(by)
    kind = _kind_of(topic)
    if addresses.is_kept_by_other(kind=kind, slug=topic.slug, target=topic.pk):
        raise IncompleteError({"slug": addresses.kept_by_another()})
    with transaction.atomic():
        before = type(topic).objects.filter(pk=topic.pk).first()
        topic.save()
        addresses.keep(kind=kind, target=topic.pk, old=before.slug if before else "", new=topic.slug, at=at)
        if before and str(before) != str(topic):
            search_index.keep(_pieces_of(topic), at=at)
        mark(_key_of(topic), at=at)
        if isinstance(topic, Series):
            settle_series(series=topic, at=at)
        if isinstance(topic, Category):
            days = topic.comments_close_after
            renew_all_in_time(category=topic, days=days, at=at)
            if days is None:
                renew_all_in_time(days=Masthead.current().comments_close_after, at=at)


def remove(*, topic: Topic, by: "User", at: dt.datetime) -> None:
    """Remove a category, tag or series with its list, and record that pages with its name are out of date.

    Raises PermissionDenied, and ProtectedError for a category or series that pieces are in.
    """
    require_publisher(by)
    with transaction.atomic():
        mark(_key_of(topic), keys.ALL, at=at)
        Listing.objects.filter(kind=_kind_of(topic), subject=topic.pk).delete()
        pieces = list(_pieces_of(topic))
        topic.delete()
        search_index.keep(pieces, at=at)


def _pieces_of(topic: Topic) -> Iterable[int]:
    return topic.posts.filter(state=State.PUBLISHED).values_list("pk", flat=True)


def _key_of(topic: Topic) -> str:
    return keys.topic(_kind_of(topic), topic.pk)


def _kind_of(topic: Topic) -> str:
    return str(topic._meta.model_name)  # noqa: SLF001  Django's own name for it
