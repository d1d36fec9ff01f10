"""Saving while one writes: the contract with the script on the page."""

import pytest

from blog.models import Post, Revision
from blog.states import State
from tests.factories import make_piece

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


@pytest.fixture
def post(writer, editor) -> Post:
    return make_piece(writer=writer, editor=editor, brief_words=900)


def save(client, post: Post, **fields: object):
    data = {"title": "New", "standfirst": "", "body": "<p>One two three.</p>", "based_on": post.working_id, **fields}
    return client.post(f"/desk/{post.pk}/autosave/", data, headers=JSON)


def test_a_save_names_the_revision_the_time_and_the_words(as_writer, post):
    response = save(as_writer, post)

    answer = response.json()
    post.refresh_from_db()
    assert response.status_code == 200
    assert answer["revision"] == post.working_id
    assert (answer["words"], answer["words_text"]) == (3, "3 of about 900 words")
    hours, minutes = answer["saved_at"].split(".")
    assert 0 <= int(hours) < 24
    assert 0 <= int(minutes) < 60


def test_one_save_builds_on_the_other(as_writer, post):
    first = save(as_writer, post).json()["revision"]

    second = save(as_writer, post, based_on=first, title="Newer")

    assert second.status_code == 200
    assert Revision.objects.get(pk=second.json()["revision"]).based_on_id == first


def test_the_same_text_again_makes_no_new_revision(as_writer, post):
    first = save(as_writer, post).json()["revision"]
    count = Revision.objects.count()

    assert save(as_writer, post, based_on=first).json()["revision"] == first
    assert Revision.objects.count() == count


def test_a_second_window_loses_nothing(as_writer, post):
    save(as_writer, post, title="From the first window")

    response = save(as_writer, post, title="From the second window")

    answer = response.json()
    assert response.status_code == 409
    assert answer["message"].startswith("You saved this piece in another window at ")
    assert post.revisions.filter(title="From the second window").exists()
    assert Post.objects.get(pk=post.pk).title == "From the first window"
    assert "From the" in as_writer.get(answer["compare"]).content.decode()


def test_too_long_a_title_is_said_at_its_field(as_writer, post):
    response = save(as_writer, post, title="x" * 301)

    assert response.status_code == 422
    assert response.json() == {"errors": {"title": ["Shorten the title to 300 characters."]}}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_PROOF, State.PUBLISHED, State.DECLINED])
def test_out_of_turn_it_says_so(state, as_writer, writer, editor):
    post = make_piece(state, writer=writer, editor=editor)

    response = save(as_writer, post)

    assert response.status_code == 409
    assert set(response.json()) == {"message"}
    assert "It is not your turn to write" in response.json()["message"]


def test_an_expired_session_answers_401_and_not_with_a_page(client, post):
    response = save(client, post)

    assert response.status_code == 401
    assert response.json() == {"message": "You have been signed out. Sign in to go on."}
    assert Post.objects.get(pk=post.pk).title == "Who closes a row?"


def test_only_the_writers_fields_are_saved(as_writer, post):
    save(as_writer, post, introduction="<p>Mine</p>", state="published", published_at="2020-01-01")

    post.refresh_from_db()
    assert (post.state, post.published_at, post.working.introduction) == (State.DRAFTING, None, "")


def test_a_field_that_was_not_sent_stays_as_it_was(as_writer, post):
    response = as_writer.post(f"/desk/{post.pk}/autosave/", {"title": "Only this", "based_on": post.working_id})

    revision = Revision.objects.get(pk=response.json()["revision"])
    assert revision.title == "Only this"
    assert revision.words > 100


@pytest.mark.parametrize("title", ["x" * 1_000_000, "NUL\x00", b"\xed\xa0\x80"])
def test_nothing_that_can_be_typed_is_an_error_of_ours(title, as_writer, post):
    assert save(as_writer, post, title=title).status_code in {200, 422}


def test_more_than_a_form_may_carry_is_refused_clearly(as_writer, post):
    assert save(as_writer, post, body="x" * 6_000_000).status_code == 400
