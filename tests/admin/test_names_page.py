"""Who writes a piece, at the editors' desk: order, inviting, taking a name off, and the day of the sign-off."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.editorial.names import bylines, co_authors
from blog.models import Letter, Post
from blog.states import State
from tests.factories import NOW, UserFactory, make_author, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(writer, editor) -> Post:
    post = make_piece(State.IN_PROOF, writer=writer, editor=editor)
    bylines.add(post, make_author(UserFactory(email="ann@council.example"), name="Ann Lee"))
    return post


@pytest.fixture
def act(as_editor, post):
    def send(**typed: object) -> int:
        return as_editor.post(f"/admin/blog/post/{post.pk}/names/", typed).status_code

    return send


def test_the_page_says_who_signs_and_by_when(as_editor, post):
    page = as_editor.get(f"/admin/blog/post/{post.pk}/names/").content.decode()

    assert page.index("Priya Raman") < page.index("Ann Lee")
    assert page.count("Has not signed off yet") == 2
    assert "The sign-off was due on Wednesday 18 March" in page


def test_an_editor_moves_a_name_unless_the_byline_has_changed(act, post):
    first, seen = bylines.names_on(post)[0].author_id, bylines.hash_on(post)

    assert act(act="order", author=first, way="down", byline=seen) == 302
    assert act(act="order", author=first, way="down", byline=seen) == 409
    assert [one.author.name for one in bylines.names_on(post)] == ["Ann Lee", "Priya Raman"]


def test_an_editor_invites_and_takes_off_again_who_has_not_answered(act, post):
    assert act(act="invite", name="Ben Osei", email="nowhere") == 422
    assert act(act="invite", name="Ben Osei", email="ben@council.example") == 302
    ben = bylines.unanswered(post)[0].author_id

    assert act(act="take-off", author=ben) == 302
    assert act(act="take-off", author=ben) == 404
    assert act(act="take-off", author=bylines.names_on(post)[0].author_id) == 409
    assert post.bylines.count() == 2


def test_another_day_is_set_and_the_writers_are_told(act, post):
    day = timezone.localdate() + dt.timedelta(days=3)

    assert act(act="due", proof_due_date=day.isoformat()) == 302
    assert act(act="due", proof_due_date="2020-01-01") == 422
    assert act(act="due", proof_due_date="soon") == 422
    assert Post.objects.get(pk=post.pk).proof_due_date == day
    assert Letter.objects.filter(kind="to_writer/proof_date").count() == 2


@pytest.mark.parametrize("typed", [{}, {"act": "x"}, {"act": "order", "author": "9" * 30, "way": "up"}])
def test_what_is_none_of_it_is_not_found(typed, act):
    assert act(**typed) == 404


def test_a_name_of_another_piece_is_not_found(act, editor):
    other = make_piece(State.IN_PROOF, editor=editor, title="Another")

    assert act(act="take-off", author=other.bylines.get().author_id) == 404


def test_what_an_editor_sees_of_a_pen_named_co_author_is_the_name(as_editor, post, writer):
    mole = UserFactory(display_name="Realname Person", email="realname@council.example")
    bylines.add(post, make_author(mole, name="The Mole", is_pen_name=True))
    co_authors.invite(post=post, name="Ben", email="ben@council.example", by=mole, at=NOW)

    page = as_editor.get(f"/admin/blog/post/{post.pk}/names/").content.decode()

    assert "The Mole" in page
    assert "ealname" not in page
