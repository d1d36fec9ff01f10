"""The order of the names, and what a sign-off is bound to: this text under this byline."""

import datetime as dt

import pytest

from blog.editorial import drafting, proof, review
from blog.editorial.names import bylines, co_authors, identity
from blog.editorial.names.bylines import BylineHasChangedError
from blog.models import Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_editor, make_piece

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
def ann(db):
    return UserFactory(display_name="Ann Lee", email="ann@council.example")


@pytest.fixture
def post(writer, editor, ann) -> Post:
    post = make_piece(State.SUBMITTED, writer=writer, editor=editor)
    bylines.add(post, make_author(ann, name="Ann Lee"))
    review.accept(post=post, by=editor, at=NOW)
    return Post.objects.get(pk=post.pk)


def down(post: Post, by, *, seen: str | None = None) -> None:
    first = bylines.names_on(post)[0].author_id
    seen = bylines.hash_on(post) if seen is None else seen
    co_authors.move_name(post=post, author=first, places=1, seen=seen, by=by, at=LATER)


def test_anybody_on_the_byline_can_change_the_order(post, ann):
    down(post, ann)

    assert [one.author.name for one in bylines.names_on(post)] == ["Ann Lee", "Priya Raman"]
    assert [one.position for one in bylines.names_on(post)] == [1, 2]


def test_at_the_end_of_the_byline_nothing_changes_and_nothing_is_void(post, writer):
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    last = bylines.names_on(post)[-1].author_id

    co_authors.move_name(post=post, author=last, places=1, seen=bylines.hash_on(post), by=writer, at=LATER)

    assert post.sign_offs.holding().count() == 1


def test_a_changed_order_voids_what_was_signed_and_the_others_are_asked_again(post, writer, ann):
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)

    down(post, ann)

    assert not proof.is_signed_off(post=post)
    assert post.sign_offs.count() == 1, "What was agreed to once is kept"
    assert (
        Letter.objects.filter(kind="to_writer/byline_changed").values_list("to_address", flat=True).get()
        == writer.email
    )


def test_the_same_text_can_be_signed_again_under_another_byline(post, writer, ann):
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    down(post, ann)

    for user in (writer, ann):
        proof.sign_off(post=post, seen=post.working_id, by=user, at=LATER)

    assert Post.objects.get(pk=post.pk).state == State.READY


def test_an_order_changed_there_and_back_is_signed_again_too(post, writer, ann):
    proof.sign_off(post=post, seen=post.working_id, by=writer, at=NOW)
    down(post, ann)
    down(post, ann)

    assert [given.signed_at for given in proof.signatures(post=post)] == [None, None]


def test_a_byline_that_changed_behind_the_page_is_not_signed(post, writer, ann):
    seen = bylines.hash_on(post)
    down(post, ann)

    with pytest.raises(BylineHasChangedError):
        proof.sign_off(post=post, seen=post.working_id, byline=seen, by=writer, at=LATER)
    with pytest.raises(BylineHasChangedError):
        down(post, writer, seen=seen)


@pytest.mark.parametrize(
    "details",
    [
        identity.BylineDetails("Another", is_pen_name=False, role="Planning Systems Manager"),
        identity.BylineDetails("Priya Raman", is_pen_name=True, role="Planning Systems Manager"),
        identity.BylineDetails("Priya Raman", is_pen_name=False, role="Another role"),
        identity.BylineDetails("Priya Raman", is_pen_name=False, role="Planning Systems Manager", organisation="X"),
    ],
)
def test_whatever_is_printed_of_a_name_is_part_of_what_is_signed(details, post, writer, ann):
    proof.sign_off(post=post, seen=post.working_id, by=ann, at=NOW)
    before = bylines.hash_on(post)

    identity.set_byline(post=post, author=bylines.names_on(post)[0].author, details=details, by=writer, at=LATER)

    assert bylines.hash_on(post) != before
    assert not any(given.signed_at for given in proof.signatures(post=post))


def test_a_changed_order_takes_a_ready_piece_back_into_proof_with_a_new_day(post, writer, ann, editor):
    for user in (writer, ann):
        proof.sign_off(post=post, seen=post.working_id, by=user, at=NOW)

    down(post, ann)

    ready = Post.objects.get(pk=post.pk)
    assert ready.state == State.IN_PROOF
    assert ready.moves.last().kind == "sign_again"
    assert (
        Letter.objects.filter(kind="to_editor/byline_changed").values_list("to_address", flat=True).get()
        == editor.email
    )


def test_while_it_is_written_an_order_brings_no_letters(writer, editor, ann):
    post = make_piece(writer=writer, editor=editor)
    bylines.add(post, make_author(ann, name="Ann Lee"))
    before = Letter.objects.count()

    down(post, ann)

    assert Letter.objects.count() == before


def test_an_edited_text_is_signed_anew_by_everybody(post, writer, ann):
    proof.sign_off(post=post, seen=post.working_id, by=ann, at=NOW)
    proof.ask_for_correction(post=post, reason="241.", by=writer, at=NOW)
    drafting.save_text(post=post, text=drafting.Text(title="New"), by=post.editor, at=NOW, based_on=post.working_id)
    review.accept(post=post, by=make_editor(), at=LATER)

    assert [given.signed_at for given in proof.signatures(post=post)] == [None, None]
