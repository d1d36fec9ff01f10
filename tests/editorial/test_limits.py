"""An editor with limits to categories: what is outside them is not there, whichever way one asks for it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from accounts.models import User
from accounts.roles import Role, give_role
from blog.editorial import drafting, particulars, publishing, remits, review, topics, waiting
from blog.editorial.letters.writing import editors_to_tell
from blog.editorial.particulars import Particulars
from blog.editorial.permissions import in_limits, is_editor_of, is_publisher_of, limits_of, may_read_draft
from blog.editorial.refusals import IncompleteError
from blog.models import Category, Letter, Post, Remit
from blog.states import State
from tests.factories import NOW, CategoryFactory, UserFactory, make_comment, make_editor, make_piece, make_published
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def planning() -> Category:
    return CategoryFactory(name="Planning")


@pytest.fixture
def limited(planning: Category) -> User:
    user = UserFactory(display_name="Sam Whitlock")
    give_role(user=user, role=Role.PUBLISHER, at=NOW, limits=[planning])
    return User.objects.get(pk=user.pk)


def test_it_is_the_pieces_of_the_category_and_those_that_one_looks_after(limited, planning, editor):
    inside = make_piece(State.SUBMITTED, editor=editor, category=planning)
    handed_over = make_piece(State.SUBMITTED, editor=editor)
    review.hand_over(post=handed_over, to=limited, by=editor, at=NOW)
    outside = make_piece(State.SUBMITTED, editor=editor, category=CategoryFactory())
    edits = [is_editor_of(limited, post) for post in (inside, handed_over, outside)]
    publishes = [is_publisher_of(limited, post) for post in (inside, handed_over, outside)]
    assert (edits, publishes) == ([True, True, False], [True, False, False])
    assert not may_read_draft(limited, outside)
    assert set(Post.objects.filter(in_limits(limited))) == {inside, handed_over}


def test_without_limits_it_is_everything(editor):
    post = make_piece(State.SUBMITTED, category=CategoryFactory())
    assert limits_of(editor) is None
    assert is_editor_of(editor, post)
    assert post in Post.objects.filter(in_limits(editor))


def test_limits_are_read_once_for_an_account(limited, planning, django_assert_num_queries):
    posts = [make_piece(State.SUBMITTED, category=planning) for _number in range(3)]
    fresh = User.objects.get(pk=limited.pk)
    with django_assert_num_queries(3):
        assert all(is_editor_of(fresh, post) for post in posts)


def test_new_limits_hold_for_the_account_at_hand(limited, planning):
    post = make_piece(State.SUBMITTED, category=planning)
    assert is_editor_of(limited, post)
    remits.limit(user=limited, to=[CategoryFactory()])
    assert not is_editor_of(limited, post)
    remits.limit(user=limited, to=[])
    assert is_editor_of(limited, post)


@pytest.mark.parametrize("act", [review.accept, publishing.finish])
def test_no_move_is_made_outside(limited, act):
    post = make_piece(State.SUBMITTED, is_guest_piece=act is review.accept)
    with pytest.raises(PermissionDenied):
        act(post=post, by=limited, at=NOW)
    assert Post.objects.get(pk=post.pk).state == State.SUBMITTED


def test_what_one_only_looks_after_another_publishes(limited, editor):
    post = make_piece(State.READY, editor=editor)
    review.hand_over(post=post, to=limited, by=editor, at=NOW)
    with pytest.raises(PermissionDenied):
        publishing.publish(post=post, by=limited, at=NOW)
    publishing.publish(post=post, by=editor, at=NOW)


def test_nobody_takes_a_piece_or_hands_it_on_outside(limited):
    post = make_piece(State.SUBMITTED)
    with pytest.raises(PermissionDenied):
        review.hand_over(post=post, to=limited, by=limited, at=NOW)


def test_a_piece_comes_into_no_category_that_is_not_ones_own(limited, planning):
    inside, other = make_piece(State.SUBMITTED, category=planning), CategoryFactory()
    with pytest.raises(IncompleteError) as refused:
        particulars.settle(post=inside, particulars=Particulars(category=other), by=limited, at=NOW)
    assert set(refused.value.errors) == {"category"}
    with pytest.raises(IncompleteError):
        drafting.begin(by=limited, at=NOW, authors=[], is_guest_piece=False, category=other)
    begun = drafting.begin_own(by=limited, at=NOW)
    particulars.settle(post=begun, particulars=Particulars(category=planning), by=limited, at=NOW)


def test_letters_go_to_those_who_may_edit_the_piece(limited, planning, editor, writer):
    inside, outside = make_piece(State.SUBMITTED, category=planning), make_piece(State.SUBMITTED)
    Post.objects.update(editor=None)
    told = [set(editors_to_tell(Post.objects.get(pk=post.pk), writer)) for post in (inside, outside)]
    assert limited in told[0]
    assert limited not in told[1]
    assert editor in told[0] & told[1]


def test_who_looks_after_it_and_edits_no_longer_is_not_told(editor, writer):
    left = make_editor()
    post = make_piece(State.SUBMITTED, editor=left)
    left.user_permissions.clear()
    post = Post.objects.get(pk=post.pk)
    assert set(editors_to_tell(post, writer)) == {editor}


def test_the_first_page_and_the_lists_show_what_is_inside(limited, planning):
    for category, title in ((planning, "Inside it"), (None, "Outside of it")):
        for state in (State.SUBMITTED, State.IN_PROOF):
            make_piece(state, title=f"{title}, {state}", category=category)
        Post.objects.update(editor=None)
        Letter.objects.update(status=Letter.Status.FAILED)
    comments = [make_comment(make_published(title=title, category=category), UserFactory(), state="held", text=title)
                for category, title in ((planning, "Inside, held"), (None, "Outside, held"))]  # fmt: skip
    client = signed_in(limited)
    for path in ("/admin/", "/admin/blog/post/", "/admin/blog/letter/", "/admin/accounts/comment/"):
        page = client.get(path).content.decode()
        assert "Inside" in page, path
        assert "Outside" not in page, path
    assert client.get(f"/admin/accounts/comment/{comments[1].pk}/change/").status_code == 404
    assert client.post(f"/admin/accounts/comment/{comments[1].pk}/approve/").status_code == 404
    mine = waiting.desk_of(limited, NOW, most=9).for_you
    assert [one.post.title for one in mine.rows] == ["Inside it, submitted"]


def test_a_category_that_somebody_is_limited_to_stays(limited, planning, editor):
    with pytest.raises(ProtectedError):
        topics.remove(topic=planning, by=editor, at=NOW)
    assert Remit.objects.filter(user=limited).exists()
