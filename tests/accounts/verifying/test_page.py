"""The page on which somebody asks for the badge."""

import pytest
from django.test import Client

from accounts.models import Badge, BadgeCode
from tests.accounts.verifying.conftest import code_in_the_letter, work_address
from tests.factories import UserFactory
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/accounts/verifying/"


def test_from_asking_to_laying_down(officer):
    client = signed_in(officer)
    first = client.get(PAGE).content.decode()
    assert "d.whitby@southwick.gov.uk" in first
    assert "dana@home.example" not in first

    sent = client.post(PAGE, {"act": "send", "address": work_address(officer).pk}, follow=True).content.decode()
    assert "on its way to d.whitby@southwick.gov.uk" in sent
    wrong = client.post(PAGE, {"act": "confirm", "code": "WWWW <b>"})
    assert wrong.status_code == 422
    assert 'value="WWWW &lt;b&gt;"' in wrong.content.decode()
    assert "Error:" in wrong.content.decode()
    given = client.post(PAGE, {"act": "confirm", "code": code_in_the_letter()}, follow=True).content.decode()
    assert "The badge stands beside your display name" in given
    assert Badge.objects.filter(user=officer).exists()

    gone = client.post(PAGE, {"act": "lay_down"}, follow=True).content.decode()
    assert "The badge is gone" in gone
    assert not Badge.objects.exists()


def test_whoever_has_no_such_address_is_led_to_adding_one():
    page = signed_in(confirm(UserFactory())).get(PAGE).content.decode()
    assert "None of your confirmed addresses is at a domain on the list" in page
    assert 'href="/accounts/email/"' in page
    assert "<li>gov.uk: " in page


def test_it_is_for_whoever_is_signed_in():
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("", 400),
        ("act=x%00", 400),
        ("act=send", 422),
        ("act=send&address=" + "9" * 30, 422),
        ("act=send&address=%00%ED%A0%80", 422),
        ("act=confirm&code=%00%ED%A0%80" + "x" * 100_000, 422),
    ],
    ids=range(6),
)
def test_what_cannot_be_is_refused_in_words(officer, typed, status):
    answer = signed_in(officer).post(PAGE, typed, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert not BadgeCode.objects.exists()
