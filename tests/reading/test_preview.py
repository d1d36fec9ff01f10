"""Who may see a preview, and what it shows."""

import pytest
from django.test import Client

from blog.editorial import drafting
from blog.models import Byline, Identity, Post
from blog.states import State
from tests.factories import NOW, SeriesFactory, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def post(editor, writer) -> Post:
    return make_piece(editor=editor, writer=writer, title="Not out yet")


def address(post: Post) -> str:
    return f"/preview/{post.pk}/"


@pytest.mark.parametrize("state", State)
def test_anonymous_people_are_asked_to_sign_in(client: Client, state: State):
    response = client.get(address(make_piece(state)))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/preview/")


def test_anonymous_people_do_not_learn_which_pieces_exist(client: Client):
    assert client.get("/preview/987654/").status_code == 302


def test_a_reader_finds_nothing(as_reader: Client, post: Post):
    assert as_reader.get(address(post)).status_code == 404


def test_another_writer_finds_nothing(post: Post):
    other = make_piece(writer=UserFactory())
    stranger = Identity.objects.get(author__bylines__post=other).user
    assert signed_in(stranger).get(address(post)).status_code == 404


def test_its_writer_sees_it(as_writer: Client, post: Post):
    assert "Not out yet" in as_writer.get(address(post)).text


def test_a_co_writer_sees_it(post: Post):
    second = UserFactory()
    Byline.objects.create(post=post, author=make_author(second, name="Owen Pritchard"), position=2)
    assert "Not out yet" in signed_in(second).get(address(post)).text


def test_an_editor_sees_it(as_editor: Client, post: Post):
    assert "Not out yet" in as_editor.get(address(post)).text


def test_a_piece_that_does_not_exist_is_not_there(as_editor: Client):
    assert as_editor.get("/preview/987654/").status_code == 404


def test_a_preview_is_for_nobody_else(as_writer: Client, post: Post):
    response = as_writer.get(address(post))
    assert "Preview: only you and the editors can see this." in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert 'rel="canonical"' not in response.text


def test_a_preview_shows_the_working_text_of_a_published_piece(editor, as_editor: Client, client: Client):
    post = make_piece(State.PUBLISHED, title="As it is", editor=editor)
    drafting.save_text(
        post=post, text=drafting.Text(title="As it will be"), by=editor, at=NOW, based_on=post.working_id
    )
    assert "As it will be" in as_editor.get(address(post)).text
    assert "As it will be" not in client.get(post.get_absolute_url()).text


def test_a_preview_counts_itself_among_the_parts(as_editor: Client, editor):
    series = SeriesFactory(planned_parts=3)
    post = make_piece(editor=editor, series=series, part_number=4)
    text = as_editor.get(address(post)).text
    assert "Part 4 of 4 in" in text
    assert "You are reading this" in text


def test_an_untitled_draft_has_a_preview(as_editor: Client, editor):
    post = drafting.begin(by=editor, at=NOW, authors=[], is_guest_piece=True)
    assert "Untitled piece" in as_editor.get(address(post)).text


def test_a_preview_changes_nothing(as_writer: Client, post: Post):
    assert as_writer.post(address(post)).status_code == 405
