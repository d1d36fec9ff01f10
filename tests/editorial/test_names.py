"""Public names: what changes with them, on rows as the database has them, and the names that hold around a piece."""

from functools import partial

import pytest

from blog.editorial import drafting, publishing
from blog.editorial.letters.writing import name_for, name_in, names_around
from blog.editorial.names import authors, identity
from blog.editorial.names.identity import BylineDetails, Portrait
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.models import Picture, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db


def test_a_writer_is_called_by_the_byline_and_everybody_else_by_their_account(mole, editor, piece):
    post = piece(State.SUBMITTED)

    assert [name_for(user, post) for user in (mole, editor)] == ["The Mole", "Tom Ashby"]
    assert name_for(None, post) == "Somebody who has left"


def test_of_several_names_on_a_piece_the_first_one_holds(mole, piece):
    post = piece(State.SUBMITTED)
    post.bylines.create(author=make_author(mole, name="Second Name"), position=2)

    assert name_for(mole, post) == "The Mole"


def test_names_that_were_brought_along_are_not_asked_for_again(mole, piece, django_assert_num_queries):
    piece(State.SUBMITTED)
    [post] = Post.objects.prefetch_related("bylines__author__identity")

    with django_assert_num_queries(0):
        assert name_in(names_around(post), mole) == "The Mole"
    with django_assert_num_queries(1):
        assert name_for(mole, Post(pk=post.pk)) == "The Mole"


def test_a_stale_copy_cannot_change_the_byline_of_a_piece_that_is_out(mole, editor, piece):
    stale = piece(State.READY)
    publishing.publish(post=Post.objects.get(pk=stale.pk), by=editor, at=NOW)

    with pytest.raises(EditorialRefusal, match="can’t be changed now"):
        identity.set_byline(
            post=stale,
            author=stale.bylines.get().author,
            details=BylineDetails("Other", is_pen_name=False),
            by=mole,
            at=NOW,
        )


@pytest.mark.parametrize("is_by_editor", [False, True])
def test_everything_that_is_wrong_is_said_at_once_and_no_picture_stays(is_by_editor, mole, editor, piece):
    post = piece(State.DRAFTING)
    own = partial(identity.set_byline, post=post, by=mole)
    change = partial(authors.describe, by=editor) if is_by_editor else own
    details, portrait = BylineDetails("", is_pen_name=False), Portrait(picture_file("GIF"))

    with pytest.raises(IncompleteError) as refused:
        change(author=post.bylines.get().author, details=details, portrait=portrait, at=NOW)

    assert set(refused.value.errors) == {"name", "portrait"}
    assert not Picture.objects.exists()


def test_describing_a_name_voids_the_sign_offs_of_what_is_not_out(mole, editor, piece):
    post, other = piece(State.READY), make_piece(State.READY)
    author = post.bylines.get().author

    authors.describe(author=author, details=BylineDetails("The Vole", is_pen_name=True), by=editor, at=NOW)

    assert not post.sign_offs.holding().exists()
    assert Post.objects.get(pk=post.pk).state == State.IN_PROOF
    assert other.sign_offs.holding().exists()


def test_an_introduction_is_signed_by_who_writes_it_and_stays_theirs(editor):
    other = UserFactory(administrator=True, display_name="Ada Brook")
    post = make_piece(State.SUBMITTED, editor=editor)
    first = drafting.Text(introduction="<p>Read this.</p>")
    drafting.save_text(post=post, text=first, by=editor, at=NOW, based_on=post.working_id)
    second = drafting.Text(introduction="<p>Read this first.</p>")
    kept = drafting.save_text(post=post, text=second, by=other, at=NOW, based_on=post.working_id)

    assert str(kept.introduced_by) == "Tom Ashby"
