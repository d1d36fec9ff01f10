"""Whoever is not on the byline learns nothing of a piece, at no address and by no method."""

import pytest
from django.test import Client
from django.urls import reverse

from blog.states import State
from blog.writing.urls import urlpatterns
from tests.factories import make_piece

pytestmark = pytest.mark.django_db

POST_ONLY = {
    "autosave", "pictures", "submit", "sign_off", "take_back", "withdraw", "say", "use", "co_author_order",
    "co_author_leave", "co_author_act", "note_act",
}  # fmt: skip
# Of no piece yet: whoever may begin one
BEGINS = {"begin"}
READ_ONLY = {"pieces", "proof", "versions", "version", "compare"}
BOTH = {"piece", "byline", "co_authors", "ask_for_correction", "propose", "merge", "word_file"}
OF_A_PIECE = sorted((POST_ONLY | READ_ONLY | BOTH) - {"pieces"})


def address(name: str, pk: int, revision: int) -> str:
    more = {
        "version": [revision], "use": [revision], "compare": [revision, revision], "co_author_act": [1, "send-again"],
        "note_act": [1, "done"], "merge": [revision],
    }  # fmt: skip
    return reverse(f"writing:{name}", args=[pk, *more.get(name, [])])


def test_every_address_of_the_desk_has_its_methods_here():
    assert {pattern.name for pattern in urlpatterns} == POST_ONLY | READ_ONLY | BOTH | BEGINS


@pytest.mark.parametrize("state", [State.DRAFTING, State.IN_PROOF, State.PUBLISHED])
@pytest.mark.parametrize("name", OF_A_PIECE)
def test_a_piece_of_somebody_else_does_not_exist(name, state, as_reader, editor):
    post = make_piece(state, editor=editor)
    target = address(name, post.pk, post.working_id)

    method = as_reader.post if name in POST_ONLY else as_reader.get

    assert method(target).status_code == 404
    if name in BOTH:
        assert as_reader.post(target, {"title": "Mine now"}).status_code == 404
    post.refresh_from_db()
    assert post.title == "Who closes a row?"


@pytest.mark.parametrize("name", OF_A_PIECE)
def test_an_editor_who_is_not_on_the_byline_works_elsewhere(name, as_editor, editor):
    post = make_piece(editor=editor)

    method = as_editor.post if name in POST_ONLY else as_editor.get

    assert method(address(name, post.pk, post.working_id)).status_code == 404


@pytest.mark.parametrize("name", OF_A_PIECE)
def test_a_piece_that_never_was_looks_the_same(name, as_writer):
    method = as_writer.post if name in POST_ONLY else as_writer.get

    assert method(address(name, 10**30, 1)).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head"])
@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_nothing_changes_but_by_post(name, method, as_writer, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    assert getattr(as_writer, method)(address(name, post.pk, post.working_id)).status_code == 405


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", sorted(READ_ONLY - {"pieces"}))
def test_pages_to_read_take_nothing(name, method, as_writer, writer, editor):
    post = make_piece(writer=writer, editor=editor)

    assert getattr(as_writer, method)(address(name, post.pk, post.working_id)).status_code == 405


@pytest.mark.parametrize("name", OF_A_PIECE)
def test_without_signing_in_no_page_says_whether_a_piece_exists(name, client, editor):
    post = make_piece(editor=editor)
    method = client.post if name in POST_ONLY else client.get

    real = method(address(name, post.pk, post.working_id))
    unreal = method(address(name, post.pk + 1000, post.working_id))

    assert real.status_code == unreal.status_code
    assert real.status_code in {302, 401}


@pytest.mark.parametrize("name", sorted(POST_ONLY | BOTH))
def test_a_post_without_a_token_is_refused(name, writer, editor):
    post = make_piece(writer=writer, editor=editor)
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(address(name, post.pk, post.working_id), {"title": "From elsewhere", "text": "Hello"})

    assert response.status_code == 403
    post.refresh_from_db()
    assert post.title == "Who closes a row?"


@pytest.mark.parametrize("name", ["version", "use", "merge"])
def test_a_version_of_another_piece_does_not_exist_in_this_one(name, as_writer, writer, editor):
    mine = make_piece(writer=writer, editor=editor)
    other = make_piece(editor=editor)

    method = as_writer.post if name in POST_ONLY else as_writer.get

    assert method(address(name, mine.pk, other.working_id)).status_code == 404


def test_two_versions_of_which_one_is_foreign_are_not_compared(as_writer, writer, editor):
    mine = make_piece(writer=writer, editor=editor)
    other = make_piece(editor=editor)

    for old, new in ((mine.working_id, other.working_id), (other.working_id, mine.working_id)):
        assert as_writer.get(reverse("writing:compare", args=[mine.pk, old, new])).status_code == 404
        assert as_writer.get(reverse("writing:versions", args=[mine.pk]), {"old": old, "new": new}).status_code == 404
