"""The text of a piece as it stood before a correction."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from blog.editorial import corrections, drafting, publishing
from blog.models import Post
from tests.factories import make_published

pytestmark = pytest.mark.django_db
AT = dt.datetime(2013, 12, 10, 9, tzinfo=dt.UTC)
PATH = "/2013/12/10/who-closes-a-row/"


@pytest.fixture
def post(editor: User) -> Post:
    post = make_published(at=AT, title="Who closes a row?", body="<p>It said 214.</p>")
    for day, body in enumerate(["<p>It said 241.</p>", "<p>Never out.</p>", "<p>It said 142.</p>"], 1):
        text = drafting.Text(body=body)
        drafting.save_text(post=post, text=text, by=editor, at=AT, based_on=post.working_id)
        if "Never" not in body:
            corrections.publish_correction(post=post, note=f"Note {day}.", by=editor, at=AT + dt.timedelta(days=day))
    return Post.objects.get(pk=post.pk)


@pytest.mark.parametrize(("number", "words"), [(1, "It said 214."), (2, "It said 241.")])
def test_each_correction_leads_to_the_text_before_it(client: Client, post: Post, number: int, words: str):
    assert f'href="{PATH}earlier/{number}/"' in client.get(PATH).text
    text = client.get(f"{PATH}earlier/{number}/").text
    assert words in text
    assert "It said 142." not in text
    assert "This is an earlier text." in text


def test_search_engines_keep_to_the_text_as_it_stands(client: Client, post: Post):
    text = client.get(f"{PATH}earlier/1/").text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{PATH}">' in text or f'{PATH}">' in text


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999999"])
def test_only_texts_that_were_out_can_be_read(client: Client, post: Post, number: str):
    response = client.get(f"{PATH}earlier/{number}/")
    assert response.status_code == 404
    assert "Never out." not in response.text


def test_a_wrong_date_leads_to_the_right_one(client: Client, post: Post):
    response = client.get("/2012/01/01/who-closes-a-row/earlier/1/")
    assert (response.status_code, response["Location"]) == (301, f"{PATH}earlier/1/")


def test_the_earlier_text_goes_with_the_piece(client: Client, post: Post, editor: User):
    publishing.retract(post=post, reason="Wrong.", by=editor, at=AT + dt.timedelta(days=9))
    response = client.get(f"{PATH}earlier/1/")
    assert response.status_code == 410
    assert "19 December 2013" in response.text
    assert "214" not in response.text
