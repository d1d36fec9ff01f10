"""Telling a WebSub hub (https://www.w3.org/TR/websub/) that feeds have changed, so that readers' programs know at once.

A notice is a row, written in the transaction of the publication and sent by the worker. Without a hub in the settings
there are none.
"""

import datetime as dt
import http.client
import logging
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse

from blog.editorial.letters.writing import absolute
from blog.models import HubNotice, Post

LEASE = dt.timedelta(minutes=5)
# With these waits between the tries; whoever hears of a piece a day later has found it by then
WAITS = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
PATIENCE = 20  # Seconds that the hub has to answer
FORMATS = ["", "atom/", "json/"]

logger = logging.getLogger(__name__)


def announce(*, post: Post, at: dt.datetime) -> None:
    """Write down that the hub is to be told of a piece: now, or when its time has come."""
    if settings.WEBSUB_HUB:
        HubNotice.objects.create(post=post, due_at=max(at, post.published_at or at))


def tell_due(*, at: dt.datetime, most: int = 20) -> int:
    """Tell the hub what is due at that moment, at most so many pieces, and return how many it took.

    Of several workers one gets a notice; if that one dies, another takes over after five minutes. A hub that fails is
    tried again, later each time, and in the end no more: the feeds themselves are right all along.
    """
    told = 0
    for _ in range(most):
        notice = _claim_next(at)
        if notice is None:
            break
        told += _tell(notice, at)
    return told


def feeds_with(post: Post) -> list[str]:
    """Return the full addresses of every feed that a piece is in."""
    topics = [post.category, post.series, *post.tags.all(), *post.authors.all()]
    paths = [reverse("reading:feed"), *(f"{topic.get_absolute_url()}feed/" for topic in topics if topic)]
    return [absolute(f"{path}{form}") for path in paths for form in FORMATS]


def _claim_next(at: dt.datetime) -> HubNotice | None:
    due = HubNotice.objects.filter(due_at__lte=at).filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))
    for notice in due.order_by("due_at", "pk")[:10]:
        if due.filter(pk=notice.pk).update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
            notice.refresh_from_db()
            return notice
    return None


def _tell(notice: HubNotice, at: dt.datetime) -> bool:
    claim = HubNotice.objects.filter(pk=notice.pk, claimed_until=notice.claimed_until)
    post = Post.objects.visible_at(at).filter(pk=notice.post_id).select_related("category", "series").first()
    if post is None or not settings.WEBSUB_HUB:
        claim.delete()
        return False
    try:
        _send(feeds_with(post))
    except (OSError, http.client.HTTPException, ValueError) as error:
        if notice.attempts > len(WAITS):
            logger.warning("The hub %s could not be told of piece %s: %s", settings.WEBSUB_HUB, post.pk, error)
            claim.delete()
        else:
            due_at = at + WAITS[notice.attempts - 1]
            claim.update(due_at=due_at, claimed_until=None, last_error=f"{type(error).__name__}: {error}"[:1000])
        return False
    claim.delete()
    return True


def _send(topics: list[str]) -> None:
    """Tell the hub that these feeds have changed, as every hub understands it; raise OSError unless it answers 2xx."""
    form = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()
    with urlopen(Request(settings.WEBSUB_HUB, data=form), timeout=PATIENCE):  # noqa: S310  Checked in the settings
        pass
