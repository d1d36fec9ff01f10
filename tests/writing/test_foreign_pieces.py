"""Whoever is not on the byline learns nothing of a piece, at no address and by no method."""

from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from blog.states import State
from blog.writing.urls import urlpatterns
from tests.factories import make_piece
from tests.people import signed_in

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


def asked(client: Client, post: Post, names: Iterable[str], *, pk: int = 0) -> dict[str, int]:
    """Ask for each address in the way that it is for, and return what is answered."""
    statuses = {}
    for name in names:
        method = client.post if name in POST_ONLY else client.get
        statuses[name] = method(address(name, pk or post.pk, post.working_id)).status_code
    return statuses


@pytest.mark.parametrize("state", [State.DRAFTING, State.IN_PROOF, State.PUBLISHED])
def test_a_piece_of_somebody_else_does_not_exist(state, as_reader, editor):
    post = make_piece(state, editor=editor)

    assert asked(as_reader, post, OF_A_PIECE) == dict.fromkeys(OF_A_PIECE, 404)
    for name in BOTH:
        target = address(name, post.pk, post.working_id)
        assert as_reader.post(target, {"title": "Mine now"}).status_code == 404, name
    post.refresh_from_db()
    assert post.title == "Who closes a row?"


def test_an_editor_who_is_not_on_the_byline_works_elsewhere(as_editor, editor):
    assert asked(as_editor, make_piece(editor=editor), OF_A_PIECE) == dict.fromkeys(OF_A_PIECE, 404)


def test_a_piece_that_never_was_looks_the_same(as_writer):
    for name in OF_A_PIECE:
        method = as_writer.post if name in POST_ONLY else as_writer.get
        assert method(address(name, 10**30, 1)).status_code == 404, name


def test_nothing_changes_but_by_post(as_writer, writer, editor):
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)

    for name in POST_ONLY:
        for method in ("get", "put", "patch", "delete", "head"):
            answer = getattr(as_writer, method)(address(name, post.pk, post.working_id))
            assert answer.status_code == 405, (name, method)


def test_pages_to_read_take_nothing(as_writer, writer, editor):
    post = make_piece(writer=writer, editor=editor)

    for name in READ_ONLY - {"pieces"}:
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(as_writer, method)(address(name, post.pk, post.working_id))
            assert answer.status_code == 405, (name, method)


def test_without_signing_in_no_page_says_whether_a_piece_exists(client, editor):
    post = make_piece(editor=editor)

    real, unreal = asked(client, post, OF_A_PIECE), asked(client, post, OF_A_PIECE, pk=post.pk + 1000)

    assert real == unreal
    assert set(real.values()) <= {302, 401}


def test_a_post_without_a_token_is_refused(writer, editor):
    post = make_piece(writer=writer, editor=editor)
    client = signed_in(writer, enforce_csrf_checks=True)

    for name in POST_ONLY | BOTH:
        words = {"title": "From elsewhere", "text": "Hello"}
        assert client.post(address(name, post.pk, post.working_id), words).status_code == 403, name
    post.refresh_from_db()
    assert post.title == "Who closes a row?"


def test_a_version_of_another_piece_does_not_exist_in_this_one(as_writer, writer, editor):
    mine = make_piece(writer=writer, editor=editor)
    other = make_piece(editor=editor)

    names = ["version", "use", "merge"]
    mine.working_id = other.working_id
    assert asked(as_writer, mine, names) == dict.fromkeys(names, 404)


def test_two_versions_of_which_one_is_foreign_are_not_compared(as_writer, writer, editor):
    mine = make_piece(writer=writer, editor=editor)
    other = make_piece(editor=editor)

    for old, new in ((mine.working_id, other.working_id), (other.working_id, mine.working_id)):
        assert as_writer.get(reverse("writing:compare", args=[mine.pk, old, new])).status_code == 404
        assert as_writer.get(reverse("writing:versions", args=[mine.pk]), {"old": old, "new": new}).status_code == 404
