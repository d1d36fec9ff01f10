"""News: what people hear of once, in a letter of its own or in the one letter of the day.

Whoever has news writes it here with a key that names the thing. Whether it becomes a letter at once, a line of the
next digest or nothing is what each person chose. Replies, subscriptions and anything like them go the same way.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.editorial.letters.choices import DIGEST, HowOften, choice_of
from blog.editorial.letters.writing import write_letter
from blog.models import Digest, Letter, News, Post
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

DIGEST_HOUR = 8  # In the United Kingdom
MOST_IN_A_DIGEST = 60
MAX_SENTENCE = 300


def tell(
    *,
    user: "User",
    group: str,
    key: str,
    sentence: str,
    path: str,
    at: dt.datetime,
    kind: str,
    to_name: str = "",
    post: Post | None = None,
    **context: Any,
) -> News | None:
    """Let somebody hear of something, once, as they chose: at once by a letter of `kind`, in the next digest, or not.

    Returns None if they have heard of it, or don't want to. Called in the transaction of what it tells of.
    """
    how_often = choice_of(user, group)
    if how_often == HowOften.NEVER or not user.is_active:
        return None
    row = keep_for_digest(user=user, group=group, key=key, sentence=sentence, path=path, at=at)
    if row and how_often == HowOften.AT_ONCE:
        row.letter = write_letter(
            kind,
            to_address=user.email,
            to_name=to_name or user.display_name,
            to_user=user,
            post=post,
            at=at,
            path=path,
            **context,
        )
        row.save(update_fields=["letter"])
    return row


def keep_for_digest(*, user: "User", group: str, key: str, sentence: str, path: str, at: dt.datetime) -> News | None:
    """Keep one line for somebody's next digest; None if they have it, or had it, already."""
    row, is_new = News.objects.get_or_create(
        user=user,
        key=key,
        defaults={"group": group, "sentence": clean_line(sentence)[:MAX_SENTENCE], "path": path, "at": at},
    )
    return row if is_new else None


def drop(*, key: str, at: dt.datetime) -> None:
    """Take back what nobody needs to hear any more, from all digests that have not been written."""
    News.objects.filter(key=key, letter__isnull=True, dropped_at__isnull=True).update(dropped_at=at)


def write_digests(*, at: dt.datetime, most: int = 50) -> int:
    """Write the letters of the day that are due, at most so many, and return how many.

    One for each account and day, from eight o’clock in the United Kingdom on, whatever the clocks do in spring and
    autumn. Each is written in one transaction with the fact that the day has had its letter and with what it tells, so
    a worker that is killed, or runs twice, neither loses nor doubles any. What nobody wants any more is dropped.
    """
    local = timezone.localtime(at)
    if local.hour < DIGEST_HOUR:
        return 0
    waiting = News.objects.filter(letter__isnull=True, dropped_at__isnull=True, at__lte=at)
    had_theirs = Digest.objects.filter(day=local.date()).values("user_id")
    users = waiting.exclude(user__in=had_theirs).order_by().values_list("user_id", flat=True).distinct()
    return sum(_write_digest(user_id, day=local.date(), at=at) for user_id in users[:most])


def _write_digest(user_id: int, *, day: dt.date, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            # The account's row is the lock: of two workers one waits, and then finds nothing left
            user = get_user_model().objects.select_for_update(of=("self",)).get(pk=user_id)
            if Digest.objects.filter(user=user, day=day).exists():
                return False
            rows = list(_wanted(user, at))
            if not rows:
                return False
            letter = write_letter(
                "to_reader/digest",
                to_address=user.email,
                to_name=user.display_name,
                to_user=user,
                at=at,
                group=DIGEST,
                # Which pieces somebody hears of can tell who they are: shown to nobody, and emptied once sent
                is_confidential=True,
                news="\n\n".join(f"{row.sentence}\n{settings.SITE_URL}{row.path}" for row in rows),
            )
            Digest.objects.create(user=user, day=day, letter=letter)
            News.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)
    except IntegrityError:  # Another worker was quicker
        return False
    return True


def _wanted(user: "User", at: dt.datetime) -> Iterator[News]:
    """Return what somebody still wants to hear, the oldest first, and drop the rest."""
    rows = News.objects.filter(user=user, letter__isnull=True, dropped_at__isnull=True, at__lte=at)
    unwanted = {group for group in rows.order_by().values_list("group", flat=True).distinct() if _is_ended(user, group)}
    if unwanted or not user.is_active:
        ended = rows if not user.is_active else rows.filter(group__in=unwanted)
        ended.update(dropped_at=at)
    yield from rows.all()[:MOST_IN_A_DIGEST]


def _is_ended(user: "User", group: str) -> bool:
    return choice_of(user, group) == HowOften.NEVER


def letters_today(*, user: "User", kind: str, at: dt.datetime) -> int:
    """Return how many letters of a kind somebody has been written since midnight in the United Kingdom."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Letter.objects.filter(to_user=user, kind=kind, written_at__gte=midnight).count()
