"""Asking for the badge: by a code that goes to the address itself, so many times, for one account a mailbox."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Badge, BadgeCode
from accounts.verifying import asking
from accounts.verifying.badges import are_verified, key_of
from blog import keys
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Letter, Purge
from tests.accounts.verifying.conftest import code_in_the_letter, give_badge, work_address
from tests.factories import NOW, UserFactory, make_author, make_comment, make_published
from tests.people import confirm

LATER = NOW + dt.timedelta(days=1)


def test_the_code_goes_to_the_address_and_names_nobody(officer):
    asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)

    letter = Letter.objects.get()
    assert letter.to_address == "d.whitby@southwick.gov.uk"
    assert letter.is_confidential
    assert "Dana" not in letter.subject + letter.text + letter.to_name
    assert "home.example" not in letter.text
    assert "public servant" not in letter.text.lower()
    assert code_in_the_letter().replace("-", "") not in BadgeCode.objects.get().code_hash


def test_the_right_code_gives_the_badge_for_a_year(officer):
    asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)

    asking.confirm(code=f" {code_in_the_letter().lower()} ", by=officer, at=NOW)

    assert are_verified([officer.pk], NOW) == {officer.pk}
    assert Badge.objects.get().lapses_at == NOW + dt.timedelta(days=365)
    assert not BadgeCode.objects.exists()


def test_whoever_has_not_asked_has_none(officer):
    assert are_verified([officer.pk, UserFactory().pk], NOW) == set()


def test_many_are_asked_about_in_one_query(officer, django_assert_num_queries):
    give_badge(officer)
    others = [UserFactory().pk for _ in range(3)]
    with django_assert_num_queries(1):
        assert are_verified([officer.pk, *others], NOW) == {officer.pk}


def test_a_wrong_code_is_refused_and_after_five_of_them_the_right_one_too(officer):
    asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
    code = code_in_the_letter()
    for _ in range(5):
        with pytest.raises(IncompleteError):
            asking.confirm(code="WWWW-WWWW", by=officer, at=NOW)
    with pytest.raises(IncompleteError, match="No code waits"):
        asking.confirm(code=code, by=officer, at=NOW)


def test_a_code_works_for_a_day_once_and_for_its_own_account(officer):
    other = confirm(UserFactory())
    asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
    code = code_in_the_letter()
    for by, at in ((other, NOW), (officer, LATER)):
        with pytest.raises(IncompleteError):
            asking.confirm(code=code, by=by, at=at)
    asking.confirm(code=code, by=officer, at=NOW)
    with pytest.raises(IncompleteError):
        asking.confirm(code=code, by=officer, at=NOW)


def test_three_codes_an_hour_are_enough(officer):
    for _ in range(3):
        asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
    with pytest.raises(asking.TooManyCodesError):
        asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
    asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW + dt.timedelta(hours=2))
    assert Letter.objects.count() == 4


def test_only_ones_own_confirmed_address_at_a_listed_domain_will_do(officer):
    stranger = confirm(UserFactory(email="s@southwick.gov.uk"))
    unconfirmed = EmailAddress.objects.create(user=officer, email="x@southwick.gov.uk")
    own = EmailAddress.objects.get(user=officer, primary=True)
    for key in (None, 2**62, unconfirmed.pk, own.pk, EmailAddress.objects.get(user=stranger).pk):
        with pytest.raises(IncompleteError):
            asking.send_code(address_pk=key, by=officer, at=NOW)
    assert not Letter.objects.exists()


def test_one_mailbox_makes_one_public_servant(officer):
    give_badge(officer)
    second = confirm(UserFactory(email="second@home.example"))
    EmailAddress.objects.create(user=second, email="d.whitby+two@southwick.gov.uk", verified=True)

    with pytest.raises(EditorialRefusal, match="another account"):
        give_badge(second)

    assert are_verified([officer.pk, second.pk], NOW) == {officer.pk}
    asking.lay_down(by=officer, at=NOW)
    give_badge(second)
    assert are_verified([officer.pk, second.pk], NOW) == {second.pk}


def test_a_badge_renews_the_pages_with_comments_under_the_display_name_and_no_other(officer):
    shown, pen_named = make_published(), make_published()
    make_comment(shown, officer)
    make_comment(pen_named, officer, author=make_author(officer, name="The Mole", is_pen_name=True))

    badge = give_badge(officer, LATER)

    marked = set(Purge.objects.filter(due_at__in=[LATER, badge.lapses_at]).values_list("key", "due_at"))
    assert marked == {
        (keys.discussion(shown.pk), LATER),
        (keys.COMMENTS, LATER),
        (key_of(officer.pk), badge.lapses_at),
    }


def test_laying_the_badge_down_brings_no_more_letters(officer):
    for _ in range(asking.MOST_CODES):
        asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
        asking.lay_down(by=officer, at=NOW)
    assert asking.waiting_code(officer, NOW) is None
    with pytest.raises(asking.TooManyCodesError):
        asking.send_code(address_pk=work_address(officer).pk, by=officer, at=NOW)
