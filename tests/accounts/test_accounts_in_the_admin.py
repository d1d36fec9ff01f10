import pytest

from accounts.models import User
from accounts.roles import LastAdministratorError, Role, give_role, has_beside, role_of
from blog.editorial.permissions import is_administrator, may_see_identities
from blog.models import Post
from blog.states import State
from tests.factories import NOW, CategoryFactory, UserFactory, make_piece
from tests.people import confirm, signed_in

pytestmark = pytest.mark.django_db
FORMS = {"emailaddress_set-TOTAL_FORMS": "0", "emailaddress_set-INITIAL_FORMS": "0"}


@pytest.fixture
def administrator() -> User:
    user = confirm(UserFactory(display_name="Ada Brook"))
    give_role(user=user, role=Role.ADMINISTRATOR, at=NOW)
    return User.objects.get(pk=user.pk)


def path_of(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/change/"


def send(administrator: User, user: User, **fields):
    typed = {"display_name": user.display_name, "is_active": "on", **FORMS, **fields}
    return signed_in(administrator).post(path_of(user), {name: value for name, value in typed.items() if value != ""})


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_only_administrators_see_accounts(as_editor, reader):
    for path in ("", f"{reader.pk}/change/"):
        assert as_editor.get(f"/admin/accounts/user/{path}").status_code == 403
    assert as_editor.get("/admin/account/emailaddress/").status_code in {403, 404}


@pytest.mark.parametrize("role", Role)
def test_an_administrator_gives_each_role_and_takes_it_away(administrator, reader, role):
    assert "dana@council.example" in signed_in(administrator).get(path_of(reader)).content.decode()
    send(administrator, reader, role=role.value, email="x@evil.example", is_superuser="on")
    given = fresh(reader)
    assert (role_of(given), given.email, given.is_superuser) == (role, "dana@council.example", False)
    assert given.is_staff is given.has_perm("blog.edit_pieces")
    send(administrator, reader, role="")
    assert (role_of(fresh(reader)), fresh(reader).is_staff) == (None, False)


def test_limits_come_with_a_role_that_has_them(administrator, reader):
    category = CategoryFactory(name="Planning")
    send(administrator, reader, role=Role.EDITOR.value, limits=[category.pk])
    assert [remit.category for remit in fresh(reader).remits.all()] == [category]
    assert "Editor: Planning" in signed_in(administrator).get("/admin/accounts/user/").content.decode()
    refused = send(administrator, reader, role=Role.WRITER.value, limits=[category.pk])
    assert "Only editors and publishers can be limited" in refused.content.decode()
    assert role_of(fresh(reader)) is Role.EDITOR


def test_looking_behind_pen_names_belongs_to_no_role(administrator, reader):
    assert not may_see_identities(administrator)
    assert not may_see_identities(UserFactory(administrator=True))
    send(administrator, reader, role=Role.EDITOR.value, sees_identities="on")
    assert may_see_identities(fresh(reader))
    assert has_beside(reader, "sees_identities")
    send(administrator, reader, role=Role.EDITOR.value)
    assert not may_see_identities(fresh(reader))


def test_the_masthead_can_be_given_beside_a_role(administrator, reader):
    send(administrator, reader, role=Role.PUBLISHER.value)
    assert not is_administrator(fresh(reader))
    send(administrator, reader, role=Role.PUBLISHER.value, runs_blog="on")
    assert is_administrator(fresh(reader))


@pytest.mark.parametrize(
    "fields", [{"role": Role.PUBLISHER.value}, {"role": Role.ADMINISTRATOR.value, "is_active": ""}]
)
def test_the_last_administrator_stays(administrator, fields):
    page = send(administrator, administrator, **fields)
    assert "This is the last administrator." in page.content.decode()
    assert (role_of(fresh(administrator)), fresh(administrator).is_active) == (Role.ADMINISTRATOR, True)
    with pytest.raises(LastAdministratorError):
        give_role(user=administrator, role=None, at=NOW)


def test_who_edits_no_longer_looks_after_nothing_more(administrator, editor):
    give_role(user=editor, role=Role.PUBLISHER, at=NOW)
    on_the_way, out = make_piece(State.SUBMITTED, editor=editor), make_piece(State.PUBLISHED, editor=editor)
    editor.user_permissions.clear()
    send(administrator, editor, role=Role.WRITER.value)
    assert Post.objects.get(pk=on_the_way.pk).editor is None
    assert Post.objects.get(pk=out.pk).editor == editor


def test_accounts_are_neither_added_nor_removed_in_the_admin(administrator, reader):
    client = signed_in(administrator)
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.post(f"/admin/accounts/user/{reader.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(administrator, django_assert_num_queries, count):
    for _number in range(count):
        give_role(user=UserFactory(), role=Role.EDITOR, at=NOW, limits=[CategoryFactory()])
    client = signed_in(administrator)
    with django_assert_num_queries(12):
        client.get("/admin/accounts/user/")
