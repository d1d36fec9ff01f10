"""Every route × every role × every method: who gets in, that looking changes nothing, and that nothing crashes."""

import copy
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from blog.models import Invitation
from tests.addresses import EDITORS, EVERYBODY, ROUTES, path_of, routes
from tests.people import next_code
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db

CHANGES_BY_LOOKING = {Invitation: {"opened_at"}}
SESSIONS = {"Session", "ContentType", "Permission"}
ALLAUTHS = ("mfa_", "socialaccount_")
# A HEAD is answered by what answers the GET, so it is asked by enough for each route to let one in and turn one away
ASKING_FOR_HEADERS = {"nobody", "guest", "insider", "administrator"}
# Django's own pages of the admin that don't look at the method, and change nothing whatever it is
DEAF = {"index", "login", "logout", "password_change", "password_change_done", "jsi18n", "app_list", "view_on_site"}


@pytest.fixture(scope="module")
def same_world(kept_rows) -> World:
    return World()


@pytest.fixture
def world(same_world: World) -> World:
    return copy.deepcopy(same_world)


def everything() -> dict[str, str]:
    """Return a fingerprint of each table, without what looking may change."""
    prints = {}
    for model in apps.get_models():
        if model.__name__ in SESSIONS:
            continue
        left_out = CHANGES_BY_LOOKING.get(model, set())
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
        rows = sorted(map(repr, model._base_manager.values_list(*names)))
        prints[model.__name__] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return prints


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(routes()) == set(ROUTES)


def test_those_who_ask_for_headers_are_let_in_and_turned_away_by_every_route():
    for name, row in ROUTES.items():
        assert row.let_in & ASKING_FOR_HEADERS, name
        assert row.let_in == EVERYBODY or ASKING_FOR_HEADERS - row.let_in, name


@pytest.mark.parametrize("role", ROLES)
def test_looking_lets_in_whom_it_should_and_changes_nothing(world: World, role: str):
    client, before, wrong = world.client(role), everything(), []
    for name, row in ROUTES.items():
        for method in (client.get, client.head) if role in ASKING_FOR_HEADERS else (client.get,):
            status = method(path_of(name, world)).status_code
            if status != row.expected(role):
                wrong.append((name, method.__name__, status, row.expected(role)))
    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_its_token_is_refused(world: World, role: str):
    client, before = world.client(role, enforce_csrf_checks=True), everything()
    taken = [name for name, row in ROUTES.items() if row.takes_forms and not row.needs_no_token]
    assert {name: client.post(path_of(name, world)).status_code for name in taken} == dict.fromkeys(taken, 403)
    assert everything() == before


@pytest.mark.parametrize("role", ["nobody", "guest", "administrator"])
def test_a_page_to_read_takes_no_form_and_no_page_an_unknown_method(world: World, role: str):
    client, before, wrong = world.client(role), everything(), []
    for name, row in ROUTES.items():
        methods = [client.put, client.patch, client.delete, *([] if row.takes_forms else [client.post])]
        statuses = {method(path_of(name, world)).status_code for method in methods}
        is_own = not name.startswith(("admin:", *ALLAUTHS)) and role in row.let_in
        if statuses != {405} if is_own else max(statuses) >= 500:
            wrong.append((name, statuses))
    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("role", ["guest", "administrator"])
@pytest.mark.parametrize("key", [0, 10**6, 10**30])
def test_a_row_that_is_not_there_is_not_found(world: World, role: str, key: int):
    client, before, wrong = world.client(role), everything(), []
    for name, row in ROUTES.items():
        args = row.args(world)
        for place, arg in enumerate(args):
            if not isinstance(arg, int) or (name.startswith(("reading:", "comments:")) and name != "reading:preview"):
                continue
            path = reverse(name, args=[*args[:place], key, *args[place + 1 :]])
            # Django's own pages lead to the first page of the desk, and say that there is nothing
            statuses = {client.get(path).status_code, client.post(path).status_code} - {302, 405}
            wrong += [(path, statuses)] if statuses - {403, 404} else []
    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("role", ["guest", "editor"])
def test_what_belongs_to_another_piece_is_not_found_under_this_one(world: World, role: str):
    client, proof, other = world.client(role), world.proof, world.foreign
    theirs, mine = other.working_id, proof.working_id
    paths = (
        [
            reverse("admin:blog_post_compare", args=[proof.pk, mine, theirs]),
            reverse("admin:blog_post_byline", args=[proof.pk, other.bylines.get().author_id]),
            reverse("admin:blog_invitation_act", args=[proof.pk, world.invitation.pk, "revoke"]),
        ]
        if role in EDITORS
        else [
            reverse("writing:version", args=[proof.pk, theirs]),
            reverse("writing:compare", args=[proof.pk, mine, theirs]),
            reverse("writing:use", args=[proof.pk, theirs]),
            reverse("writing:piece", args=[other.pk]),
            reverse("writing:autosave", args=[other.pk]),
            reverse("reading:preview", args=[other.pk]),
        ]
    )
    for path in paths:
        assert {client.get(path).status_code, client.post(path).status_code} - {405} == {404}, path


def test_whoever_is_signed_out_is_led_to_sign_in_and_back(world: World):
    asking = [name for name, row in ROUTES.items() if "nobody" not in row.let_in and row.status == 200]
    wrong = []
    for name in asking:
        path, client = path_of(name, world), Client()
        landed = client.get(path, follow=True).redirect_chain[-1][0]
        way_back = parse_qs(urlsplit(landed).query).get("next", [""])[0]
        if not landed.startswith("/accounts/login/") or way_back != path:
            wrong.append((name, landed))
    assert wrong == []


@pytest.mark.parametrize(("role", "name"), [("guest", "writing:piece"), ("editor", "admin:blog_post_change")])
def test_signing_in_leads_back(world: World, role: str, name: str):
    user, client, path = world.users[role], Client(), path_of(name, world)
    user.set_password("three unlikely words")
    user.save()
    page = client.get(path, follow=True)
    form = {"login": user.email, "password": "three unlikely words", "next": path}
    answer = client.post(page.request["PATH_INFO"], form, follow=True)
    if user.is_staff:
        answer = client.post(answer.request["PATH_INFO"], {"code": next_code(user)}, follow=True)
    assert answer.redirect_chain[-1] == (path, 302)
