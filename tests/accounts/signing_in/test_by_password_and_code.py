import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from blog.models import Letter
from tests.accounts.signing_in.conftest import PASSWORD
from tests.factories import UserFactory
from tests.people import confirm


def sign_in(client: Client, email: str, password: str, **more: str):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


def code_in(letter: Letter) -> str:
    found = re.search(r"^([A-Z0-9-]{5,12})$", letter.text, re.MULTILINE)
    assert found
    return found[1]


def test_signing_in_leads_back_to_the_comment_form(dana):
    answer = sign_in(Client(), dana.email, PASSWORD, next="/accounts/comment/5/?reply=3")
    assert answer["Location"] == "/accounts/comment/5/?reply=3"


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://blog.example@evil.example/",
        "///evil.example",
        "\x00//evil.example",
        "http://testserver.evil.example/",
    ],
)
def test_a_next_that_leads_away_is_ignored(dana, away):
    assert sign_in(Client(), dana.email, PASSWORD, next=away)["Location"] == "/accounts/"


def test_a_host_header_makes_no_address_safe(dana, settings):
    settings.ALLOWED_HOSTS = ["*"]
    answer = Client().post(
        "/accounts/login/",
        {"login": dana.email, "password": PASSWORD, "next": "http://evil.example/x"},
        headers={"Host": "evil.example"},
    )
    assert answer["Location"] == "/accounts/"


def test_the_cookie_says_nothing_and_scripts_cant_read_it(dana):
    answer = sign_in(Client(), dana.email, PASSWORD)
    assert answer.cookies["session"]["httponly"]


def test_after_ten_wrong_passwords_the_right_one_waits_too(dana):
    client = Client()
    for _ in range(10):
        assert sign_in(client, dana.email, "wrong").status_code == 200
    answer = sign_in(Client(), dana.email.upper(), PASSWORD)
    assert answer.status_code == 200
    assert "Too many wrong tries" in answer.content.decode()


def test_51_wrong_tries_for_the_admin_dont_let_the_52nd_in(db):
    confirm(UserFactory(email="tom@blog.example", password=PASSWORD, administrator=True))
    client = Client()
    entry = client.get("/admin/", follow=True)
    assert entry.redirect_chain[-1][0].startswith("/accounts/login/?next=%2Fadmin%2F")
    for attempt in range(51):
        client.post("/admin/login/", {"username": "tom@blog.example", "password": f"wrong {attempt}"})
        sign_in(client, "tom@blog.example", f"wrong {attempt}", next="/admin/")
    client.post("/admin/login/", {"username": "tom@blog.example", "password": PASSWORD})
    sign_in(client, "tom@blog.example", PASSWORD, next="/admin/")
    assert client.get("/admin/").status_code == 302


def test_an_address_shared_by_hundreds_of_people_stays_usable(dana):
    for number in range(60):
        sign_in(Client(), f"officer{number}@council.example", "wrong")
    assert sign_in(Client(), dana.email, PASSWORD).status_code == 302


def test_unknown_accounts_run_into_the_same_limit(dana):
    for _ in range(10):
        sign_in(Client(), "nobody@council.example", "wrong")
    answer = sign_in(Client(), "nobody@council.example", "wrong")
    assert "Too many wrong tries" in answer.content.decode()


def test_a_wrong_password_and_an_unknown_address_read_alike(dana):
    token = re.compile(rb'value="[A-Za-z0-9]{64}"')
    wrong = token.sub(b"", sign_in(Client(), dana.email, "wrong").content)
    unknown = token.sub(b"", sign_in(Client(), "nobody@council.example", "wrong").content)
    assert wrong.replace(b"dana@", b"nobody@") == unknown


def test_a_code_signs_in_without_a_password_and_leads_back(db):
    user = confirm(UserFactory(email="guest@council.example"))
    client = Client()
    asked = client.post("/accounts/login/code/", {"email": user.email, "next": "/accounts/comment/5/"})
    letter = Letter.objects.get()
    assert letter.is_confidential
    answer = client.post(asked["Location"], {"code": code_in(letter), "next": "/accounts/comment/5/"})
    assert answer["Location"] == "/accounts/comment/5/"


def test_three_wrong_codes_end_the_try(dana):
    client = Client()
    client.post("/accounts/login/code/", {"email": dana.email})
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})
    assert "_auth_user_id" not in client.session


def test_a_password_chosen_by_a_stranger_does_not_survive_the_owners_first_code(db):
    stranger, owner = Client(), Client()
    stranger.post(
        "/accounts/signup/", {"email": "priya@council.example", "display_name": "P", "password1": "the stranger knows"}
    )
    Letter.objects.all().delete()
    owner.post("/accounts/login/code/", {"email": "priya@council.example"})
    owner.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})
    assert "_auth_user_id" in owner.session
    sign_in(stranger, "priya@council.example", "the stranger knows")
    assert "_auth_user_id" not in stranger.session


def test_a_code_leaves_the_password_of_a_confirmed_account_alone(dana):
    client = Client()
    client.post("/accounts/login/code/", {"email": dana.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})
    assert sign_in(Client(), dana.email, PASSWORD).status_code == 302


def test_an_unconfirmed_account_cant_sign_in_and_gets_a_new_letter(db):
    user = UserFactory(email="dana@council.example", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    client = Client()
    assert sign_in(client, user.email, PASSWORD)["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    assert Letter.objects.count() == 1


def test_a_reset_link_works_once_and_from_the_letter_alone(dana):
    Client().post("/accounts/password/reset/", {"email": dana.email, "next": "/desk/"})
    found = re.search(r"http://blog.example(/\S+)", Letter.objects.get().text)
    assert found
    client = Client()
    form = client.get(found[1], follow=True)
    new = "eight blue buckets"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done["Location"] == "/desk/"
    assert sign_in(Client(), dana.email, new).status_code == 302
    assert "This link no longer works" in Client().get(found[1], follow=True).content.decode()


def test_signing_out_takes_a_post(dana):
    client = Client()
    sign_in(client, dana.email, PASSWORD)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["login", "email"])
@pytest.mark.parametrize(
    "value", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "x" * 1_000_000, "a\r\nb@c.example"]
)
def test_nothing_typed_into_an_address_breaks_the_pages(db, name, value):
    for path in ("/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"):
        assert Client().post(path, {name: value, "password": value, "next": value}).status_code < 500
