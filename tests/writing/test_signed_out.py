"""A session that ends while somebody writes: what they typed comes back to them."""

import pytest
from django.test import Client

from blog.models import Post
from tests.factories import make_piece

pytestmark = pytest.mark.django_db

HOME = {"Origin": "http://testserver"}
WORK = {"title": "Mine", "body": "<p>An hour’s <b>work</b></p>", "based_on": "1", "send": "1"}


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor)


@pytest.fixture
def strict(writer) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_page_asks_for_signing_in_and_leads_back(client, post):
    response = client.get(f"/desk/{post.pk}/")

    assert response["Location"] == f"/accounts/login/?next=%2Fdesk%2F{post.pk}%2F"


def test_a_form_that_comes_signed_out_is_shown_again_with_every_word(client, post):
    response = client.post(f"/desk/{post.pk}/", WORK)

    page = response.content.decode()
    assert response.status_code == 401
    assert "Nothing is lost" in page
    assert "&lt;p&gt;An hour’s &lt;b&gt;work&lt;/b&gt;&lt;/p&gt;" in page
    assert '<input type="hidden" name="send" value="1">' in page
    assert f'action="/desk/{post.pk}/"' in page
    assert Post.objects.get(pk=post.pk).title == "Who closes a row?"


def test_a_message_that_comes_signed_out_is_shown_again_too(client, post):
    assert (
        "The contact centre." in client.post(f"/desk/{post.pk}/say/", {"text": "The contact centre."}).content.decode()
    )


def test_a_form_with_an_old_token_changes_nothing_and_loses_nothing(strict, post):
    response = strict.post(f"/desk/{post.pk}/", {**WORK, "csrfmiddlewaretoken": "x" * 64}, headers=HOME)

    page = response.content.decode()
    assert response.status_code == 403
    assert "An hour’s" in page
    assert "send it again" in page
    assert Post.objects.get(pk=post.pk).title == "Who closes a row?"


def test_what_comes_back_can_be_sent_again(strict, post):
    old = {**WORK, "based_on": post.working_id, "csrfmiddlewaretoken": "x" * 64}
    page = strict.post(f"/desk/{post.pk}/", old, headers=HOME)
    token = str(page.context["csrf_token"])

    response = strict.post(
        f"/desk/{post.pk}/",
        {**page.context["typed"], **dict(page.context["others"]), "csrfmiddlewaretoken": token},
        headers=HOME,
    )

    assert response.status_code == 302
    assert Post.objects.get(pk=post.pk).state == "submitted"


@pytest.mark.parametrize("origin", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {}])
def test_a_form_from_elsewhere_is_refused_and_not_shown(origin, strict, post):
    response = strict.post(f"/desk/{post.pk}/", {**WORK, "csrfmiddlewaretoken": "x" * 64}, headers=origin)

    assert response.status_code == 403
    assert "An hour’s" not in response.content.decode()


def test_a_script_with_an_old_token_gets_json(strict, post):
    response = strict.post(f"/desk/{post.pk}/autosave/", WORK, headers={**HOME, "Accept": "application/json"})

    assert response.status_code == 403
    assert response.json()["message"]
