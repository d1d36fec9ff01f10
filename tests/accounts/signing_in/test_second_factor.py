"""The second factor: who needs one before the desk opens, setting one up, using it, and losing it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as project
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.signing_in import second_factors
from blog.editorial.refusals import IncompleteError
from blog.models import Letter
from blog.states import State
from tests.accounts.signing_in.codes import shown, with_app
from tests.accounts.signing_in.conftest import PASSWORD
from tests.factories import UserFactory, make_piece
from tests.people import next_code, signed_in, without_second_factor

GATE = "/accounts/second-factor/?next="


def sign_in(client: Client, user: User, **more: str):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, **more}, follow=True)


def reauthenticate(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.mark.parametrize("path", ["/admin/", "/admin/blog/post/?q=bins", "/admin/accounts/user/", "/admin/nothing/"])
def test_the_desk_stays_shut_without_one_and_says_so(tom, path: str):
    client = signed_in(tom)
    answer = client.get(path)
    assert answer["Location"].startswith(GATE)
    page = client.get(answer["Location"])
    assert "A second factor first" in page.text
    assert "/accounts/2fa/webauthn/add/" in page.text


def test_nothing_is_done_at_the_desk_without_one(tom, dana):
    answer = signed_in(tom).post(f"/admin/accounts/user/{dana.pk}/change/", {"display_name": "Changed"})
    assert answer["Location"] == f"{GATE}%2Fadmin%2F"
    dana.refresh_from_db()
    assert dana.display_name == "Dana Whitby"


def test_everything_else_is_open_without_one(tom, dana):
    for path in ("/accounts/", "/desk/", "/accounts/2fa/"):
        assert signed_in(tom).get(path).status_code == 200
    assert signed_in(dana).get("/accounts/second-factor/").status_code == 200


def test_a_demonstration_can_do_without(tom, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert signed_in(tom).get("/admin/").status_code == 200


def test_it_is_needed_in_production_unless_somebody_says_otherwise():
    code = (project.BASE_DIR / "wlg" / "settings.py").read_text()
    assert 'environment.flag("SECOND_FACTOR_REQUIRED", default=not IS_DEVELOPMENT)' in code
    assert project.SECOND_FACTOR_REQUIRED


def test_an_app_is_set_up_and_leads_back_and_other_sessions_end(tom, django_capture_on_commit_callbacks):
    elsewhere, client = signed_in(tom), Client()
    sign_in(client, tom)
    client.get(client.get("/admin/blog/post/")["Location"])
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    reauthenticate(client)
    page = client.get("/accounts/2fa/totp/activate/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = page.context["form"].secret
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "There is a problem" in wrong.text
    assert not Authenticator.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": shown(secret)}, follow=True)
    assert "Your recovery codes" in done.text
    assert "I have kept them: go on" in done.text
    assert client.get("/accounts/second-factor/")["Location"] == "/admin/blog/post/"
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    letter = Letter.objects.latest("pk")
    assert "authenticator app was set up" in letter.text
    assert letter.is_confidential
    assert "127.0.0.1" not in letter.text


def test_a_code_is_asked_for_and_counts_once(dana):
    with_app(dana)
    client = Client()
    answer = sign_in(client, dana, next="/desk/")
    assert "One more step" in answer.text
    assert "_auth_user_id" not in client.session
    code = shown()
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/desk/"
    again = Client()
    sign_in(again, dana)
    assert "was used before" in again.post("/accounts/2fa/authenticate/", {"code": code}).text
    assert "_auth_user_id" not in again.session


def test_it_is_asked_for_after_a_code_by_letter_as_well(dana):
    with_app(dana)
    client = Client()
    client.post("/accounts/login/code/", {"email": dana.email})
    code = re.search(r"^([A-Z]{4}-[A-Z]{4})$", Letter.objects.get().text, re.MULTILINE)
    assert code
    answer = client.post("/accounts/login/code/confirm/", {"code": code[1]}, follow=True)
    assert "One more step" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_works_once(dana):
    with_app(dana)
    code = next_code(dana)
    for is_in in (True, False):
        client = Client()
        sign_in(client, dana)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in client.session) is is_in


def test_ten_wrong_codes_are_enough(dana):
    with_app(dana)
    client = Client()
    sign_in(client, dana)
    for _ in range(10):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Too many wrong tries" in client.post("/accounts/2fa/authenticate/", {"code": shown()}).text
    assert "_auth_user_id" not in client.session


def test_factors_change_only_after_showing_who_one_is(dana):
    with_app(dana)
    client = signed_in(dana)
    for path in ("totp/deactivate/", "webauthn/add/", "recovery-codes/generate/"):
        assert "reauthenticate" in client.post(f"/accounts/2fa/{path}")["Location"]
    assert Authenticator.objects.count() == 1


def test_without_the_last_factor_the_desk_shuts(tom):
    with_app(tom)
    client, elsewhere = signed_in(tom), signed_in(tom)
    assert client.get("/admin/").status_code == 200
    reauthenticate(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"].startswith(GATE)
    assert elsewhere.get("/accounts/").status_code == 302


def test_an_administrator_takes_them_away_and_it_is_written_down(tom, dana):
    with_app(tom)
    with_app(dana)
    next_code(dana)
    theirs, client = signed_in(dana), signed_in(tom)
    path = f"/admin/accounts/user/{dana.pk}/second-factors/"
    assert path in client.get(f"/admin/accounts/user/{dana.pk}/change/").text
    refused = client.post(path, {"reason": " \x00 "})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    answer = client.post(path, {"reason": "Lost her telephone; I rang her."}, follow=True)
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=dana).exists()
    assert theirs.get("/accounts/").status_code == 302
    assert "I rang her" in LogEntry.objects.get(user=tom).get_change_message()
    letter = Letter.objects.get()
    assert (letter.to_address, letter.is_confidential) == (dana.email, True)
    assert "rang" not in letter.text


def test_nobody_takes_their_own_or_without_the_right(tom, dana):
    with_app(tom)
    path = "/admin/accounts/user/{}/second-factors/"
    assert signed_in(tom).post(path.format(tom.pk), {"reason": "Me."}).status_code == 409
    with pytest.raises(second_factors.NotYoursError):
        second_factors.take_away(user=tom, by=dana, reason="I like to.", at=timezone.now())
    with pytest.raises(IncompleteError):
        second_factors.take_away(user=dana, by=tom, reason="", at=timezone.now())
    assert Authenticator.objects.filter(user=tom).exists()


def test_the_server_helps_the_last_administrator(tom, capsys):
    with_app(tom)
    call_command("make_editor", tom.email, "--take-second-factors-away")
    assert "second factor" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert Letter.objects.get().to_address == tom.email


def test_a_secret_under_another_key_fits_nothing(dana, settings):
    with_app(dana)
    settings.SECRET_KEY = "another one"
    client = Client()
    sign_in(client, dana)
    assert client.post("/accounts/2fa/authenticate/", {"code": shown()}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("code", ["\x00", "9" * 1_000_000, "\ud800".encode("utf-8", "surrogatepass"), "٣٤٥٦٧٨", ""])
def test_nothing_typed_as_a_code_breaks_the_page(dana, code):
    with_app(dana)
    client = Client()
    sign_in(client, dana)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code < 500
    assert "_auth_user_id" not in client.session


def test_the_admin_shows_nothing_that_opens_an_account(tom):
    with_app(tom)
    client = signed_in(tom)
    for path in ("mfa/authenticator/", "usersessions/usersession/", "socialaccount/socialapp/"):
        assert client.get(f"/admin/{path}").status_code == 404


def test_somebody_who_is_taken_into_the_staff_needs_one_from_then_on(tom):
    other = without_second_factor(UserFactory(is_staff=True))
    client = signed_in(other)
    assert client.get("/admin/")["Location"].startswith(GATE)
    assert UserSession.objects.filter(user=other).count() == 1


def test_without_one_no_editor_reads_what_is_not_published(tom):
    draft = make_piece(State.SUBMITTED)
    client = signed_in(tom)
    assert client.get(f"/preview/{draft.pk}/")["Location"].startswith(GATE)
    for path in (f"/preview/{draft.pk}/change/", "/preview/page/"):
        assert client.post(path)["Location"] == f"{GATE}%2Fadmin%2F"
