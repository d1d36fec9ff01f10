"""Verified public servants of the demonstration: an invented domain on the list, and who carries the badge."""

import datetime as dt
import re

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.verifying import asking, listing
from blog.models import Letter

# A name that nobody can ever have (RFC 2606), so that no council's own stands on a list of inventions
DOMAIN = "calder-vale.example"
NOTE = "Calder Vale, which is invented like everybody in it"
CARRY_IT = ["dana-whitby", "night-porter", "ruth-onslow", "owen-pritchard"]
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
HOUR = dt.timedelta(hours=1)


def give_badges(users: dict[str, User], *, at: dt.datetime) -> None:
    """Put the domain on the list, and let some commenters ask for the badge and type the code that they get."""
    listing.list_domain(domain=DOMAIN, note=NOTE, by=users["ada-brook"], at=at)
    for number, slug in enumerate(CARRY_IT, 1):
        # A number, for an address at work is not the name that somebody comments under
        address = EmailAddress.objects.create(user=users[slug], email=f"officer-{number}@{DOMAIN}", verified=True)
        asking.send_code(address_pk=address.pk, by=users[slug], at=at)
        letter = Letter.objects.filter(to_address=address.email).latest("pk")
        asking.confirm(code="".join(CODE.findall(letter.text)), by=users[slug], at=at + HOUR)
