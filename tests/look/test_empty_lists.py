"""A list of the admin that holds nothing says what will appear in it, or how to look again."""

import pytest

from tests.factories import make_editor

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_will_appear(client):
    client.force_login(make_editor(), backend="django.contrib.auth.backends.ModelBackend")
    for table, words in [
        ("blog/pitch", "What people send from “Write for us” appears here."),
        ("blog/hold", "nothing is scheduled without a reason."),
        ("blog/letter", "Every letter that the blog writes appears here."),
        ("accounts/comment", "What readers write under pieces appears here."),
        ("blog/post", "Nothing is here yet."),
    ]:
        assert words in client.get(f"/admin/{table}/").text, table


def test_a_search_without_result_says_how_to_look_again(client):
    client.force_login(make_editor(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/blog/post/", {"q": "nothinglikeit"}).text
    assert "Nothing fits." in page
    assert "Show all" in page
    assert "Show all" not in client.get("/admin/blog/post/").text
