"""What must never be false about verified public servants: rows for `test_facts`."""

import datetime as dt
from collections.abc import Callable

from allauth.account.models import EmailAddress

from accounts.models import Badge, ListedDomain
from tests.factories import NOW, UserFactory
from tests.people import confirm


def listed(**values: object) -> ListedDomain:
    return ListedDomain.objects.create(**{"domain": "council.example", "listed_at": NOW, **values})


def badge(**values: object) -> None:
    user = confirm(UserFactory())
    fields = {"mailbox": user.email, "confirmed_at": NOW, "lapses_at": NOW + dt.timedelta(days=365), **values}
    Badge.objects.create(user=user, address=EmailAddress.objects.get(user=user), domain=listed(), **fields)


FALSE_OF_BADGES: dict[str, Callable[[], object]] = {
    "listed_domain_is_one": lambda: listed(domain="uk"),
    "badge_lapses_once_confirmed": lambda: badge(lapses_at=NOW),
    "mailbox_is_lower_case": lambda: badge(mailbox="Dana@council.example"),
}
