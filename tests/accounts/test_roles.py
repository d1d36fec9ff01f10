import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role, group_of, role_of
from blog.editorial.permissions import is_editor, is_publisher, may_see_identities
from tests.factories import CategoryFactory, UserFactory
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
    assert (user.display_name, user.check_password("seven green kettles")) == ("Tom", True)
    assert (role_of(user), user.is_superuser, user.is_staff) == (Role.ADMINISTRATOR, False, True)


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
    group = group_of(Role.EDITOR)
    group.permissions.clear()
    assert group_of(Role.EDITOR).permissions.filter(codename="edit_pieces").exists()
    assert not group.permissions.filter(codename__contains="identit").exists()


@pytest.mark.parametrize("role", Role)
def test_any_role_can_be_given(db, role):
    run("tom@council.gov.uk", "--name", "Tom Ashby", "--role", role.name.lower())
    user = User.objects.get()
    assert role_of(user) is role
    assert user.is_staff is (role in {Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR})


def test_a_role_is_never_lowered_by_the_command(db):
    run("tom@council.gov.uk", "--name", "Tom Ashby", "--role", "administrator")
    run("tom@council.gov.uk", "--role", "editor")
    assert role_of(User.objects.get()) is Role.ADMINISTRATOR


def test_an_editor_is_limited_to_categories(db):
    planning, _finance = CategoryFactory(slug="planning"), CategoryFactory(slug="finance")
    run("tom@council.gov.uk", "--name", "Tom Ashby", "--role", "editor", "--category", "planning")
    assert [remit.category for remit in User.objects.get().remits.all()] == [planning]


@pytest.mark.parametrize("words", [("--role", "writer", "--category", "planning"), ("--category", "nowhere")])
def test_limits_that_cannot_be_are_said(db, words):
    CategoryFactory(slug="planning")
    with pytest.raises(CommandError):
        run("tom@council.gov.uk", "--name", "Tom Ashby", *words)
    assert not User.objects.exists()
