"""allauth's pages about an account look like the account's own, and tell password managers whose password it is."""

import pytest

from tests.people import signed_in

MARK = b'aria-current="page">Your account'


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/2fa/", "/accounts/"])
def test_the_masthead_marks_the_account(regular, path):
    assert MARK in signed_in(regular).get(path).content


def test_signing_out_is_no_page_of_the_account(regular):
    assert MARK not in signed_in(regular).get("/accounts/logout/").content


def test_a_password_form_names_the_account_unseen_and_does_not_send_it(regular):
    client = signed_in(regular)
    regular.set_password("any other business")
    regular.save()
    client.force_login(regular)
    page = client.get("/accounts/password/change/").content.decode()
    assert f'<input type="text" autocomplete="username" value="{regular.email}" hidden readonly>' in page
