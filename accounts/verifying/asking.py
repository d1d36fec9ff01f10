"""Asking for the badge, showing once a year that the address is still one's own, and laying it down."""

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Badge, BadgeCode, ListedDomain, User
from accounts.verifying.badges import LASTS, gone_from_pages, listed_domains, renew_pages
from accounts.verifying.domains import listed_for, mailbox_of
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import EditorialRefusal, IncompleteError

# Without vowels, and without letters that look like digits or each other
LETTERS = "BCDFGHJKMNPQRTVWXZ"
LENGTH = 8
VALID = dt.timedelta(days=1)  # Council mail is slow
MOST_TRIES = 5
MOST_CODES = 3
CODES_WITHIN = dt.timedelta(hours=1)
SALT = "accounts.verifying"


class TooManyCodesError(EditorialRefusal):
    """So many letters went out already that another would be a nuisance, or a guess."""


def addresses_of(user: User) -> list[tuple[EmailAddress, bool]]:
    """Return an account's confirmed addresses, and of each whether it is at a listed domain. Those that are first."""
    among = listed_domains()
    found = [
        (address, listed_for(address.email, among) is not None)
        for address in EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "email")
    ]
    return sorted(found, key=lambda one: not one[1])


def waiting_code(user: User, at: dt.datetime) -> BadgeCode | None:
    """Return the code that an account can still type, with the address that it went to."""
    codes = BadgeCode.objects.filter(user=user, sent_at__gt=at - VALID).select_related("address")
    latest = codes.order_by("-sent_at", "-pk").first()
    return latest if latest and latest.tries < MOST_TRIES and latest.address.verified else None


def send_code(*, address_pk: int | None, by: User, at: dt.datetime) -> BadgeCode:
    """Send a code to one of the account's confirmed addresses, for whoever reads there to type.

    Also where the address was confirmed before: that may be years ago, and people leave. In one transaction: locks the
    account's row; checks the address (IncompleteError) and that not too many went out (TooManyCodesError); keeps the
    code as a hash, and writes the letter. It names neither the account nor the badge's name: at work others may read.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        address = EmailAddress.objects.filter(user=user, verified=True, pk=address_pk or 0).first()
        if address is None:
            raise IncompleteError({"address": _("Choose one of your confirmed addresses.")})
        if listed_for(address.email, listed_domains()) is None:
            raise IncompleteError({"address": _("This address is not at a domain on our list. Choose another.")})
        if BadgeCode.objects.filter(user=user, sent_at__gt=at - CODES_WITHIN).count() >= MOST_CODES:
            raise TooManyCodesError(_("We have sent three codes within an hour. Wait an hour, then ask again."))
        BadgeCode.objects.filter(user=user, sent_at__lte=at - VALID).delete()
        code = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
        row = BadgeCode.objects.create(user=user, address=address, code_hash=_hash(code, user.pk), sent_at=at)
        write_letter(
            "to_reader/badge_code",
            to_address=address.email,
            to_user=user,
            at=at,
            is_confidential=True,
            code=f"{code[:4]}-{code[4:]}",
        )
    return row


def confirm(*, code: str, by: User, at: dt.datetime) -> Badge:
    """Give the account its badge for a year, if the code is the one that was sent last.

    In this order, with the account's row locked: counts the try, also where the rest is refused; checks the code
    (IncompleteError) and that the address still counts; takes an old badge's place; writes the badge; renews the pages
    with the account's comments now, and once more when the badge lapses. Raises EditorialRefusal where another account
    carries the badge by the same mailbox.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        row = waiting_code(user, at)
        if row is None:
            raise IncompleteError({"code": _("No code waits for you. Have a new one sent.")})
        is_right = constant_time_compare(row.code_hash, _hash(_letters_of(code), user.pk))
        if is_right:
            return _give(row, user, at)
        row.tries += 1
        row.save(update_fields=["tries"])
    # Outside, so that the try stays counted
    left = MOST_TRIES - row.tries
    if not left:
        raise IncompleteError({"code": _("This was not the code either. Have a new one sent.")})
    raise IncompleteError(
        {
            "code": ngettext(
                "This is not the code. Check the letter: you can try once more.",
                "This is not the code. Check the letter: you can try {left} times more.",
                left,
            ).format(left=left)
        }
    )


def lay_down(*, by: User, at: dt.datetime) -> None:
    """Take one's own badge off, and make a code that waits worthless. Does no harm twice.

    Nothing is kept of the badge, and the pages that show it are out of date.
    """
    with transaction.atomic():
        # The row stays for the hour in which letters are counted; nothing can be done with it
        BadgeCode.objects.filter(user=by).update(tries=MOST_TRIES, code_hash="")
        Badge.objects.filter(user=by).delete()
        gone_from_pages(user_pk=by.pk, at=at)


def _give(code: BadgeCode, user: User, at: dt.datetime) -> Badge:
    address, mailbox = code.address, mailbox_of(code.address.email)
    # Locked, so that it is not taken off the list in the same moment
    among = list(ListedDomain.objects.select_for_update(of=("self",)).filter(taken_off_at__isnull=True))
    domain = listed_for(address.email, among)
    if domain is None:
        raise EditorialRefusal(_("Meanwhile this domain was taken off our list. Choose another address."))
    others = Badge.objects.filter(mailbox=mailbox).exclude(user=user)
    if others.holding_at(at).exists():
        raise EditorialRefusal(_("By this mailbox another account carries the badge already. Take it off there first."))
    others.delete()
    badge, _is_new = Badge.objects.update_or_create(
        user=user,
        defaults={
            "address": address,
            "domain": domain,
            "mailbox": mailbox,
            "confirmed_at": at,
            "lapses_at": at + LASTS,
            "reminded_at": None,
        },
    )
    BadgeCode.objects.filter(user=user).delete()
    renew_pages(user=user, at=at)
    gone_from_pages(user_pk=user.pk, at=badge.lapses_at)
    return badge


def _letters_of(typed: str) -> str:
    return "".join(letter for letter in typed[:40].upper() if letter in LETTERS)


def _hash(code: str, user_pk: int) -> str:
    return salted_hmac(SALT, f"{user_pk}:{code}", algorithm="sha256").hexdigest()
