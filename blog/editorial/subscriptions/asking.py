"""Somebody wants to follow: the address is asked by letter first, and nobody learns whether it follows already."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from blog.editorial.correspondence import TooManyLettersError, counted, is_mail_address
from blog.editorial.letters.about_subscriptions import CONFIRM, RUNNING
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import IncompleteError
from blog.editorial.subscriptions.links import confirm_link, manage_link
from blog.editorial.subscriptions.subjects import Subject
from blog.models import Letter, Subscription
from blog.models.subscriptions import OPEN_STATES, SubscriptionPace
from blog.prose import clean_line

if TYPE_CHECKING:
    from accounts.models import User

MAX_ADDRESS = 254
LETTERS_A_DAY = 5  # To one mailbox, whoever asks
MOST_FROM_ALL = 300  # An hour
A_DAY = dt.timedelta(days=1)
CONFIRMED_WITHIN = dt.timedelta(days=30)


def ask(
    *, address: str, subject: Subject | None, how_often: str, at: dt.datetime, user: "User | None" = None
) -> Subscription | None:
    """Take in that an address wants to follow something, and ask it by letter whether that is so.

    In this order: cleans the fields and says what is wrong with them (IncompleteError, by field); counts what is asked
    of all addresses within the hour (TooManyLettersError); writes the row and the letter. What follows already gets a
    letter that says so, and whoever asks is answered alike. Beyond some letters a day to one mailbox nothing is
    written, and nobody is told. The letter holds nothing that was typed.

    `user` is who is signed in with this very address confirmed: then it follows at once, without a letter. Returns the
    row only then.
    """
    address = clean_line(address).lower()
    pace = _pace(address, subject, how_often)
    if counted("subscriptions-from-all") > MOST_FROM_ALL:
        raise TooManyLettersError(_("Many people have asked to follow within the hour. Please try again in an hour."))
    with transaction.atomic():
        if user is None and _has_had_enough(address, at=at):
            return None
        wanted = subject.fields if subject else {}  # Never without one: `_pace` has refused
        row = _open_row(address, wanted) or _new_row(address, wanted, pace, at=at)
        if row.state == Subscription.State.ASKED:
            row.how_often, row.asked_at = pace, at
            row.save(update_fields=["how_often", "asked_at"])
        if user is not None:
            return _follow_at_once(row, pace, user, at=at)
        _tell(row, at=at)
    return None


def _pace(address: str, subject: Subject | None, how_often: str) -> SubscriptionPace:
    errors: dict[str, str] = {}
    if not address:
        errors["address"] = _("Write your mail address.")
    elif len(address) > MAX_ADDRESS or not is_mail_address(address):
        errors["address"] = _("Write a whole mail address, such as name@council.gov.uk.")
    if how_often not in SubscriptionPace.values:
        errors["how_often"] = _("Choose how often we should write.")
    if subject is None:
        errors["subject"] = _("This can’t be followed any more. You can follow everything instead.")
    if errors:
        raise IncompleteError(errors)
    return SubscriptionPace(how_often)


def _open_row(address: str, wanted: Mapping[str, Any]) -> Subscription | None:
    rows = Subscription.objects.of(address).filter(state__in=OPEN_STATES, **wanted)
    return rows.select_for_update(of=("self",)).first()


def _new_row(address: str, wanted: Mapping[str, Any], pace: SubscriptionPace, *, at: dt.datetime) -> Subscription:
    try:
        with transaction.atomic():
            return Subscription.objects.create(address=address, how_often=pace, asked_at=at, **wanted)
    except IntegrityError:  # The same form, sent twice at once, was quicker
        row = _open_row(address, wanted)
        if row is None:
            raise
        return row


def _has_had_enough(address: str, *, at: dt.datetime) -> bool:
    """Whether the mailbox has had as many such letters within a day as it gets; “name+list@” is “name@”."""
    name, _at, domain = address.rpartition("@")
    base = name.partition("+")[0]
    mailbox = Q(to_address=f"{base}@{domain}") | Q(to_address__startswith=f"{base}+", to_address__endswith=f"@{domain}")
    letters = Letter.objects.filter(mailbox, kind__in=[CONFIRM, RUNNING], written_at__gt=at - A_DAY)
    return letters.count() >= LETTERS_A_DAY


def _follow_at_once(row: Subscription, pace: SubscriptionPace, user: "User", *, at: dt.datetime) -> Subscription:
    row.state, row.how_often, row.user = Subscription.State.ACTIVE, pace, user
    row.confirmed_at = row.confirmed_at or at
    row.save(update_fields=["state", "how_often", "user", "confirmed_at"])
    return row


def _tell(row: Subscription, *, at: dt.datetime) -> None:
    is_running = row.state == Subscription.State.ACTIVE
    write_letter(
        RUNNING if is_running else CONFIRM,
        to_address=row.address,
        at=at,
        is_confidential=True,
        subscription=row,
        link=manage_link(row) if is_running else confirm_link(row),
        days=CONFIRMED_WITHIN.days,
    )
