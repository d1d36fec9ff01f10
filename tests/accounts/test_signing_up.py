import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from blog.models import Letter
from tests.factories import UserFactory
from tests.people import confirm

FORM = {"email": "Dana@Council.example", "display_name": "Dana\r\nWhitby", "password1": "seven green kettles"}
SITE = "http://blog.example"


def link(letter: Letter) -> str:
    found = re.search(rf"{SITE}(/\S+)", letter.text)
    assert found
    return found[1]


def test_signing_up_writes_a_confidential_letter_and_sends_nothing(db):
    answer = Client().post("/accounts/signup/", FORM)
    assert answer["Location"] == "/accounts/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.display_name) == ("dana@council.example", "Dana Whitby")
    letter = Letter.objects.get()
    assert (letter.kind, letter.is_confidential, letter.to_address) == ("account", True, "dana@council.example")
    assert mail.outbox == []


def test_the_letter_holds_nothing_that_a_stranger_could_have_typed(db):
    Client().post("/accounts/signup/", {**FORM, "display_name": "Cheap pills at pills.example"})
    letter = Letter.objects.get()
    assert "pills" not in letter.subject + letter.text + letter.to_name


def test_opening_the_link_confirms_nothing_and_pressing_the_button_does(db):
    client = Client()
    client.post("/accounts/signup/", FORM)
    path = link(Letter.objects.get())
    for _ in range(3):
        assert Client().get(path).status_code == 200
    assert not EmailAddress.objects.get().verified
    Client().post(path)
    assert EmailAddress.objects.get().verified


def test_the_way_back_to_the_comment_form_survives_the_letter(db):
    Client().post("/accounts/signup/", {**FORM, "next": "/accounts/comment/5/"})
    path = link(Letter.objects.get())
    assert Client().post(path)["Location"] == "/accounts/comment/5/"


def test_a_way_that_leads_away_is_not_taken(db):
    Client().post("/accounts/signup/", {**FORM, "next": "https://evil.example/"})
    assert "evil" not in Letter.objects.get().text


def test_addresses_in_letters_come_from_the_settings(db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    user = confirm(UserFactory(email="dana@council.example"))
    evil = {"headers": {"Host": "evil.example"}}
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email}, **evil)
    client.post("/accounts/password/reset/", {"email": "unknown@council.example"}, **evil)
    Client().post("/accounts/signup/", FORM, **evil)
    Client().post("/accounts/signup/", {**FORM, "email": "new@council.example"}, **evil)
    assert Letter.objects.count() == 4
    for letter in Letter.objects.all():
        assert "evil" not in letter.text
        assert SITE in letter.text


def test_a_taken_address_is_answered_like_a_free_one(db):
    confirm(UserFactory(email="dana@council.example"))
    taken = Client().post("/accounts/signup/", FORM, follow=True)
    free = Client().post("/accounts/signup/", {**FORM, "email": "nobody@council.example"}, follow=True)
    assert taken.redirect_chain == free.redirect_chain
    assert taken.content.replace(b"dana@", b"nobody@") == free.content
    assert User.objects.count() == 2
    assert sorted(Letter.objects.values_list("to_address", flat=True)) == [
        "dana@council.example",
        "nobody@council.example",
    ]


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_known_and_unknown_addresses_are_answered_alike(db, path, django_assert_max_num_queries):
    confirm(UserFactory(email="dana@council.example"))
    known = Client().post(path, {"email": "dana@council.example"}, follow=True)
    unknown = Client().post(path, {"email": "nobody@council.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    token = re.compile(rb'value="[A-Za-z0-9]{64}"')
    assert token.sub(b"", known.content).replace(b"dana@", b"nobody@") == token.sub(b"", unknown.content)
    # Both leave a letter, so the work is the same too
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "field",
    [{"display_name": "\x00\u202e"}, {"display_name": "x" * 81}, {"email": "x\x00@y.example"}, {"password1": "short"}],
)
def test_errors_stand_at_their_field_and_what_was_typed_stays(db, field):
    answer = Client().post("/accounts/signup/", {**FORM, **field})
    name = next(iter(field))
    page = answer.content.decode()
    assert not User.objects.exists()
    assert "There is a problem" in page
    assert f'href="#id_{name}"' in page
    assert f'id="id_{name}_error"' in page
    assert "<title>Error:" in page
    assert "seven green kettles" not in page


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"])
def test_an_address_longer_than_a_row_holds_is_refused(db, path):
    address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example"
    answer = Client().post(path, {**FORM, "email": address})
    assert "Shorten the address" in answer.text
    assert not Letter.objects.exists()


def test_a_megabyte_of_a_name_is_refused(db):
    answer = Client().post("/accounts/signup/", {**FORM, "display_name": "x" * 1_000_000})
    assert answer.status_code < 500
    assert not User.objects.exists()


def test_what_cant_be_set_by_signing_up(db):
    Client().post("/accounts/signup/", {**FORM, "is_staff": "1", "is_superuser": "1", "is_active": "1", "groups": "1"})
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)
