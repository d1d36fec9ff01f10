"""An officer with an address at a listed domain, and what leads to the badge."""

import re

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Badge, User
from accounts.verifying import asking
from blog.models import Letter
from tests.factories import NOW, UserFactory
from tests.people import confirm


@pytest.fixture
def officer(db) -> User:
    """Somebody who signs in with an address of their own, and has one at work."""
    user = confirm(UserFactory(display_name="Dana Whitby", email="dana@home.example"))
    EmailAddress.objects.create(user=user, email="d.whitby@southwick.gov.uk", verified=True)
    return user


def work_address(user: User) -> EmailAddress:
    return EmailAddress.objects.get(user=user, primary=False)


def code_in_the_letter() -> str:
    letter = Letter.objects.filter(kind="to_reader/badge_code").latest("pk")
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", letter.text, re.MULTILINE)[0]


def give_badge(user: User, at=NOW) -> Badge:
    asking.send_code(address_pk=work_address(user).pk, by=user, at=at)
    return asking.confirm(code=code_in_the_letter(), by=user, at=at)
