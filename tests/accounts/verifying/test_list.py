"""The list of domains in the admin: every editor reads it, who looks after accounts changes it."""

import pytest

from accounts.models import ListedDomain
from tests.accounts.verifying.conftest import give_badge
from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/listeddomain/"


@pytest.fixture
def as_administrator():
    return signed_in(UserFactory(administrator=True))


def test_a_domain_is_added_taken_off_and_put_back(as_administrator, officer):
    as_administrator.post(f"{LIST}add/", {"domain": "@Southwick.GOV.uk", "note": "A council"})
    row = ListedDomain.objects.get(domain="southwick.gov.uk")
    as_administrator.post(f"{LIST}{row.pk}/change/", {"note": "One council"})
    row.refresh_from_db()
    assert row.taken_off_at
    assert row.note == "One council"
    as_administrator.post(f"{LIST}{row.pk}/change/", {"note": "One council", "is_listed": "on"})
    row.refresh_from_db()
    assert row.taken_off_at is None


@pytest.mark.parametrize("typed", ["gov.uk", "gmail.com", "gоv.uk", "x" * 400])
def test_what_is_listed_or_says_nothing_is_refused(as_administrator, typed):
    before = ListedDomain.objects.count()
    answer = as_administrator.post(f"{LIST}add/", {"domain": typed, "note": ""})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert ListedDomain.objects.count() == before


def test_editors_read_it_and_change_nothing(as_editor):
    row = ListedDomain.objects.get(domain="gov.uk")
    assert as_editor.get(LIST).status_code == 200
    assert as_editor.get(f"{LIST}{row.pk}/change/").status_code == 200
    assert as_editor.post(f"{LIST}{row.pk}/change/", {"note": "x"}).status_code == 403
    assert as_editor.get(f"{LIST}add/").status_code == 403


def test_it_tells_nothing_of_who_carries_a_badge(as_administrator, officer):
    give_badge(officer)
    row = ListedDomain.objects.get(domain="gov.uk")
    for path in (LIST, f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/history/"):
        page = as_administrator.get(path).content.decode()
        assert officer.display_name not in page
        assert "southwick" not in page
    assert as_administrator.get(f"{LIST}{row.pk}/delete/").status_code == 403
