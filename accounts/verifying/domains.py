"""Which domain an address is at, compared so that nobody gets in by a name that only looks like one on the list."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import ListedDomain
from blog.editorial.refusals import IncompleteError
from blog.prose import clean_line

# RFC 1123, 2.1: letters, digits and hyphens, 63 a label. A name in other letters comes in as punycode (RFC 5891)
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
MAX_DOMAIN = 253
# Where anybody can have an address or a name of their own, so that it would say nothing of who has it
OPEN_TO_EVERYBODY = frozenset(
    f"{name}.{ending}"
    for ending, names in {
        "com": ["gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "me", "aol", "protonmail"],
        "co.uk": ["hotmail", "live", "yahoo"],
        "uk": ["co", "org", "me", "net", "ltd", "plc"],
        "net": ["talktalk", "virginmedia", "gb"],
    }.items()
    for name in names
) | {"btinternet.com", "sky.com", "proton.me", "uk.com", "eu.org"}


def domain_of(address: str) -> str | None:
    """Return the domain of an address in small letters, or None where it is not one that can be compared.

    The domain is what follows the last @, for a quoted name may hold others (RFC 5321, 4.1.2). Letters outside ASCII
    are refused rather than converted: what looks like gov.uk in another alphabet is another domain. So is a dot at the
    end, an address in brackets and anything else that is no plain host name.
    """
    local, _at, domain = address.rpartition("@")
    domain = domain.lower() if domain.isascii() else ""
    return domain if local and is_host_name(domain) else None


def is_host_name(domain: str) -> bool:
    """Whether a text in small letters is a host name of at least two labels."""
    labels = domain.split(".")
    return len(domain) <= MAX_DOMAIN and len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)


def is_at(domain: str, listed: str) -> bool:
    """Whether a domain is the listed one or under it. A name that merely ends in the same letters is not."""
    return domain == listed or domain.endswith(f".{listed}")


def listed_for(address: str, among: Iterable[ListedDomain]) -> ListedDomain | None:
    """Return the listed domain that an address is at: of several the longest, which says most."""
    domain = domain_of(address)
    found = [row for row in among if domain and is_at(domain, row.domain)]
    return max(found, key=lambda row: len(row.domain), default=None)


def mailbox_of(address: str) -> str:
    """Return the address without what follows a plus (RFC 5233): the same mailbox under another name.

    Only where a name stands before the plus, and never inside quotation marks, where a plus is a letter like others.
    """
    local, _at, domain = address.lower().rpartition("@")
    name = local.partition("+")[0]
    is_quoted = local.startswith('"')
    return f"{name if name and not is_quoted else local}@{domain}"


def clean_domain(text: str) -> str:
    """Return a domain as the list keeps it, from what somebody typed: an @ or a www in front is taken off.

    Raises IncompleteError, saying how to mend it, for what is no domain, or one where anybody can have an address.
    """
    typed = clean_line(text).strip().lower().removeprefix("@").removeprefix("www.")
    if not typed:
        raise IncompleteError({"domain": _("Write a domain, like gov.uk.")})
    if not typed.isascii() or not is_host_name(typed):
        raise IncompleteError({"domain": _("Write a domain as it stands after the @ of an address, like gov.uk.")})
    if typed in OPEN_TO_EVERYBODY:
        raise IncompleteError(
            {"domain": _("Anybody can have an address at {domain}, so it says nothing.").format(domain=typed)}
        )
    return typed
