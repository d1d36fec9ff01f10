import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.roles import EDITORS, editors_group
from blog.editorial.permissions import is_editor, is_publisher, may_see_identities
from tests.factories import UserFactory
from tests.people import confirm, signed_in


def run(*words: str, typed: str = "", monkeypatch: pytest.MonkeyPatch | None = None) -> str:
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("make_editor", *words, stdout=out)
    return out.getvalue()


def test_a_new_editor_can_edit_publish_and_moderate_but_not_look_behind_names(db):
    said = run("Tom@Council.gov.uk", "--name", "Tom Ashby")
    user = User.objects.get(email="tom@council.gov.uk")
    assert is_editor(user)
    assert is_publisher(user)
    assert user.has_perm("accounts.moderate_comments")
    assert not may_see_identities(user)
    assert not user.is_superuser
    assert EmailAddress.objects.get(user=user).verified
    assert "http://blog.example/accounts/login/code/" in said


def test_an_editor_gets_into_the_admin(db):
    run("tom@council.gov.uk", "--name", "Tom Ashby")
    client = signed_in(User.objects.get())
    for path in ("/admin/", "/admin/accounts/comment/"):
        assert client.get(path).status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403


def test_an_account_is_promoted_and_keeps_its_name_and_password(db):
    user = confirm(UserFactory(email="tom@council.gov.uk", display_name="Tom", password="seven green kettles"))
    assert "Promoted" in run("tom@council.gov.uk", "--administrator")
    user.refresh_from_db()
    assert (user.display_name, user.is_superuser, user.check_password("seven green kettles")) == ("Tom", True, True)


def test_a_strangers_password_is_not_promoted(db):
    user = UserFactory(email="tom@council.gov.uk", password="the stranger knows")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    run("tom@council.gov.uk")
    user.refresh_from_db()
    assert is_editor(user)
    assert not user.has_usable_password()


def test_a_password_comes_from_standard_input_and_is_checked(db, monkeypatch):
    run(
        "tom@council.gov.uk",
        "--name",
        "Tom",
        "--password-from-stdin",
        typed="seven green kettles\n",
        monkeypatch=monkeypatch,
    )
    assert User.objects.get().check_password("seven green kettles")
    with pytest.raises(CommandError):
        run("sam@council.gov.uk", "--name", "Sam", "--password-from-stdin", typed="short\n", monkeypatch=monkeypatch)
    assert User.objects.count() == 1


@pytest.mark.parametrize("words", [["tom"], ["tom@council.gov.uk"], ["tom@council.gov.uk", "--name", "\x00 "]])
def test_what_is_missing_is_said(db, words):
    with pytest.raises(CommandError):
        run(*words)
    assert not User.objects.exists()


def test_the_group_is_brought_up_to_date(db):
    group = editors_group()
    group.permissions.clear()
    assert editors_group().permissions.filter(codename="edit_pieces").exists()
    assert not group.permissions.filter(codename__contains="identit").exists()


def test_only_administrators_see_accounts(as_editor, reader):
    for path in ("", f"{reader.pk}/change/"):
        assert as_editor.get(f"/admin/accounts/user/{path}").status_code == 403
    assert as_editor.get("/admin/account/emailaddress/").status_code in {403, 404}


def test_an_administrator_makes_and_unmakes_editors(reader):
    administrator = signed_in(UserFactory(administrator=True))
    path = f"/admin/accounts/user/{reader.pk}/change/"
    page = administrator.get(path).content.decode()
    assert "dana@council.example" in page
    forms = {"emailaddress_set-TOTAL_FORMS": "0", "emailaddress_set-INITIAL_FORMS": "0"}
    fields = {"display_name": "Dana W", "is_active": "on", **forms}
    administrator.post(
        path, {**fields, "groups": [editors_group().pk], "email": "x@evil.example", "is_superuser": "on"}
    )
    reader = User.objects.get(pk=reader.pk)
    assert (reader.is_staff, reader.email, reader.is_superuser) == (True, "dana@council.example", False)
    administrator.post(path, fields)
    reader = User.objects.get(pk=reader.pk)
    assert (reader.is_staff, reader.groups.filter(name=EDITORS).exists()) == (False, False)


def test_accounts_are_neither_added_nor_removed_in_the_admin(reader):
    administrator = signed_in(UserFactory(administrator=True))
    assert administrator.get("/admin/accounts/user/add/").status_code == 403
    assert administrator.post(f"/admin/accounts/user/{reader.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_readers_account_stays_out_of_the_admin(as_reader):
    assert as_reader.get("/admin/").status_code in {302, 403}
    assert Client().get("/admin/").status_code == 302
