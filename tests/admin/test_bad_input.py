"""The lists and forms of the desk with what no browser of ours would send: refused with a sentence, never a crash."""

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.admin.pages import piece_now
from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db

LISTS = ["blog/post", "blog/letter", "blog/author", "blog/series", "blog/tag", "accounts/comment", "accounts/user"]
TOO_LARGE = "9" * 40


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("words", ["a " * 2_000, "a" * 60_000, "\"'%_\\"])
def test_whatever_is_searched_for_the_list_answers(path: str, words: str):
    client = signed_in(UserFactory(administrator=True))
    assert client.get(f"/admin/{path}/", {"q": words}).status_code == 200


@pytest.mark.parametrize("words", ["a " * 2_000, "a\x00b"])
def test_whatever_is_searched_for_the_suggestions_answer(as_editor, words: str):
    asked = {"app_label": "blog", "model_name": "byline", "field_name": "author", "term": words}
    assert as_editor.get("/admin/autocomplete/", asked).status_code == 200


@pytest.mark.parametrize("path", ["blog/letter", "blog/tag", "accounts/comment"])
@pytest.mark.parametrize("chosen", ["", "x", "\x00", TOO_LARGE, "1.5"])
def test_choosing_a_row_that_can_be_none_is_refused(as_editor, path: str, chosen: str):
    action = {"blog/letter": "hold_letters", "blog/tag": "delete_selected", "accounts/comment": "approve_selected"}[
        path
    ]
    answer = as_editor.post(f"/admin/{path}/", {"action": action, "_selected_action": chosen})
    assert answer.status_code == 400


def test_a_tag_that_can_be_none_is_an_error_beside_the_field(as_editor):
    post = piece_now()
    path = reverse("admin:blog_post_particulars", args=[post.pk])
    answer = as_editor.post(path, {"tags": TOO_LARGE, "brief": "Kept."})
    assert answer.status_code == 422
    assert "Kept." in answer.text


def test_a_group_that_can_be_none_is_an_error_beside_the_field(reader: User):
    client = signed_in(UserFactory(administrator=True))
    path = reverse("admin:accounts_user_change", args=[reader.pk])
    assert client.post(path, {"display_name": "Dana", "groups": TOO_LARGE}).status_code == 200
    reader.refresh_from_db()
    assert reader.display_name == "Dana Whitby"


def test_what_a_role_may_do_is_not_changed_in_the_admin():
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")
