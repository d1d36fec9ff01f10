"""What search knows, and when it learns it: in the transaction of the change.

The index of the database is written there and then. OpenSearch stands outside the transaction, so what it has to be
told is recorded instead (`OutdatedEntry`) and told by the worker, as often as it takes.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, Q
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.models import IndexEntry

from blog.batches import in_batches
from blog.models import OutdatedEntry, Post, SearchedWord
from blog.states import State
from blog.words import words_of

logger = logging.getLogger(__name__)

T = TypeVar("T")

BATCH = 500
LEASE = dt.timedelta(minutes=2)
LONGEST_WAIT = dt.timedelta(minutes=10)
# With more outdated entries than this, the database answers readers until OpenSearch has caught up
MOST_OUTDATED = 1000


class OpenSearchAwayError(Exception):
    """OpenSearch does not answer."""


def keep(keys: Iterable[int], *, at: dt.datetime) -> None:
    """Bring search up to date after a change to the pieces with these keys, or to a name that stands on them.

    What is published gets in, all else gets out.

    Call it in the transaction of the change. A piece whose time lies ahead gets in too; who searches asks for what is
    visible at the moment.
    """
    for batch in in_batches(sorted(set(keys)), BATCH):
        _write(batch)
        if has_opensearch():
            _record(batch, at=at)


def has_opensearch() -> bool:
    """Whether OpenSearch is asked before the database."""
    return "opensearch" in settings.MODELSEARCH_BACKENDS


def rebuild(*, at: dt.datetime) -> int:
    """Write the index anew from the database, in batches, each in a transaction of its own; return how many pieces.

    Pieces stay found meanwhile. For OpenSearch this makes an empty index and records every piece for the worker;
    until it has caught up, readers are answered by the database. Raises OpenSearchAwayError if it doesn't answer.
    """
    SearchedWord.objects.all().delete()
    entries = _entries()
    published = Post.objects.filter(state=State.PUBLISHED)
    stale = entries.annotate(key=Cast("object_id", BigIntegerField())).exclude(key__in=published.values("pk"))
    stale._raw_delete(using=connection.alias)  # noqa: SLF001  As in searching.sqlite  Past Django's collector: the triggers do the rest
    keys = list(published.order_by("pk").values_list("pk", flat=True))
    for batch in in_batches(keys, BATCH):
        with transaction.atomic():
            # Locked in the order of the keys, so that nobody publishes a change between our reading and writing
            list(Post.objects.select_for_update(of=("self",)).filter(pk__in=batch).order_by("pk").values_list("pk"))
            _write(batch)
    if has_opensearch():
        try:
            index = get_search_backend("opensearch").get_index_for_model(Post)
            index.reset()
            index.add_model(Post)
        except Exception as error:
            raise OpenSearchAwayError(str(error)) from error
        for batch in in_batches(keys, BATCH):
            with transaction.atomic():
                _record(batch, at=at)
    return len(keys)


def catch_up(*, at: dt.datetime, most: int = BATCH) -> int:
    """Tell OpenSearch of what has changed, at most so many pieces, and return how many.

    Each is claimed by one worker, for two minutes. Where OpenSearch does not answer, it is tried again later, with
    waits that grow to ten minutes, for ever.
    """
    if not has_opensearch():
        return 0
    claimed = _claim(at=at, most=most)
    if not claimed:
        return 0
    ours = OutdatedEntry.objects.filter(pk__in=claimed, claimed_until=at + LEASE)
    try:
        _tell(list(claimed))
    except Exception as error:  # noqa: BLE001  Whatever the client raises, the row stays
        logger.warning("OpenSearch was not told of %d pieces: %s", len(claimed), error)
        wait = min(dt.timedelta(seconds=5) * 2 ** min(max(row.attempts for row in claimed.values()), 10), LONGEST_WAIT)
        ours.update(claimed_until=None, due_at=at + wait, attempts=F("attempts") + 1)
        return 0
    for pk, row in claimed.items():
        # What has changed since we looked is told again
        if not ours.filter(pk=pk, changes=row.changes).delete()[0]:
            ours.filter(pk=pk).update(claimed_until=None)
    return len(claimed)


def _write(keys: list[int]) -> None:
    backend = get_search_backend()
    published = list(Post.get_indexed_objects().filter(pk__in=keys))
    gone = set(keys) - {post.pk for post in published}
    if gone:
        _entries().filter(object_id__in=[str(pk) for pk in gone])._raw_delete(using=connection.alias)  # noqa: SLF001  As in searching.sqlite
    if published:
        backend.add_bulk(Post, published)
        words = {word for post in published if post.live for word in words_of(post.live.title)}
        words.update(*(post.searched_text.split() for post in published))
        _learn(words)


def _learn(words: set[str]) -> None:
    """Add what “did you mean” may offer. In order, so that two at once never wait for each other."""
    wanted = sorted(word for word in words if len(word) > 2 and not word.isdigit())
    known = set[str]()
    for batch in in_batches(wanted, BATCH):
        known.update(SearchedWord.objects.filter(word__in=batch).values_list("word", flat=True))
    new = (SearchedWord(word=word) for word in wanted if word not in known)
    SearchedWord.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def _record(keys: list[int], *, at: dt.datetime) -> None:
    rows = OutdatedEntry.objects.filter(pk__in=keys)
    rows.update(changes=F("changes") + 1, due_at=at, attempts=0)
    known = set(rows.values_list("pk", flat=True))
    OutdatedEntry.objects.bulk_create(OutdatedEntry(post_id=pk, due_at=at) for pk in keys if pk not in known)


def _claim(*, at: dt.datetime, most: int) -> dict[int, OutdatedEntry]:
    free = OutdatedEntry.objects.filter(due_at__lte=at).filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
    keys = list(free.order_by("due_at", "pk").values_list("pk", flat=True)[:most])
    with transaction.atomic():
        rows = {row.pk: row for row in free.select_for_update(skip_locked=True).filter(pk__in=keys)}
        OutdatedEntry.objects.filter(pk__in=rows).update(claimed_until=at + LEASE)
    return rows


def _tell(keys: list[int]) -> None:
    backend = get_search_backend("opensearch")
    index = backend.get_index_for_model(Post)
    if not index.exists():
        raise LookupError("there is no index; make it with `manage.py reindex`")
    published = list(Post.get_indexed_objects().filter(pk__in=keys))
    index.add_items(Post, published)
    for pk in sorted(set(keys) - {post.pk for post in published}):
        index.delete_item(Post(pk=pk))
    # Or a piece would be missing between the row's end and OpenSearch's next look at what it was told
    index.refresh()


def _entries() -> Any:
    return IndexEntry._default_manager.all()  # noqa: SLF001  Django's public name; the types know no other
