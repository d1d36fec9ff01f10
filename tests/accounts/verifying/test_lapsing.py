"""The badge goes by itself: by the clock, with the address, with the domain; and whoever carries it is asked before."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Badge, ListedDomain, User
from accounts.verifying import asking, listing
from accounts.verifying.badges import are_verified, key_of
from blog.editorial.letters import choices as letter_choices
from blog.editorial.letters.reminders import remind_due
from blog.models import Letter, Purge
from tests.accounts.verifying.conftest import give_badge
from tests.factories import NOW, UserFactory
from tests.people import signed_in

YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


@pytest.fixture
def administrator(db) -> User:
    return UserFactory(administrator=True)


def reminders() -> list[Letter]:
    return list(Letter.objects.filter(kind="to_reader/badge_reminder").order_by("pk"))


def is_marked(user: User, at: dt.datetime) -> bool:
    return Purge.objects.filter(key=key_of(user.pk), due_at=at).exists()


def test_it_lapses_after_a_year_by_the_clock_alone(officer):
    give_badge(officer)
    assert are_verified([officer.pk], NOW + YEAR - DAY) == {officer.pk}
    assert are_verified([officer.pk], NOW + YEAR) == set()
    assert is_marked(officer, NOW + YEAR)


def test_it_goes_with_its_address_as_allauth_removes_it(officer):
    give_badge(officer)
    signed_in(officer).post("/accounts/email/", {"action_remove": "", "email": "d.whitby@southwick.gov.uk"})
    assert not EmailAddress.objects.filter(email="d.whitby@southwick.gov.uk").exists()
    assert are_verified([officer.pk], NOW) == set()
    assert not Badge.objects.exists()
    assert Purge.objects.filter(key=key_of(officer.pk)).exclude(due_at=NOW + YEAR).count() == 1


def test_it_is_not_shown_for_an_address_that_is_no_longer_confirmed_or_a_closed_account(officer):
    give_badge(officer)
    EmailAddress.objects.filter(user=officer).update(verified=False)
    assert are_verified([officer.pk], NOW) == set()
    EmailAddress.objects.filter(user=officer).update(verified=True)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert are_verified([officer.pk], NOW) == set()


def test_it_goes_when_its_domain_is_taken_off_and_its_owner_hears_of_it(officer, administrator):
    give_badge(officer)

    listing.take_off(row=ListedDomain.objects.get(domain="gov.uk"), by=administrator, at=NOW + DAY)

    assert are_verified([officer.pk], NOW + DAY) == set()
    assert is_marked(officer, NOW + DAY)
    letter = Letter.objects.get(kind="to_reader/badge_ended")
    assert letter.to_address == officer.email
    assert "southwick" not in letter.text
    listing.list_domain(domain="gov.uk", note="", by=administrator, at=NOW + 2 * DAY)
    assert are_verified([officer.pk], NOW + 2 * DAY) == set()


def test_it_stays_where_another_domain_on_the_list_covers_it(officer, administrator):
    give_badge(officer)
    listing.list_domain(domain="southwick.gov.uk", note="", by=administrator, at=NOW)

    listing.take_off(row=ListedDomain.objects.get(domain="gov.uk"), by=administrator, at=NOW)

    assert are_verified([officer.pk], NOW) == {officer.pk}


def test_laid_down_it_is_gone_at_once_and_nothing_is_kept(officer):
    give_badge(officer)
    asking.lay_down(by=officer, at=NOW + DAY)
    asking.lay_down(by=officer, at=NOW + DAY)
    assert not Badge.objects.exists()
    assert is_marked(officer, NOW + DAY)


def test_a_reminder_comes_four_weeks_before_and_once_more_in_the_last_week(officer):
    ends_at = give_badge(officer).lapses_at
    for days in (29, 28, 27, 8, 7, 6, 1):
        remind_due(at=ends_at - days * DAY)
        remind_due(at=ends_at - days * DAY)
    assert [letter.written_at for letter in reminders()] == [ends_at - 28 * DAY, ends_at - 7 * DAY]
    letter = reminders()[0]
    assert letter.to_address == "dana@home.example"
    assert "southwick" not in letter.subject + letter.text
    assert "http://blog.example/accounts/verifying/" in letter.text


def test_after_a_sleep_one_reminder_comes_and_not_two(officer):
    ends_at = give_badge(officer).lapses_at
    for days in (3, 2):
        remind_due(at=ends_at - days * DAY)
    assert len(reminders()) == 1


def test_whoever_wants_no_reminders_gets_none_and_none_comes_once_it_has_lapsed(officer):
    ends_at = give_badge(officer).lapses_at
    remind_due(at=ends_at + DAY)
    letter_choices.choose(user=officer, choices={"reminders": "never"}, at=NOW)
    remind_due(at=ends_at - DAY)
    assert reminders() == []


def test_confirmed_again_it_stands_for_another_year_and_is_reminded_of_anew(officer):
    first = give_badge(officer).lapses_at
    remind_due(at=first - 7 * DAY)

    second = give_badge(officer, first - 2 * DAY).lapses_at

    assert are_verified([officer.pk], first + DAY) == {officer.pk}
    assert is_marked(officer, second)
    remind_due(at=first - DAY)
    assert len(reminders()) == 1
    remind_due(at=second - 20 * DAY)
    assert len(reminders()) == 2
