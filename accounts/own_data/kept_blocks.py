"""Blocks that hold although the account was erased: whoever comes back with the same address is blocked again."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import AccountBlock, KeptBlock, User

SALT = "accounts.own_data.kept_blocks"


def keep_block(*, user: User, addresses: Collection[str], at: dt.datetime) -> None:
    """Keep the block of an account that is being erased, for as long as it would have held; without one, nothing."""
    KeptBlock.objects.filter(until__lte=at).delete()
    block = user.block_at(at)
    if block is None:
        return
    for address in addresses:
        KeptBlock.objects.update_or_create(
            address_hash=hash_of(address),
            defaults={"blocked_at": block.at, "until": block.until, "reason": block.reason},
        )


def carry_over(*, user: User, at: dt.datetime) -> AccountBlock | None:
    """Block a new account whose confirmed address belonged to one that was erased while it was blocked.

    The kept row goes, for the block stands with the account now; an editor can lift it as any other.
    """
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    hashes = [hash_of(address) for address in confirmed]
    with transaction.atomic():
        kept = KeptBlock.objects.filter(address_hash__in=hashes).filter(Q(until__isnull=True) | Q(until__gt=at))
        row = kept.order_by("pk").first()
        if row is None:
            return None
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        KeptBlock.objects.filter(address_hash__in=hashes).delete()
        if AccountBlock.objects.filter(user=user, ended_at__isnull=True).exists():
            return None
        return AccountBlock.objects.create(user=user, reason=row.reason, at=row.blocked_at, until=row.until)


def hash_of(address: str) -> str:
    """Return what is kept of an address: a hash that only this site can make, with its secret key."""
    return salted_hmac(SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def after_confirming(*, email_address: EmailAddress, **kwargs: Any) -> None:
    """Carry a block over to the account whose address was just confirmed. Called by allauth."""
    carry_over(user=User.objects.get(pk=email_address.user_id), at=timezone.now())


def after_signing_up(*, user: User, **kwargs: Any) -> None:
    """Carry a block over to a new account whose address another provider has confirmed. Called by allauth."""
    carry_over(user=user, at=timezone.now())
