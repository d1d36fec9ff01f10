"""The pages of an account: its comments page after page, its export and its end, each asking who it is."""

import zipfile
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import User
from accounts.own_data.archive import JSON, MOST_AN_HOUR
from accounts.roles import Role, give_role
from tests.accounts.own_data.conftest import ADDRESS, DANA, shown
from tests.accounts.own_data.dump import lines_with
from tests.factories import NOW, make_comment
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_the_account_leads_to_everything_that_belongs_to_it(life):
    page = signed_in(life.user).get("/accounts/").content.decode()
    for path in ("letters/", "comments/", "export/", "erase/", "verifying/", "sessions/", "2fa/", "email/"):
        assert f'href="/accounts/{path}"' in page, path
    assert 'href="/desk/"' in page
    assert ADDRESS in page


def test_comments_come_page_after_page(dana, post):
    for number in range(30):
        make_comment(post, dana, text=f"Number {number}.")
    client = signed_in(dana)
    assert client.get("/accounts/comments/").content.decode().count("Number ") == 25
    assert client.get("/accounts/comments/?page=2").content.decode().count("Number ") == 5
    assert {client.get(f"/accounts/comments/?page={bad}").status_code for bad in ("3", "0", "x", "\x00", "9" * 40)} == {
        404
    }


def test_the_archive_is_sent_to_whoever_has_shown_who_they_are(life):
    answer = signed_in(life.user).post("/accounts/export/")
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fexport%2F"
    answer = shown(life.user).post("/accounts/export/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    content = b"".join(answer.streaming_content)
    assert DANA in zipfile.ZipFile(BytesIO(content)).read(JSON).decode()


def test_whoever_has_no_password_signs_in_once_more(life):
    life.user.set_unusable_password()
    life.user.save()
    answer = signed_in(life.user).post("/accounts/export/")
    assert (answer.status_code, "Sign in once more" in answer.content.decode()) == (403, True)
    way_back = "/accounts/login/?next=%2Faccounts%2Fexport%2F"
    assert f'value="{way_back}"' in answer.content.decode()
    assert signed_in(life.user).post("/accounts/logout/", {"next": way_back})["Location"] == way_back
    answer = shown(life.user).post("/accounts/export/")
    assert answer.status_code == 200
    answer.close()


def test_erasing_asks_for_a_choice_and_for_a_tick(life):
    client = shown(life.user)
    page = client.post("/accounts/erase/", {"comments": "remove"})
    assert page.status_code == 422
    assert 'value="remove" aria-describedby="hint-comments" checked' in page.content.decode()
    for bad in ({}, {"sure": "1"}, {"comments": "\x00", "sure": "1"}, {"comments": "x" * 10_000, "sure": "1"}):
        assert client.post("/accounts/erase/", bad).status_code == 422
    assert User.objects.filter(pk=life.user.pk).exists()


def test_it_asks_who_it_is_and_keeps_the_choice(life):
    answer = signed_in(life.user).post("/accounts/erase/", {"comments": "keep", "sure": "1"})
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Ferase%2F%3Fcomments%3Dkeep"
    assert "checked" in signed_in(life.user).get("/accounts/erase/?comments=keep").content.decode()
    assert User.objects.filter(pk=life.user.pk).exists()


def test_erased_the_session_is_over_and_the_page_says_so(life):
    client = shown(life.user)
    answer = client.post("/accounts/erase/", {"comments": "remove", "sure": "1"}, follow=True)
    assert "Your account is erased" in answer.content.decode()
    assert client.get("/accounts/").status_code == 302
    assert lines_with(ADDRESS, DANA) == []
    assert not EmailAddress.objects.filter(email=ADDRESS).exists()


def test_the_last_administrator_reads_why_not(dana):
    give_role(user=dana, role=Role.ADMINISTRATOR, at=NOW)
    client = shown(dana)
    assert "Make another one first" in client.get("/accounts/erase/").content.decode()
    assert client.post("/accounts/erase/", {"comments": "keep", "sure": "1"}).status_code == 409


def test_the_page_says_what_becomes_of_each_piece(mole):
    page = signed_in(mole.user).get("/accounts/erase/").content.decode()
    assert "One published piece stays" in page
    assert "“Sent” is withdrawn." in page
    assert "“Draft” has never been sent to an editor: your text goes." in page


def test_archives_are_not_made_without_end(life):
    client = shown(life.user)
    cache.set(f"archives-{life.user.pk}", MOST_AN_HOUR, 60)
    answer = client.post("/accounts/export/")
    assert answer.status_code == 429
    assert "in an hour" in answer.content.decode()
