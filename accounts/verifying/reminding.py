"""Reminding those whose badge lapses soon: four weeks before, and once more in the last week."""

import datetime as dt

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q

from accounts.models import Badge
from accounts.verifying.badges import CAN_BE_RENEWED
from blog.editorial.letters.choices import HowOften, choice_of
from blog.editorial.letters.writing import write_letter

BEFORE = (CAN_BE_RENEWED, dt.timedelta(days=7))
GROUP = "reminders"


def remind_due(*, at: dt.datetime, most: int) -> int:
    """Write to those whose badge lapses soon, at most so many, and return how many were written.

    The letter goes to the account's main address and leads to the page on which a code can be sent to the one that the
    badge rests on. Each in a transaction of its own, with the fact that it was written, by a conditional update: a
    worker that is killed, or runs twice, neither loses nor doubles any. After a sleep only one goes out, not both.
    """
    written = 0
    for before in BEFORE:
        begins_at = ExpressionWrapper(F("lapses_at") - before, output_field=DateTimeField())
        due = Badge.objects.holding_at(at).filter(
            Q(reminded_at__isnull=True) | Q(reminded_at__lt=begins_at), lapses_at__lte=at + before
        )
        for badge in due.select_related("user").order_by("lapses_at", "pk")[: max(most - written, 0)]:
            with transaction.atomic():
                written += _remind(badge, at)
    return written


def _remind(badge: Badge, at: dt.datetime) -> bool:
    unchanged = Badge.objects.filter(pk=badge.pk, lapses_at=badge.lapses_at, reminded_at=badge.reminded_at)
    if not unchanged.update(reminded_at=at) or choice_of(badge.user, GROUP) == HowOften.NEVER:
        return False
    write_letter(
        "to_reader/badge_reminder",
        to_address=badge.user.email,
        to_name=badge.user.display_name,
        to_user=badge.user,
        at=at,
        lapses_at=badge.lapses_at,
    )
    return True
